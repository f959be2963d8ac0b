using Conway.Checks.Observed;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW7103: a call that is made in another protocol than declared.</summary>
public sealed class WrongProtocol : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW7103", Severity.Warning, "Another protocol than declared",
        "Retries, errors and balancing are decided by the protocol, and contracts are checked by it; here all of that follows the wrong one.");

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Traces;

    public string? Lacks(CheckSubject subject) => SeenTraffic.Lack(subject);

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from edge in subject.Edges
        where subject.Model.Services.TryGetValue(edge.Caller, out var caller) && caller.Calls.ContainsKey(edge.Callee)
        let declared = subject.Model.Services[edge.Caller].Calls[edge.Callee].Protocol
        let calls = edge.Calls.Where(c => c.Protocol is "http" or "grpc").ToArray()
        let other = calls.Count(c => c.Protocol != Word(declared))
        where other > 0
        let seen = declared == CallProtocol.Grpc ? "http" : "grpc"
        select new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{edge.Caller}.calls.{edge.Callee}.protocol",
            Between = new ServicePair(edge.Caller, edge.Callee),
            Message = $"'{edge.Caller}' calls '{edge.Callee}' by {seen} ({other} of {Spoken.Times(calls.Length)}), and {Word(declared)} is declared.",
            Mend = other == calls.Length ? $"Declare what is so, protocol: {seen}, or change the caller." : $"Use one protocol: change the caller's {seen} calls, or declare protocol: {seen} and change the others.",
            Patch = other == calls.Length ? new ModelPatch(PatchChange.Set, $"services.{edge.Caller}.calls.{edge.Callee}.protocol", seen) : null,
            Measure = new Measure(other, 0, "calls"),
            Evidence = SeenTraffic.Evidence(edge),
        };

    private static string Word(CallProtocol protocol) => protocol == CallProtocol.Grpc ? "grpc" : "http";
}
