using Conway.Checks.Graph;
using Conway.Checks.Measuring;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2302: a service that directs all others.</summary>
/// <remarks>By the model: it calls very many, or it stands out in what it calls and most ways between others lead through it, or it stands out in both
/// directions as a bus does. By traffic: one operation of it calls many for one request (p95).</remarks>
public sealed class FanOut : ICheck
{
    // Fewer callers and callees are no bus, however unusual they are among the others.
    private const int BusDegreeMin = 4;

    public FindingRule Rule { get; } = new(
        "CW2302", Severity.Warning, "Service that directs all others",
        "Every change of a process is a change there, it is down when any of those that it calls is, and the knowledge of the others gathers in it.")
    {
        Unless = "it only composes answers and any of the called may fail",
    };

    public CheckInputs Uses => CheckInputs.Traces;

    public string? Limits => "checks.fan-out";

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var (limits, graph) = (subject.Limits.FanOut, subject.Calls);
        var seen = subject.Observed is null ? new Dictionary<string, Finding>() : ByTraffic(subject);
        var outs = graph.Services.ToDictionary(s => s, s => graph.From(s).Count(e => e.Callee != s), StringComparer.Ordinal);
        var ins = graph.Services.ToDictionary(s => s, s => graph.To(s).Count(e => e.Caller != s), StringComparer.Ordinal);
        var (outFence, inFence) = (Spread.Of(outs.Values.Select(v => (double)v)).UpperFence, Spread.Of(ins.Values.Select(v => (double)v)).UpperFence);
        var through = new Lazy<IReadOnlyDictionary<string, double>>(() => Betweenness.Of(graph.Services, s => graph.From(s).Select(e => e.Callee)));
        foreach (var service in graph.Services)
        {
            if (seen.TryGetValue(service, out var found))
            {
                yield return found;
            }
            else if (outs[service] >= limits.Error)
            {
                yield return Told(service, new Measure(outs[service], limits.Error, "called services"), $"'{service}' calls {outs[service]} services: {Spoken.Names(graph.From(service).Select(e => e.Callee).Take(10))}.");
            }
            else if (outs[service] >= limits.Warning && outs[service] > outFence && through.Value[service] >= limits.Through.Fraction)
            {
                yield return Told(
                    service, new Measure(Math.Round(through.Value[service] * 100, 1), limits.Through.Percent, "%"),
                    $"'{service}' calls {outs[service]} services, and {Spoken.Percent(Math.Round(through.Value[service], 2))} of the ways between services lead through it.");
            }
            else if (outs[service] >= BusDegreeMin && ins[service] >= BusDegreeMin && outs[service] > outFence && ins[service] > inFence)
            {
                yield return Told(service, new Measure(outs[service] + ins[service], Math.Round(outFence + inFence, 1), "neighbours"), $"'{service}' is called by {ins[service]} services and calls {outs[service]}, as a bus would; no other does either.");
            }
        }
    }

    private Dictionary<string, Finding> ByTraffic(CheckSubject subject)
    {
        var limits = subject.Limits.FanOut;
        return (from call in subject.Traffic.Calls
                where call is { IsData: false, IsMessage: false, Request.Operation.Length: > 0 } && subject.Model.Services.ContainsKey(call.Caller) && subject.Model.Services.ContainsKey(call.Callee)
                group call by (call.Caller, call.Request!.Value.Operation) into operation
                let requests = operation.GroupBy(c => c.Request!.Value).Select(r => r.Select(c => c.Callee).Distinct().ToArray()).ToArray()
                let p95 = Spread.Of(requests.Select(r => (double)r.Length)).Quantile(0.95)
                where p95 >= limits.Warning
                group (operation, requests, p95) by operation.Key.Caller into service
                let worst = service.MaxBy(o => o.p95)
                select (service.Key, Told(
                    service.Key, new Measure(Math.Round(worst.p95, 1), limits.Warning, "called services"),
                    $"{worst.operation.Key.Operation} of '{service.Key}' calls {Spoken.Number(worst.p95)} services for one request (p95 of {Spoken.Times(worst.requests.Length, "request")}): {Spoken.Names(worst.requests.MaxBy(r => r.Length)!.Take(10))}.") with
                {
                    Weight = worst.p95 >= limits.Error ? Severity.Error : null,
                })).ToDictionary(f => f.Key, f => f.Item2, StringComparer.Ordinal);
    }

    private Finding Told(string service, Measure measure, string message) => new()
    {
        Rule = Rule,
        ModelPath = $"services.{service}.calls",
        Message = message,
        Mend = $"Let '{service}' publish what happened and the others act on it, or cut it by process, so that each part calls a few.",
        Measure = measure,
    };
}
