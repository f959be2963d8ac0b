using Conway.Findings;

namespace Conway.Artifacts;

/// <summary>What a target generates.</summary>
/// <param name="Files">In order of their paths.</param>
/// <param name="Findings">What is missing or could not be carried over. With an error among them the files must not be used.</param>
public sealed record ArtifactTree(IReadOnlyList<ArtifactFile> Files, IReadOnlyList<Finding> Findings);
