using Conway.Checks.Observed;
using Conway.Checks.Sources;
using Conway.CodeFacts;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3106: a service that knows most of what another one can do or keeps.</summary>
/// <remarks>By traffic, what it calls; a service with one caller is left out: that it serves that one alone is CW3103's question. By code, whose tables it reads, and which entities both keep.</remarks>
public sealed class InappropriateIntimacy : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3106", Severity.Warning, "Services that know each other too well",
        "The caller has to change with nearly every change of the callee; between the two there is a network, and no boundary.")
    {
        Unless = "the caller is an adapter for the outside, such as a backend for a frontend, or one of two equal entities is a copy that events keep",
    };

    public CheckInputs NeedsOneOf => CheckInputs.Traces | CheckInputs.Code;

    public string? Limits => "checks.intimacy";

    public string? Lacks(CheckSubject subject) => EitherSource.Lack(
        subject, () => null, () => subject.Sources.Code.Accesses.IsEmpty && subject.Sources.Code.Types.All(t => (t.Roles & TypeRoles.Entity) == 0) ? "No entity and no access to a table was recognised in the source." : null);

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        (subject.Observed is null ? [] : ByTraffic(subject)).Concat(subject.Code is null ? [] : Readers(subject).Concat(Twins(subject)));

    private IEnumerable<Finding> ByTraffic(CheckSubject subject)
    {
        var limits = subject.Limits.Intimacy;
        return from callee in subject.Edges.Where(e => !e.IsMessage && e.Calls.Count > 0).GroupBy(e => e.Callee, StringComparer.Ordinal)
               let callers = callee.Where(e => e.Caller != ObservedEdge.Gateway).ToArray()
               let seen = callee.SelectMany(e => e.Calls).Where(c => c.IsAnswered).Select(c => c.Operation).Distinct(StringComparer.Ordinal).Count()
               let all = Math.Max(seen, Offered(subject, callee.Key))
               where callers.Length > 1 && all >= limits.OperationsMin
               from edge in callers
               let used = edge.Calls.Where(c => c.IsAnswered).Select(c => c.Operation).Distinct(StringComparer.Ordinal).ToArray()
               where used.Length >= limits.Operations.Fraction * all
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{edge.Caller}.calls.{edge.Callee}",
                   Message = $"'{edge.Caller}' uses {used.Length} of the {all} operations of '{edge.Callee}'{(all == seen ? " that anybody uses" : "")}.",
                   Mend = $"Move what '{edge.Caller}' does with them into '{edge.Callee}' behind one operation that says what is wanted, or the data to where the work is.",
                   Measure = new Measure(Math.Round(100.0 * used.Length / all, 1), limits.Operations.Percent, "%"),
                   Evidence = [.. used.Order(StringComparer.Ordinal).Take(Finding.EvidenceMax).Select(o => new Evidence($"{edge.Caller} -> {edge.Callee} {o}"))],
               };
    }

    /// <summary>How many operations the source of a service has; 0 when it is not known.</summary>
    private static int Offered(CheckSubject subject, string service) =>
        subject.Code is null ? 0 : subject.Sources.EntriesOf(service).Count(e => e.Kind is EntryPointKind.Controller or EntryPointKind.MinimalApi or EntryPointKind.Grpc);

    /// <summary>A service whose source reads most of the tables that the model gives to another one.</summary>
    private IEnumerable<Finding> Readers(CheckSubject subject)
    {
        var (limits, code) = (subject.Limits.Intimacy, subject.Sources);
        return from read in from table in SeenCode.UsersOf(code, AccessMode.Read)
                            let owner = TableOwner.Of(subject.Model, table.Table)
                            where owner is not null
                            from user in table.Users
                            where TableOwner.IsForeign(subject.Model, user.Service, owner)
                            select (table.Table, Owner: owner, user.Service, user.First)
               group read by (read.Owner, read.Service) into pair
               let all = subject.Model.Services[pair.Key.Owner].Owns.Values.Sum(o => o.Tables.Count)
               let reads = pair.DistinctBy(r => r.Table).ToArray()
               where all >= limits.TablesMin && reads.Length >= limits.Tables.Fraction * all
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{pair.Key.Service}",
                   Subject = $"{pair.Key.Service} reads tables of {pair.Key.Owner}",
                   Place = code.Code.SpanOf(reads[0].First),
                   Message = $"'{pair.Key.Service}' reads {reads.Length} of the {all} tables of '{pair.Key.Owner}' in its source.",
                   Mend = $"Let '{pair.Key.Service}' ask '{pair.Key.Owner}' for what it needs of them, or merge the two.",
                   Measure = new Measure(Math.Round(100.0 * reads.Length / all, 1), limits.Tables.Percent, "%"),
                   Evidence = [.. reads.Take(Finding.EvidenceMax).Select(r => SeenCode.Evidence(code.Code, r.First, $"{r.Service} reads '{r.Table}'"))],
               };
    }

    /// <summary>Two services that keep the same things: entities of one name and nearly the same properties.</summary>
    private IEnumerable<Finding> Twins(CheckSubject subject)
    {
        var (limits, code) = (subject.Limits.Intimacy, subject.Sources);
        var kept = code.Services.ToDictionary(s => s, s => KeptEntities.Of(code, s), StringComparer.Ordinal);
        return from one in code.Services
               from other in code.Services
               where string.CompareOrdinal(one, other) < 0
               let same = KeptEntities.Alike(kept[one], kept[other], limits.Alike.Fraction).ToArray()
               where same.Length >= limits.EntitiesMin
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{other}",
                   Subject = $"{one} and {other} keep the same",
                   Place = code.Code.SpanOf(same[0].Other.Place),
                   Message = $"'{one}' and '{other}' both keep {Spoken.Names(same.Take(4).Select(s => s.One.Name))}{(same.Length > 4 ? $" and {same.Length - 4} more" : "")}, with {Spoken.Percent(Math.Round(same.Min(s => s.Alike), 2))} of the properties of each in common or more.",
                   Mend = $"Let one of the two own each of them, and the other keep its id and what it needs for itself; if they cannot, merge '{one}' and '{other}'.",
                   Measure = new Measure(same.Length, limits.EntitiesMin, "entities"),
                   Evidence = [.. same.SelectMany(s => new[] { SeenCode.Evidence(code.Code, s.One.Place, $"{s.One.Name} of {one}"), SeenCode.Evidence(code.Code, s.Other.Place, $"{s.Other.Name} of {other}") }).Take(Finding.EvidenceMax)],
               };
    }
}
