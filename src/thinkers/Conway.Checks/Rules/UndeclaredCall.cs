using System.Globalization;
using Conway.Checks.Observed;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW7101: a call that happens and that the model does not know.</summary>
/// <remarks>An error where the model says that only declared calls are allowed (<c>policies.default-deny</c>). A message is declared when the
/// one publishes an event that the other consumes.</remarks>
public sealed class UndeclaredCall : ICheck
{
    private static readonly int[] NiceMs = [100, 200, 300, 500, 1000, 2000, 3000, 5000, 10_000, 20_000, 30_000, 60_000];

    public FindingRule Rule { get; } = new(
        "CW7101", Severity.Warning, "Call that is not declared",
        "It has no timeout, no budget and no place in any check, and whoever changes the callee does not know of its caller.")
    {
        Unless = "the caller is a person or a tool that uses the service's name in its spans",
    };

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Traces;

    public string? Lacks(CheckSubject subject) => SeenTraffic.Lack(subject);

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from edge in subject.Edges
        where edge.Caller != ObservedEdge.Gateway && !IsDeclared(subject, edge)
        select edge.IsMessage ? Message(edge) : Call(subject, edge);

    private static bool IsDeclared(CheckSubject subject, ObservedEdge edge)
    {
        var (caller, callee) = (subject.Model.Services[edge.Caller], subject.Model.Services[edge.Callee]);
        return edge.IsMessage ? caller.Publishes.Keys.Any(callee.Consumes.Contains) : caller.Calls.ContainsKey(edge.Callee);
    }

    private Finding Call(CheckSubject subject, ObservedEdge edge)
    {
        var isGrpc = edge.Calls.Any(c => c.Protocol == "grpc");
        var yaml = $"{{ timeout: {TimeoutFor(edge.P99)}{(isGrpc ? ", protocol: grpc" : "")} }}";
        return new Finding
        {
            Rule = Rule,
            Weight = subject.Model.Policies.DefaultDeny ? Severity.Error : null,
            ModelPath = $"services.{edge.Caller}.calls",
            Between = new ServicePair(edge.Caller, edge.Callee),
            Subject = $"{edge.Caller} calls {edge.Callee}",
            Message = $"'{edge.Caller}' calls '{edge.Callee}' ({Spoken.Times(edge.Count)}), and the model does not say so.",
            Mend = subject.Model.Policies.DefaultDeny
                ? $"Remove the call, or declare it: {edge.Callee}: {yaml} under calls of '{edge.Caller}'."
                : $"Declare it, {edge.Callee}: {yaml} under calls of '{edge.Caller}', or remove the call.",
            Patch = new ModelPatch(PatchChange.Set, $"services.{edge.Caller}.calls.{edge.Callee}", yaml),
            Evidence = SeenTraffic.Evidence(edge),
        };
    }

    private Finding Message(ObservedEdge edge) => new()
    {
        Rule = Rule,
        ModelPath = $"services.{edge.Callee}.consumes",
        Between = new ServicePair(edge.Caller, edge.Callee),
        Subject = $"{edge.Caller} sends to {edge.Callee}",
        Message = $"'{edge.Callee}' takes messages of '{edge.Caller}' ({Spoken.Times(edge.Count)}), and no event of its is among what it consumes.",
        Mend = $"Declare the event under publishes of '{edge.Caller}' and under consumes of '{edge.Callee}', or stop handling it.",
        Evidence = SeenTraffic.Evidence(edge),
    };

    /// <summary>The next round time over twice of what was seen: room for a bad day, and still a limit.</summary>
    private static string TimeoutFor(TimeSpan p99)
    {
        var ms = NiceMs.FirstOrDefault(n => n >= 2 * p99.TotalMilliseconds, NiceMs[^1]);
        return ms % 1000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{ms / 1000}s") : string.Create(CultureInfo.InvariantCulture, $"{ms}ms");
    }
}
