using Conway.Checks.Measuring;
using Conway.CodeFacts;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3105: a boundary that does not follow the business.</summary>
/// <remarks>By the model: a service named for a technical layer that keeps no data of its own, or one whose tables are far more than those of the others.</remarks>
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
        var layers = services.Where(s => LayerOf(s.Key) is not null && s.Value.Owns.Count == 0 && !subject.Model.Gateway.Routes.Any(r => r.To == s.Key)).Select(s => new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{s.Key}",
            Message = $"'{s.Key}' is named for a layer ('{LayerOf(s.Key)}') and keeps no data of its own.",
            Mend = "Cut by what the business does and not by layers: give each part of it to the service whose data it works on; what is only code becomes a library.",
        });
        return layers.Concat(Uneven(subject)).Concat(ByCode(subject));
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

    private IEnumerable<Finding> Uneven(CheckSubject subject)
    {
        var limits = subject.Limits.Cuts;
        var tables = subject.Model.Services.Where(s => s.Value.Owns.Values.Any(o => o.Tables.Count > 0)).ToDictionary(s => s.Key, s => s.Value.Owns.Values.Sum(o => o.Tables.Count), StringComparer.Ordinal);
        var spread = Spread.Of(tables.Values.Select(v => (double)v));
        return tables.Count < limits.ServicesMin ? [] : tables
            .Where(t => t.Value >= TablesMin && t.Value - spread.Mean > limits.Deviations * spread.StandardDeviation)
            .Select(t => new Finding
            {
                Rule = Rule,
                ModelPath = $"services.{t.Key}",
                Subject = $"tables of {t.Key}",
                Message = $"'{t.Key}' keeps {t.Value} tables, {Spoken.Number((t.Value - spread.Mean) / spread.StandardDeviation)} standard deviations more than the mean of {Spoken.Number(spread.Mean)}.",
                Mend = $"See whether '{t.Key}' holds more than one part of the business, and cut it there.",
                Measure = new Measure(t.Value, Math.Round(spread.Mean + (limits.Deviations * spread.StandardDeviation), 1), "tables"),
            });
    }

    // order-data-access and common-service are layers, commons-catalog is not.
    private static string? LayerOf(string name)
    {
        var bare = name.EndsWith("-service", StringComparison.Ordinal) ? name[..^"-service".Length] : name;
        return Layers.FirstOrDefault(l => bare == l || bare.EndsWith("-" + l, StringComparison.Ordinal));
    }
}
