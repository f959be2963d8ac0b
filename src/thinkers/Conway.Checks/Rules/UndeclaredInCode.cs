using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW7106: a call that the source makes and that the model does not know.</summary>
/// <remarks>By what the source names: the variable of another service's listener, a client for it, its address. One finding for each pair.</remarks>
public sealed class UndeclaredInCode : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW7106", Severity.Warning, "Call in the source that is not declared",
        "There is no listener for it, so the address is not set and the call fails or goes past every limit; and no check knows of it.")
    {
        Unless = "the name means something else there",
    };

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Addresses;

    public CheckInputs Uses => CheckInputs.Manifests;

    public string? Lacks(CheckSubject subject) => subject.Named.Lack();

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from service in subject.Named.Services
        from pair in subject.Named.In(service).GroupBy(n => n.Callee, StringComparer.Ordinal)
        where !subject.Model.Services[service].Calls.ContainsKey(pair.Key)
        let first = pair.First()
        select new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{service}.calls",
            Between = new ServicePair(service, pair.Key),
            Subject = $"{service} names {pair.Key}",
            Place = first.Mention.Place,
            Message = $"'{service}' {first.Says}, and the model does not say that it calls '{pair.Key}'.",
            Mend = $"Declare it, calls: {{ {pair.Key}: 1s }} in '{service}', or remove it from the source.",
            Patch = new ModelPatch(PatchChange.Set, $"services.{service}.calls.{pair.Key}", "{ timeout: 1s }"),
            Evidence = [.. pair.Take(Finding.EvidenceMax).Select(n => n.Evidence)],
        };
}
