using Conway.Checks.Observed;
using Conway.Checks.Sources;
using Conway.CodeFacts;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3109: a table that several services write, that its owner does not or hardly writes, or that nobody writes.</summary>
/// <remarks>By spans of database clients that name the statement and the table, and by what the source writes. In the source a table is one by the model, or because all its entities
/// stand in one class of a store.</remarks>
public sealed class UnclearOwnership : ICheck
{
    private static readonly string[] Statements = ["INSERT", "UPDATE", "DELETE", "MERGE", "UPSERT", "REPLACE"];

    public FindingRule Rule { get; } = new(
        "CW3109", Severity.Error, "Table that nobody owns",
        "Nobody can say what its rows mean or when they are right, and each writer breaks what another one relies on.");

    public CheckInputs Needs => CheckInputs.Model;

    public string? Limits => "checks.writes";

    public CheckInputs NeedsOneOf => CheckInputs.Traces | CheckInputs.Code;

    public string? Lacks(CheckSubject subject) => EitherSource.Lack(
        subject,
        () => subject.Traffic.Calls.Any(c => c.IsData && TableOf(c) is not null) ? null : $"Run {subject.Observed!.Run} has no span of a database client that names statement and table.",
        () => subject.Sources.Code.Accesses.IsEmpty ? "No access to a table was recognised in the source." : null);

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        (subject.Observed is null ? [] : ByTraffic(subject)).Concat(subject.Code is null ? [] : ByCode(subject).Concat(WithoutOwner(subject)).Concat(WithoutWriter(subject))).DistinctBy(f => f.Subject);

    /// <summary>A service that writes a table which the model gives to another one.</summary>
    private IEnumerable<Finding> ByCode(CheckSubject subject) =>
        from table in SeenCode.UsersOf(subject.Sources, AccessMode.Write)
        where !table.Table.Contains("outbox", StringComparison.OrdinalIgnoreCase)
        let owner = TableOwner.Of(subject.Model, table.Table)
        where owner is not null
        let others = table.Users.Where(u => TableOwner.IsForeign(subject.Model, u.Service, owner)).ToArray()
        where others.Length > 0
        let writers = table.Users.Where(u => u.Service == owner).Concat(others).ToArray()
        let most = writers.MaxBy(w => w.Count)
        select Told(
            table.Table, writers.Select(w => w.Service), owner,
            $"{Spoken.Names(others.Select(w => w.Service))} {(others.Length == 1 ? "writes" : "write")} to the table '{table.Table}' of '{owner}' in {(others.Length == 1 ? "its" : "their")} source{Most(most.Service, most.Count, writers.Sum(w => w.Count), owner, "places")}.", writers.Length,
            [.. writers.Select(w => SeenCode.Evidence(subject.Sources.Code, w.First, $"{w.Service} writes '{table.Table}' ({Spoken.Times(w.Count, "place")})"))]);

