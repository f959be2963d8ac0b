using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW7107: a declared call that nothing in the source can make.</summary>
/// <remarks>Told only where the source was found and names are not put together, and not where a run has seen the call.</remarks>
public sealed class UnmadeInCode : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW7107", Severity.Info, "Declared call that the source does not make",
        "The picture of the system shows a dependency that is not there, and plans are made by it.")
    {
        Unless = "a library outside of the service's folder makes the call",
    };

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Addresses;

    public CheckInputs Uses => CheckInputs.Traces | CheckInputs.Manifests;

    public string? Lacks(CheckSubject subject) => subject.Named.Lack();

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var seen = subject.Observed is null ? [] : subject.Edges.Select(e => (e.Caller, e.Callee)).ToHashSet();
        return from edge in subject.Calls.Edges
               where edge.Caller != edge.Callee && subject.Named.FilesOf(edge.Caller) > 0 && !subject.Named.MayName(edge.Caller, edge.Callee) && !seen.Contains((edge.Caller, edge.Callee))
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = edge.ModelPath,
                   Between = new ServicePair(edge.Caller, edge.Callee),
                   Message = $"'{edge.Caller}' declares a call of '{edge.Callee}', and nothing in its source ({Spoken.Times(subject.Named.FilesOf(edge.Caller), "file")}) names it: "
                       + $"no {Model.Names.ToVariable(edge.Callee)}_URL, no client, no address.",
                   Mend = $"Remove '{edge.Callee}' from calls of '{edge.Caller}' if the call is made no more.",
                   Patch = new ModelPatch(PatchChange.Remove, edge.ModelPath, ""),
               };
    }
}
