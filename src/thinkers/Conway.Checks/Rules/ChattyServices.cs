using Conway.Checks.Measuring;
using Conway.Checks.Observed;
using Conway.Checks.Sources;
using Conway.CodeFacts;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW2301: two services that talk too much for one request.</summary>
/// <remarks>Three signs, the surest first: many calls for one request (p95), one operation again and again for one request (N+1), a large share of all
/// calls of the system. Attempts are not counted: only what the caller wanted.</remarks>
public sealed class ChattyServices : ICheck
{
    // Below so many pairs, one of them has a large share of the calls by necessity.
    private const int PairsMin = 10;

    public FindingRule Rule { get; } = new(
        "CW2301", Severity.Warning, "Chatty services",
        "Every call costs a network and a chance to fail; a request that makes many waits for all of them, and the two services are one in all but deployment.")
    {
        Unless = "the calls run side by side and each is needed",
    };

    public CheckInputs NeedsOneOf => CheckInputs.Traces | CheckInputs.Code;

    public string? Limits => "checks.chatty";

    public string? Lacks(CheckSubject subject) => EitherSource.Lack(
        subject, () => null, () => subject.Sources.Code.OutboundCalls.IsEmpty ? "No call over the network was recognised in the source." : null);

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        (subject.Observed is null ? [] : ByTraffic(subject)).Concat(subject.Code is null ? [] : ByCode(subject));

    /// <summary>A call of another program that stands in a loop.</summary>
    private IEnumerable<Finding> ByCode(CheckSubject subject) =>
        from call in subject.Sources.Code.OutboundCalls
        where call.InLoop && call.Kind is OutboundKind.Http or OutboundKind.Declared or OutboundKind.Grpc
        let service = subject.Sources.ServiceOf(call.Place)
        where service is not null
        select new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{service}.calls",
            Subject = $"{service} loops over {call.Method} {call.Target}",
            Place = subject.Sources.Code.SpanOf(call.Place),
            Message = $"'{service}' calls {(call.Target is null ? "another service" : $"{(call.Method is null ? "" : call.Method + " ")}{call.Target}")} in a loop.",
            Mend = "Ask once for all of it: an operation that takes a list.",
        };

    private IEnumerable<Finding> ByTraffic(CheckSubject subject)
    {
        var limits = subject.Limits.Chatty;
        var edges = subject.Edges.Where(e => e.Caller != ObservedEdge.Gateway && !e.IsMessage).ToArray();
        var all = edges.Sum(e => e.Count);
        foreach (var edge in edges)
        {
            var requests = edge.Calls.Where(c => c.Request is not null).GroupBy(c => c.Request!.Value).Select(g => g.ToArray()).ToArray();
            if (requests.Length >= limits.RequestsMin && (Many(edge, requests, limits) ?? Loop(edge, requests, limits)) is { } found)
            {
                yield return found;
            }
            else if (edges.Length >= PairsMin && edge.Count > limits.Volume.Fraction * all && requests.Length >= limits.RequestsMin)
            {
                yield return Told(
                    edge, new Measure(Math.Round(100.0 * edge.Count / all, 1), limits.Volume.Percent, "%"), null,
                    $"'{edge.Caller}' calls '{edge.Callee}' {Spoken.Times(edge.Count)}, which is {Spoken.Percent(Math.Round((double)edge.Count / all, 2))} of all calls between services.");
            }
        }
    }

    private Finding? Many(ObservedEdge edge, ObservedCall[][] requests, ChattyLimits limits)
    {
        var p95 = Spread.Of(requests.Select(r => (double)r.Length)).Quantile(0.95);
        return p95 < limits.Warning ? null : Told(
            edge, new Measure(Math.Round(p95, 1), limits.Warning, "calls"), p95 >= limits.Error ? Severity.Error : null,
            $"'{edge.Caller}' calls '{edge.Callee}' {Spoken.Number(p95)} times for one request (p95 of {Spoken.Times(requests.Length, "request")}).");
    }

    private Finding? Loop(ObservedEdge edge, ObservedCall[][] requests, ChattyLimits limits)
    {
        var again = requests.Select(r => r.GroupBy(c => c.Operation, StringComparer.Ordinal).MaxBy(g => g.Count())!).ToArray();
        var median = Spread.Of(again.Select(g => (double)g.Count())).Median;
        return median < limits.Loop ? null : Told(
            edge, new Measure(median, limits.Loop, "calls"), null,
            $"'{edge.Caller}' calls {again.MaxBy(g => g.Count())!.Key} of '{edge.Callee}' {Spoken.Number(median)} times in a row for one request (the median of {Spoken.Times(requests.Length, "request")}): it looks like a loop.");
    }

    private Finding Told(ObservedEdge edge, Measure measure, Severity? weight, string message) => new()
    {
        Rule = Rule,
        Weight = weight,
        ModelPath = $"services.{edge.Caller}.calls.{edge.Callee}",
        Message = message,
        Mend = $"Ask once for all of it: an operation of '{edge.Callee}' that takes a list, or a copy in '{edge.Caller}' kept by its events; if they cannot do without each other, merge them.",
        Measure = measure,
        Evidence = [.. edge.Calls.Where(c => c.Request is not null).GroupBy(c => c.Request!.Value).OrderByDescending(g => g.Count()).Take(3)
            .Select(g => new Evidence($"{g.Count()} calls for {(g.Key.Operation.Length > 0 ? g.Key.Operation : "one request")} in trace {g.Key.Trace}"))],
    };
}
