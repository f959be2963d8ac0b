using Conway.Checks.Sources;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2204: a service that works in the dark.</summary>
/// <remarks>By traffic: it was called and sent no span; it does not hand on the trace that it is in, so that nobody sees what its calls belong to; or its spans name parents that never came while
/// those of the others are complete. By code: its .NET projects use no library that sends traces or metrics.</remarks>
public sealed class MissingTelemetry : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2204", Severity.Warning, "Service that cannot be watched",
        "When it is slow or fails, the trace ends before it, and whoever looks for the cause looks elsewhere.")
    {
        Unless = "an agent outside of the process watches it",
    };

    public CheckInputs NeedsOneOf => CheckInputs.Traces | CheckInputs.Code;

    public string? Limits => "checks.telemetry";

    public string? Lacks(CheckSubject subject) => EitherSource.Lack(
        subject, () => null, () => subject.Sources.Services.Any(s => subject.Sources.ProjectsOf(s).Any()) ? null : "No project was found in a folder of a service.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var called = subject.Observed is null ? new Dictionary<string, long>() : subject.Edges.GroupBy(e => e.Callee, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(e => e.Count), StringComparer.Ordinal);
        foreach (var service in subject.Model.Services.Keys)
        {
            var seen = subject.Observed is null ? null : Dark(subject, service, called.GetValueOrDefault(service)) ?? Orphans(subject, service) ?? Torn(subject, service);
            if ((seen ?? (subject.Code is null ? null : ByCode(subject, service))) is { } found)
            {
                yield return found;
            }
        }
    }

    private Finding? Dark(CheckSubject subject, string service, long calls) => calls == 0 || subject.Traffic.Sends(service) ? null : new Finding
    {
        Rule = Rule,
        ModelPath = $"services.{service}",
        Message = $"'{service}' was called {Spoken.Times(calls)} and sent no span.",
        Mend = "Give it an OpenTelemetry SDK: its address is in OTEL_EXPORTER_OTLP_ENDPOINT; a .NET service gets it with AddConway().",
        Measure = new Measure(0, 1, "spans"),
    };

    /// <summary>What a service calls without handing on the trace it is in: listeners see such calls begin a trace.</summary>
    private Finding? Orphans(CheckSubject subject, string service)
    {
        var limits = subject.Limits.Telemetry;
        var (all, rootless) = subject.Traffic.AttemptsOf(service);
        return all < limits.SpansMin || rootless <= limits.Orphans.Fraction * all ? null : new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{service}",
            Message = $"'{service}' does not hand on its traces: {rootless} of {Spoken.Times(all, "call")} that it made begin a trace of their own.",
            Mend = $"Send the traceparent header (W3C Trace Context) with every call of '{service}': instrument its HTTP client.",
            Measure = new Measure(Math.Round(100.0 * rootless / all, 1), limits.Orphans.Percent, "%"),
        };
    }

    /// <summary>Spans within one service hang in the air, and those of the others do not: then they were not lost by chance.</summary>
    private Finding? Torn(CheckSubject subject, string service)
    {
        var limits = subject.Limits.Telemetry;
        var (named, missing) = subject.Traffic.ParentsNamedBy(service);
        var (othersNamed, othersMissing) = subject.Model.Services.Keys.Where(s => s != service).Select(subject.Traffic.ParentsNamedBy).Aggregate((Named: 0, Missing: 0), (sum, s) => (sum.Named + s.Named, sum.Missing + s.Missing));
        return named < limits.SpansMin || missing <= limits.Torn.Fraction * named || othersMissing > limits.Torn.Fraction * othersNamed ? null : new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{service}",
            Message = $"'{service}' sends its spans in part: {missing} of {named} belong to one of its own that never arrived; of those of the other services {othersMissing} of {othersNamed} do.",
            Mend = $"Let '{service}' send the span of the request that it answers as well as those of its calls: all instrumented, by one exporter, with one sampling for all of a trace.",
            Measure = new Measure(Math.Round(100.0 * missing / named, 1), limits.Torn.Percent, "%"),
        };
    }

    private Finding? ByCode(CheckSubject subject, string service)
    {
        var projects = subject.Sources.ProjectsOf(service).ToArray();
        if (projects.Length == 0 || Watching.ByAgent(subject, service))
        {
            return null;
        }

        var (traces, metrics) = Watching.Of(subject.Sources, service);
        return traces && metrics ? null : new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{service}",
            Subject = $"telemetry of {service}",
            Place = new SourceSpan(projects[0].Path, 1, 1, 1),
            Message = $"'{service}' {(traces ? "sends traces and no metrics" : metrics ? "gives metrics and sends no traces" : "sends neither traces nor metrics")}: no package of its projects does.",
            Mend = "Add OpenTelemetry with its exporter for OTLP; a .NET service gets all of it with AddConway().",
            Measure = new Measure((traces ? 1 : 0) + (metrics ? 1 : 0), 2, "kinds of signals"),
            Evidence = [.. projects.Take(Finding.EvidenceMax).Select(p => new Evidence($"{p.Name}: {Spoken.Times(p.Packages.Length, "package")}, none for telemetry", new SourceSpan(p.Path, 1, 1, 1)))],
        };
    }
}
