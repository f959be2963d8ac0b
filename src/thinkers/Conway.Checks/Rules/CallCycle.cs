using Conway.Checks.Graph;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2101: services that call each other in a circle, each waiting for the next.</summary>
/// <remarks>A warning, for the operations in the circle may differ; an error when every call in it is required,
/// for then none of the services ever becomes ready.</remarks>
public sealed class CallCycle : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2101", Severity.Warning, "Synchronous call cycle",
        "The services of a cycle fail together, cannot be deployed one without the other, and a request may go round until its time is up.")
    {
        Unless = "the operations of the circle never run in one request",
    };

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var max = CheckSubject.FindingsPerRuleMax;
        var services = subject.Calls.Services;
        var deadlocks = CallCycles.Find(services, subject.Calls.Edges.Where(e => e.Call.Required), max).ToArray();
        var cut = deadlocks.Select(c => c.Cut).ToHashSet();
        var others = CallCycles.Find(services, subject.Calls.Edges.Where(e => !cut.Contains(e)), max - deadlocks.Length).ToArray();

        var told = deadlocks.Length + others.Length;
        return deadlocks.Select(cycle => Told(cycle, deadlock: true))
            .Concat(others.Select(cycle => Told(cycle, deadlock: false)))
            .Select((finding, i) => i == max - 1 && told == max
                ? finding with { Message = $"{finding.Message} (Only the first {max} cycles are told.)" }
                : finding);
    }

    private Finding Told(CallCycleFound cycle, bool deadlock)
    {
        var (caller, callee) = (cycle.Cut.Caller, cycle.Cut.Callee);
        return new Finding
        {
            Rule = Rule,
            Weight = deadlock ? Severity.Error : null,
            ModelPath = cycle.Cut.ModelPath,
            Message = caller == callee
                ? $"'{caller}' calls itself and waits for the answer."
                : $"Services call each other in a circle: {Spoken.Chain(cycle.Names)}."
                  + (deadlock ? " Every call in it is required, so none of them ever becomes ready." : ""),
            Mend = caller == callee
                ? $"Do the work inside '{caller}' without a call."
                : $"Cut {caller} -> {callee}: let '{callee}' publish an event that '{caller}' consumes, pass the data along with the request, or merge the two.",
        };
    }
}
