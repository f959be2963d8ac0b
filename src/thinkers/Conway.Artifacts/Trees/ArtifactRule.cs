namespace Conway.Artifacts;

/// <summary>Why a line of a generated file is as it is.</summary>
/// <param name="Id">Stable and unique: <c>pod/read-only-root</c>.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Satisfies">Ids of the checks of other tools that it makes green: <c>CKV_K8S_22</c>. Empty when it is none's business.</param>
public sealed record ArtifactRule(string Id, string Reason, params string[] Satisfies);
