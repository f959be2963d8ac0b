namespace Conway.Findings;

/// <summary>A kind of finding: what every finding with the same code shares.</summary>
/// <param name="Code">Stable for ever and never reused: <c>CW</c> and four digits. 1xxx text and model, 2xxx calls and resilience,
/// 3xxx boundaries and data, 4xxx contracts, 5xxx security, 6xxx delivery and artifacts, 7xxx the running system, 9xxx a team's own rules. Of rules for manifests, <c>K8S-</c> and words: <c>K8S-run-as-non-root</c>.</param>
/// <param name="Severity">What the finding weighs unless the one who reports it says otherwise.</param>
/// <param name="Title">A noun phrase for lists: <c>Timeout over the caller's budget</c>.</param>
/// <param name="Why">One sentence: what goes wrong if nobody mends it.</param>
/// <remarks>Each <c>CW</c> code has a page <c>docs/reference/findings/CODE.md</c>, each <c>K8S-</c> code a row in <c>docs/reference/k8s-rules.md</c>; <c>conway explain CODE</c> prints it.</remarks>
public sealed record FindingRule(string Code, Severity Severity, string Title, string Why)
{
    /// <summary>What would show that the finding does not hold in a given case, as a clause: <c>the operations of the circle never run in one request</c>.
    /// Unset where nothing could.</summary>
    public string? Unless { get; init; }
}
