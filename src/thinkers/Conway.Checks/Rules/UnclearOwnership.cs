using Conway.Checks.Observed;
using Conway.Checks.Sources;
using Conway.CodeFacts;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3109: a table that several services write, or that its owner does not.</summary>
/// <remarks>By spans of database clients that name the statement and the table, and by what the source writes.</remarks>
public sealed class UnclearOwnership : ICheck
{
    // A single statement may be a migration or a person.
    private const int WritesMin = 3;

    private static readonly string[] Statements = ["INSERT", "UPDATE", "DELETE", "MERGE", "UPSERT", "REPLACE"];

    public FindingRule Rule { get; } = new(
        "CW3109", Severity.Error, "Table that nobody owns",
        "Nobody can say what its rows mean or when they are right, and each writer breaks what another one relies on.");

    public CheckInputs Needs => CheckInputs.Model;

    public CheckInputs NeedsOneOf => CheckInputs.Traces | CheckInputs.Code;

    public string? Lacks(CheckSubject subject) => EitherSource.Lack(
        subject,
        () => subject.Traffic.Calls.Any(c => c.IsData && TableOf(c) is not null) ? null : $"Run {subject.Observed!.Run} has no span of a database client that names statement and table.",
        () => subject.Sources.Code.Accesses.IsEmpty ? "No access to a table was recognised in the source." : null);

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        (subject.Observed is null ? [] : ByTraffic(subject)).Concat(subject.Code is null ? [] : ByCode(subject)).DistinctBy(f => f.Subject);

    /// <summary>A service that writes a table which the model gives to another one.</summary>
    private IEnumerable<Finding> ByCode(CheckSubject subject) =>
        from table in SeenCode.UsersOf(subject.Sources, AccessMode.Write)
        where !table.Table.Contains("outbox", StringComparison.OrdinalIgnoreCase)
        let owner = TableOwner.Of(subject.Model, table.Table)
        where owner is not null
        let others = table.Users.Where(u => TableOwner.IsForeign(subject.Model, u.Service, owner)).ToArray()
        where others.Length > 0
        let writers = table.Users.Where(u => u.Service == owner).Concat(others).ToArray()
        select Told(
            table.Table, writers.Select(w => w.Service), owner,
            $"{Spoken.Names(others.Select(w => w.Service))} {(others.Length == 1 ? "writes" : "write")} to the table '{table.Table}' of '{owner}' in {(others.Length == 1 ? "its" : "their")} source.", writers.Length,
            [.. writers.Select(w => SeenCode.Evidence(subject.Sources.Code, w.First, $"{w.Service} writes '{table.Table}' ({Spoken.Times(w.Count, "place")})"))]);

    private IEnumerable<Finding> ByTraffic(CheckSubject subject)
    {
        var writes = subject.Traffic.Calls.Where(c => c.IsData && subject.Model.Services.ContainsKey(c.Caller) && TableOf(c) is not null)
            .GroupBy(c => (Store: c.Callee, Table: TableOf(c)!)).OrderBy(g => g.Key.Store, StringComparer.Ordinal).ThenBy(g => g.Key.Table, StringComparer.Ordinal);
        foreach (var table in writes)
        {
            var writers = table.GroupBy(c => c.Caller, StringComparer.Ordinal).Where(g => g.Count() >= WritesMin).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToArray();
            var owner = subject.Model.Services.FirstOrDefault(s => s.Value.Owns.Any(o => o.Key == table.Key.Store || o.Value.Tables.Contains(table.Key.Table))).Key;
            if (writers.Length > 1)
            {
                yield return Told(table.Key.Table, writers.Select(w => w.Key), owner, $"{Spoken.Names(writers.Select(w => w.Key))} write to the table '{table.Key.Table}' of '{table.Key.Store}'.", writers.Length, [.. writers.Select(w => Seen(w.First()))]);
            }
            else if (writers.Length == 1 && owner is not null && owner != writers[0].Key)
            {
                yield return Told(table.Key.Table, [writers[0].Key], owner, $"'{writers[0].Key}' writes to the table '{table.Key.Table}' of '{table.Key.Store}', which '{owner}' owns and does not write.", 1, [Seen(writers[0].First())]);
            }
        }
    }

    private Finding Told(string table, IEnumerable<string> writers, string? owner, string message, int count, IReadOnlyList<Evidence> evidence) => new()
    {
        Rule = Rule,
        ModelPath = owner is not null ? $"services.{owner}.owns" : $"services.{writers.First()}",
        Subject = $"table {table}",
        Message = message,
        Mend = $"Let {(owner is null ? "one service" : $"'{owner}'")} be the only one that writes '{table}', and give the others an operation for what they need.",
        Measure = new Measure(count, 1, "writers"),
        Evidence = evidence,
    };

    private static Evidence Seen(ObservedCall call) => new($"{call.Caller}: {call.Operation} in trace {call.Span.Trace}");

    // INSERT orders
    private static string? TableOf(ObservedCall call) =>
        call.Operation.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var verb, .., var table] && Statements.Contains(verb, StringComparer.OrdinalIgnoreCase)
        && !table.Contains("outbox", StringComparison.OrdinalIgnoreCase) ? table : null;
}
