using Conway.Checks.Observed;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2204: a service that works in the dark.</summary>
/// <remarks>By traffic alone: it was called and sent no span; or it does not hand on the trace that it is in, so that nobody sees what its calls belong to.</remarks>
public sealed class MissingTelemetry : ICheck
{
    // A few calls without a trace are made at start.
    private const int CallsMin = 10;

    public FindingRule Rule { get; } = new(
        "CW2204", Severity.Warning, "Service that cannot be watched",
        "When it is slow or fails, the trace ends before it, and whoever looks for the cause looks elsewhere.");

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Traces;

    public string? Limits => "checks.telemetry";

    public string? Lacks(CheckSubject subject) => SeenTraffic.Lack(subject);

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var called = subject.Edges.GroupBy(e => e.Callee, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(e => e.Count), StringComparer.Ordinal);
        foreach (var service in subject.Model.Services.Keys)
        {
            var calls = called.GetValueOrDefault(service);
            if (calls > 0 && !subject.Traffic.Sends(service))
            {
                yield return new Finding
                {
                    Rule = Rule,
                    ModelPath = $"services.{service}",
                    Message = $"'{service}' was called {Spoken.Times(calls)} and sent no span.",
                    Mend = "Give it an OpenTelemetry SDK: its address is in OTEL_EXPORTER_OTLP_ENDPOINT; a .NET service gets it with AddConway().",
                    Measure = new Measure(0, 1, "spans"),
                };
            }
            else if (Orphans(subject, service) is { } orphans)
            {
                yield return orphans;
            }
        }
    }

    /// <summary>What a service calls without handing on the trace it is in: listeners see such calls begin a trace.</summary>
    private Finding? Orphans(CheckSubject subject, string service)
    {
        var limit = subject.Limits.Telemetry.Orphans;
        var (all, rootless) = subject.Traffic.AttemptsOf(service);
        return all < CallsMin || rootless <= limit.Fraction * all ? null : new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{service}",
            Message = $"'{service}' does not hand on its traces: {rootless} of {Spoken.Times(all, "call")} that it made begin a trace of their own.",
            Mend = $"Send the traceparent header (W3C Trace Context) with every call of '{service}': instrument its HTTP client.",
            Measure = new Measure(Math.Round(100.0 * rootless / all, 1), limit.Percent, "%"),
        };
    }
}
