using Conway.Checks.Measuring;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW3104: a service that has grown into several.</summary>
/// <remarks>By the source: more types or lines than one can hold in view. By the model it must stand out twice: in the tables that it keeps and in what it offers (routes, callers, events). One alone is a matter of design.</remarks>
public sealed class MegaService : ICheck
{
    // Fewer tables are no burden, however few the others have.
    private const int TablesMin = 8;

    public FindingRule Rule { get; } = new(
        "CW3104", Severity.Warning, "Mega service",
        "It is changed for every reason there is, by everybody, is slow to build and test, and scales as a whole although a part of it is busy.")
    {
        Unless = "its tables and operations belong to one thing that cannot be told apart",
    };

    public CheckInputs Uses => CheckInputs.Code;

    public string? Limits => "checks.mega";

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var services = subject.Model.Services;
        var byCode = subject.Code is null ? new Dictionary<string, Finding>() : ByCode(subject);
        foreach (var found in byCode.Values)
        {
            yield return found;
        }

        if (services.Count < subject.Limits.Mega.ServicesMin)
        {
            yield break;
        }

        var tables = services.ToDictionary(s => s.Key, s => TablesOf(s.Value), StringComparer.Ordinal);
        var offers = services.ToDictionary(s => s.Key, s => OffersOf(subject, s.Key, s.Value), StringComparer.Ordinal);
        var (tableFence, offerFence) = (Spread.Of(tables.Values.Select(v => (double)v)).UpperFence, Spread.Of(offers.Values.Select(v => (double)v)).UpperFence);
        foreach (var name in services.Keys.Where(s => !byCode.ContainsKey(s) && tables[s] >= TablesMin && tables[s] > tableFence && offers[s] > offerFence))
        {
            yield return new Finding
            {
                Rule = Rule,
                ModelPath = $"services.{name}",
                Message = $"'{name}' keeps {tables[name]} tables and offers {offers[name]} routes, calls and events; the usual service here has {Spoken.Number(Spread.Of(tables.Values.Select(v => (double)v)).Median)} and {Spoken.Number(Spread.Of(offers.Values.Select(v => (double)v)).Median)}.",
                Mend = $"Look for parts of '{name}' that share few tables, and give the busiest of them a service of its own.",
                Measure = new Measure(tables[name], Math.Round(tableFence, 1), "tables"),
            };
        }
    }

    private Dictionary<string, Finding> ByCode(CheckSubject subject)
    {
        var (limits, code) = (subject.Limits.Mega, subject.Sources);
        return (from service in code.Services
                let types = code.TypesOf(service).Count(t => t.Outer == CodeFacts.Codebase.None)
                let lines = code.LinesOf(service)
                where types > limits.Types || lines > limits.Lines
                select (service, new Finding
                {
                    Rule = Rule,
                    ModelPath = $"services.{service}",
                    Message = $"'{service}' has {Spoken.Count(types)} types and {Spoken.Count(lines)} lines of code; {Spoken.Count(limits.Types)} and {Spoken.Count(limits.Lines)} are the most advised.",
                    Mend = $"Cut '{service}' where few types know each other, and begin with the part that changes most.",
                    Measure = types > limits.Types ? new Measure(types, limits.Types, "types") : new Measure(lines, limits.Lines, "lines"),
                })).ToDictionary(f => f.service, f => f.Item2, StringComparer.Ordinal);
    }

    private static int TablesOf(Service service) => service.Owns.Values.Sum(s => s.Tables.Count);

    private static int OffersOf(CheckSubject subject, string name, Service service) =>
        subject.Model.Gateway.Routes.Count(r => r.Answering().Contains(name)) + subject.Calls.To(name).Count + service.Publishes.Count + service.Consumes.Count;
}
