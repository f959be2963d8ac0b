using Conway.Checks.Measuring;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW3103: a service so small that it is a function with a network in front.</summary>
/// <remarks>Told only when nothing in the model speaks for it: it keeps no data, takes part in no event, route, job or saga, calls at most one
/// service, is called by one service alone, and that one has the same context, the same owner and the same kind of process.</remarks>
public sealed class NanoService : ICheck
{
    // From fewer requests the shares of callers say nothing.
    private const int RequestsMin = 20;

    // Of fewer services none is the usual one.
    private const int ServicesMin = 4;

    public FindingRule Rule { get; } = new(
        "CW3103", Severity.Warning, "Nano service",
        "It costs a process, a deployment, a network hop and an on-call rota, and buys no independence in return.");

    public CheckInputs Uses => CheckInputs.Code | CheckInputs.Traces;

    public string? Limits => "checks.nano";

    public IEnumerable<Finding> Check(CheckSubject subject) => ByCode(subject).Concat(ByModel(subject));

    private IEnumerable<Finding> ByModel(CheckSubject subject)
    {
        var model = subject.Model;
        var spokenFor = model.Gateway.Routes.SelectMany(r => r.Answering())
            .Concat(model.Jobs.Values.Select(j => j.Service))
            .Concat(model.Sagas.Values.Select(s => s.Owner))
            .Concat(model.Sagas.Values.SelectMany(s => s.Steps).Select(s => s.Call.Split('.')[0]))
            .ToHashSet(StringComparer.Ordinal);

        return from service in model.Services
               where !spokenFor.Contains(service.Key) && IsBare(service.Value)
               let callers = subject.Calls.To(service.Key)
               where callers.Count == 1 && callers[0].Caller != service.Key
               let caller = callers[0].Caller
               where IsAlike(subject, service.Value, model.Services[caller])
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{service.Key}",
                   Message = $"'{service.Key}' keeps no data, handles no events, and serves '{caller}' alone.",
                   Mend = $"Make it a library inside '{caller}', or give it what it needs to stand alone: its data, its events, its own team.",
               };
    }

    /// <summary>Hardly any code, at most two operations, one caller.</summary>
    private IEnumerable<Finding> ByCode(CheckSubject subject)
    {
        // Where no operation was recognised, few say nothing.
        if (subject.Code is null || subject.Sources.Services.Count < ServicesMin || subject.Sources.Code.EntryPoints.IsEmpty)
        {
            return [];
        }

        var code = subject.Sources;
        var lines = code.Services.ToDictionary(s => s, code.LinesOf, StringComparer.Ordinal);
        var median = Spread.Of(lines.Values.Select(l => (double)l)).Median;
        return from service in code.Services
               where lines[service] < subject.Limits.Nano.Lines.Fraction * median
               let entries = code.EntriesOf(service).Count()
               let caller = OneCaller(subject, service)
               where entries <= 2 && caller is not null && !IsBare(subject.Model.Services[service])
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{service}",
                   Message = $"'{service}' has {Spoken.Count(lines[service])} lines of code and {Spoken.Times(entries, "operation")}, and {caller.Value.Says}; the usual service here has {Spoken.Count(median)} lines.",
                   Mend = $"Make it a part of '{caller.Value.Name}'.",
                   Measure = new Measure(lines[service], Math.Round(subject.Limits.Nano.Lines.Fraction * median, 1), "lines"),
               };
    }

    /// <summary>Who calls it, if it is one alone, or makes nearly all of its requests; null for none and for several.</summary>
    private static (string Name, string Says)? OneCaller(CheckSubject subject, string service)
    {
        var declared = subject.Calls.To(service).Select(e => e.Caller).Where(c => c != service).Distinct(StringComparer.Ordinal).ToArray();
        if (declared.Length == 1)
        {
            return (declared[0], $"serves '{declared[0]}' alone");
        }

        var edges = subject.Observed is null ? [] : subject.Edges.Where(e => e.Callee == service && e.Caller != service).ToArray();
        var (all, most) = (edges.Sum(e => e.Count), edges.MaxBy(e => e.Count));
        return most is not null && all >= RequestsMin && most.Caller != Observed.ObservedEdge.Gateway && most.Count >= subject.Limits.Nano.OneCaller.Fraction * all
            ? (most.Caller, $"{Spoken.Percent(Math.Round((double)most.Count / all, 2))} of its requests come from '{most.Caller}'") : null;
    }

    private static bool IsBare(Service service) =>
        service is { Owns.Count: 0, Publishes.Count: 0, Consumes.Count: 0, Calls.Count: <= 1, Load: null };

    private static bool IsAlike(CheckSubject subject, Service service, Service caller) =>
        service.Context == caller.Context
        && subject.OwnerOf(service) == subject.OwnerOf(caller)
        && (service.Project is null) == (caller.Project is null);
}
