using Conway.Checks.Boundaries;
using Conway.Checks.Measuring;
using Conway.Checks.Sources;
using Conway.CodeFacts;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3105: a boundary that does not follow the business.</summary>
/// <remarks>By the model: a service named for a technical layer that keeps no data of its own, or one whose tables are far more than those of the others. By code: one whose types nearly all play
/// one part, a table that is written mostly elsewhere, and a few types that would spare many calls if they lay elsewhere.</remarks>
public sealed class WrongCuts : ICheck
{
    private const int TypesMin = 10;

    private static readonly (TypeRoles Roles, string Says)[] Parts =
    [
        (TypeRoles.Repository | TypeRoles.StoreContext | TypeRoles.Mapping | TypeRoles.Entity, "about storing"),
        (TypeRoles.Contract | TypeRoles.Request | TypeRoles.Event, "contracts"),
        (TypeRoles.Validator, "validators"),
    ];

    // Fewer tables are no burden, however few the others have.
    private const int TablesMin = 8;

    private static readonly HashSet<string> Layers = new(
        ["data-access", "data-layer", "dal", "dao", "persistence", "repository", "repositories", "business-logic", "business-layer", "bll", "logic", "domain-layer",
         "presentation-layer", "common", "shared", "utils", "utilities", "helpers", "entities", "dtos", "models", "crud"], StringComparer.Ordinal);

    public FindingRule Rule { get; } = new(
        "CW3105", Severity.Warning, "Boundary in the wrong place",
        "One change of the business goes through several services, since each holds a slice of it.");

    public CheckInputs Uses => CheckInputs.Code;