    /// <summary>A table of which the model says nothing, that several services write through one and the same class of a store.</summary>
    /// <remarks>Who cannot name that class writes a table of the same name elsewhere.</remarks>
    private IEnumerable<Finding> WithoutOwner(CheckSubject subject)
    {
        var code = subject.Sources;
        return from access in code.Code.Accesses
               where access.Mode == AccessMode.Write && !access.IsInferred
               let service = code.ServiceOfMember(access.Member)
               where service is not null
               group (access, service) by access.Table into table
               let name = code.Code.Tables[table.Key].ToString()
               where !name.Contains("outbox", StringComparison.OrdinalIgnoreCase) && TableOwner.Of(subject.Model, name) is null
               let context = code.OnlyContextOf(table.Key)
               where context is not null
               let writers = table.GroupBy(a => a.service, StringComparer.Ordinal).Where(g => code.CanName(g.Key, context)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToArray()
               where writers.Length > subject.Limits.Writes.Writers
               select Told(
                   name, writers.Select(w => w.Key), null, $"{Spoken.Names(writers.Select(w => w.Key))} write to the table '{name}' through {context.Name} in their source, and the model says of none of them that it owns it.",
                   writers.Length, [.. writers.Select(w => SeenCode.Evidence(code.Code, w.Min(a => a.access.Place), $"{w.Key} writes '{name}' ({Spoken.Times(w.Count(), "place")})"))]);
    }

    /// <summary>A table that is read and never written, in a source that writes others of the same owner.</summary>
    private IEnumerable<Finding> WithoutWriter(CheckSubject subject)
    {
        var code = subject.Sources;
        var written = code.Code.Accesses.Where(a => a.Mode == AccessMode.Write).Select(a => a.Table).ToHashSet();
        var writing = code.Code.Accesses.Where(a => a is { Mode: AccessMode.Write, IsInferred: false }).Select(a => code.ServiceOfMember(a.Member)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return from access in code.Code.Accesses
               where access is { Mode: AccessMode.Read, IsInferred: false } && !written.Contains(access.Table) && code.Code.Tables[access.Table].Kind != StoreTableKind.View
               group access by access.Table into table
               let name = code.Code.Tables[table.Key].ToString()
               let owner = TableOwner.Of(subject.Model, name)
               where owner is not null && writing.Contains(owner)
               let first = table.Min(a => a.Place)
               select Told(name, [owner], owner, $"'{owner}' owns the table '{name}', which is read in the source and written nowhere.", 0, [SeenCode.Evidence(code.Code, first, $"{code.ServiceOf(first) ?? "shared code"} reads '{name}'")]) with
               {
                   Weight = Severity.Info,
                   Mend = $"Say where its rows come from: let '{owner}' write them, or have '{name}' in the service that does. Rows that a migration or a person puts there are well where they are.",
                   Measure = new Measure(0, 1, "writers"),
               };
    }

    private static string Most(string service, long count, long all, string owner, string unit) =>
        service == owner || 2 * count <= all ? "" : $", and {count} of the {all} {unit} that write it are in '{service}'";

    private static string MostSeen(string service, int count, int all, string owner) =>
        service == owner || 2 * count <= all ? "" : $", and {count} of its {all} writes are by '{service}' and not by '{owner}', which owns it";

    private IEnumerable<Finding> ByTraffic(CheckSubject subject)
    {
        var writes = subject.Traffic.Calls.Where(c => c.IsData && subject.Model.Services.ContainsKey(c.Caller) && TableOf(c) is not null)
            .GroupBy(c => (Store: c.Callee, Table: TableOf(c)!)).OrderBy(g => g.Key.Store, StringComparer.Ordinal).ThenBy(g => g.Key.Table, StringComparer.Ordinal);
        foreach (var table in writes)
        {
            var writers = table.GroupBy(c => c.Caller, StringComparer.Ordinal).Where(g => g.Count() >= subject.Limits.Writes.SeenMin).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToArray();
            var owner = subject.Model.Services.FirstOrDefault(s => s.Value.Owns.Any(o => o.Key == table.Key.Store || o.Value.Tables.Contains(table.Key.Table))).Key;
            if (writers.Length > subject.Limits.Writes.Writers)
            {
                yield return Told(table.Key.Table, writers.Select(w => w.Key), owner, $"{Spoken.Names(writers.Select(w => w.Key))} write to the table '{table.Key.Table}' of '{table.Key.Store}'{(owner is null ? "" : MostSeen(writers[0].Key, writers[0].Count(), writers.Sum(w => w.Count()), owner))}.", writers.Length, [.. writers.Select(w => Seen(w.First()))]);
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
        Evidence = [.. evidence.Take(Finding.EvidenceMax)],
    };

    private static Evidence Seen(ObservedCall call) => new($"{call.Caller}: {call.Operation} in trace {call.Span.Trace}");

    // INSERT orders
    private static string? TableOf(ObservedCall call) =>
        call.Operation.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var verb, .., var table] && Statements.Contains(verb, StringComparer.OrdinalIgnoreCase)
        && !table.Contains("outbox", StringComparison.OrdinalIgnoreCase) ? table : null;
}