    public string? Limits => "checks.cuts";

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var services = subject.Model.Services;
        var layers = services.Where(s => LayerOf(s.Key) is not null && s.Value.Owns.Count == 0 && !subject.Model.Gateway.Routes.Any(r => r.Answering().Contains(s.Key))).Select(s => new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{s.Key}",
            Message = $"'{s.Key}' is named for a layer ('{LayerOf(s.Key)}') and keeps no data of its own.",
            Mend = "Cut by what the business does and not by layers: give each part of it to the service whose data it works on; what is only code becomes a library.",
        });
        return layers.Concat(Uneven(subject)).Concat(ByCode(subject)).Concat(subject.Code is null ? [] : Elsewhere(subject).Concat(Cheaper(subject)));
    }

    /// <summary>A service whose types nearly all play one part, and that touches no table.</summary>
    private IEnumerable<Finding> ByCode(CheckSubject subject)
    {
        // Where no access was recognised, none says nothing.
        if (subject.Code is null || subject.Sources.Code.Accesses.IsEmpty)
        {
            return [];
        }

        var (code, limit) = (subject.Sources, subject.Limits.Cuts.OneRole);
        var touching = code.Code.Accesses.Select(a => code.ServiceOfMember(a.Member)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return from service in code.Services
               where !touching.Contains(service) && LayerOf(service) is null
               let types = code.TypesOf(service).Where(t => t.Roles != TypeRoles.None && (t.Roles & ~TypeRoles.Composition) != 0).ToArray()
               where types.Length >= TypesMin
               from role in Parts
               let playing = types.Count(t => (t.Roles & role.Roles) != 0)
               where playing >= limit.Fraction * types.Length
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{service}",
                   Subject = $"parts of {service}",
                   Message = $"{playing} of {types.Length} types of '{service}' that play a part are {role.Says}, and it touches no table.",
                   Mend = "Cut by what the business does: a service has its endpoints, its decisions and its data.",
                   Measure = new Measure(Math.Round(100.0 * playing / types.Length, 1), limit.Percent, "%"),
               };
    }

    /// <summary>Far more, or far fewer, tables than the others. Where the model names none, entities of the source.</summary>
    private IEnumerable<Finding> Uneven(CheckSubject subject)
    {
        var limits = subject.Limits.Cuts;
        var (noun, kept) = ("tables", subject.Model.Services.ToDictionary(s => s.Key, s => s.Value.Owns.Values.Sum(o => o.Tables.Count), StringComparer.Ordinal));
        if (subject.Code is not null && kept.Values.Count(n => n > 0) < limits.ServicesMin)
        {
            (noun, kept) = ("entities", subject.Sources.Services.ToDictionary(s => s, s => subject.Sources.TypesOf(s).Count(t => (t.Roles & TypeRoles.Entity) != 0), StringComparer.Ordinal));
        }

        var counted = kept.Where(k => k.Value > 0).ToArray();
        var spread = Spread.Of(counted.Select(k => (double)k.Value));
        return counted.Length < limits.ServicesMin ? [] : counted
            .Where(k => Math.Max(k.Value, spread.Mean) >= TablesMin && (k.Value >= limits.Times * spread.Mean || limits.Times * k.Value <= spread.Mean) && Math.Abs(k.Value - spread.Mean) > limits.Deviations * spread.StandardDeviation)
            .Select(k => new Finding
            {
                Rule = Rule,
                ModelPath = $"services.{k.Key}",
                Subject = $"tables of {k.Key}",
                Message = $"'{k.Key}' keeps {k.Value} {noun}, {Spoken.Number(Math.Abs(k.Value - spread.Mean) / spread.StandardDeviation)} standard deviations {(k.Value > spread.Mean ? "more" : "fewer")} than the mean of {Spoken.Number(spread.Mean)}.",
                Mend = k.Value > spread.Mean ? $"See whether '{k.Key}' holds more than one part of the business, and cut it there." : $"See whether '{k.Key}' is a part of the business, or a slice of one that another service holds.",
                Measure = new Measure(k.Value, Math.Round(spread.Mean + ((k.Value > spread.Mean ? 1 : -1) * limits.Deviations * spread.StandardDeviation), 1), noun),
            });
    }

    /// <summary>A table whose writers are for the most part in one other service.</summary>
    private IEnumerable<Finding> Elsewhere(CheckSubject subject)
    {
        var (code, limits) = (subject.Sources, subject.Limits);
        return from table in SeenCode.UsersOf(code, AccessMode.Write)
               let owner = TableOwner.Of(subject.Model, table.Table)
               where owner is not null
               let writers = table.Users.Where(u => u.Service == owner || TableOwner.IsForeign(subject.Model, u.Service, owner)).ToArray()
               let all = writers.Sum(w => w.Count)
               where all >= limits.Writes.SeenMin
               let most = writers.MaxBy(w => w.Count)
               where most.Service != owner && most.Count > limits.Cuts.Elsewhere.Fraction * all
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{owner}.owns",
                   Subject = $"table {table.Table} elsewhere",
                   Place = code.Code.SpanOf(most.First),
                   Message = $"'{owner}' owns the table '{table.Table}', and {most.Count} of the {all} places that write it are in '{most.Service}'.",
                   Mend = $"Give '{table.Table}' to '{most.Service}', with the code of '{owner}' that works on it.",
                   Measure = new Measure(Math.Round(100.0 * most.Count / all, 1), limits.Cuts.Elsewhere.Percent, "%"),
                   Evidence = [.. writers.Take(Finding.EvidenceMax).Select(w => SeenCode.Evidence(code.Code, w.First, $"{w.Service} writes '{table.Table}' ({Spoken.Times(w.Count, "place")})"))],
               };
    }

    /// <summary>A few types that lie on the wrong side: with them moved, far fewer calls cross the boundaries.</summary>
    private IEnumerable<Finding> Cheaper(CheckSubject subject)
    {
        var (code, limits) = (subject.Sources, subject.Limits.Cuts);
        if (CheaperCut.Of(code, limits) is not { } cut)
        {
            yield break;
        }

        var moves = string.Join(", ", cut.Moves.Take(4).Select(m => $"{m.Type.Name} from '{m.From}' to '{m.To}'")) + (cut.Moves.Count > 4 ? $" and {cut.Moves.Count - 4} more" : "");
        yield return new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{cut.Moves[0].From}",
            Subject = "types on the wrong side",
            Place = code.Code.SpanOf(cut.Moves[0].Type.Place),
            Message = $"Moving {cut.Moves.Count} of {Spoken.Times(cut.Types, "type")} spares {cut.Spared} of the {cut.Calls} calls between services in the source: {moves}.",
            Mend = $"Move {cut.Moves[0].Type.Name} to '{cut.Moves[0].To}' first, and look again.",
            Measure = new Measure(Math.Round(100.0 * cut.Spared / cut.Calls, 1), limits.Spared.Percent, "%"),
            Evidence = [.. cut.Moves.Take(Finding.EvidenceMax).Select(m => SeenCode.Evidence(code.Code, m.Type.Place, $"{m.Type.Name}: {Spoken.Times(m.There, "call")} with '{m.To}', {m.Here} with '{m.From}'"))],
        };
    }

    // order-data-access and common-service are layers, commons-catalog is not.
    private static string? LayerOf(string name)
    {
        var bare = name.EndsWith("-service", StringComparison.Ordinal) ? name[..^"-service".Length] : name;
        return Layers.FirstOrDefault(l => bare == l || bare.EndsWith("-" + l, StringComparison.Ordinal));
    }
}
