using Conway.Artifacts;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>The artifacts of a system for one folder, as generate and why see them.</summary>
/// <param name="Loaded">The model.</param>
/// <param name="Folder">That is generated into.</param>
/// <param name="Targets">What was asked for.</param>
/// <param name="Files">Of all targets.</param>
/// <param name="Findings">Placed, each once.</param>
internal sealed record GeneratedSystem(LoadedModel Loaded, ArtifactFolder Folder, IReadOnlyList<ArtifactTarget> Targets, IReadOnlyList<ArtifactFile> Files, IReadOnlyList<Finding> Findings)
{
    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);

    public static GeneratedSystem Of(LoadedModel loaded, string folder, string? environment, IReadOnlyList<ArtifactTarget> targets)
    {
        var facts = SourceReading.Read(loaded.Model, loaded.Location.Folder, folder);
        var trees = targets.Select(target => target.Generate(loaded.Model, environment, facts)).ToArray();
        return new(loaded, new ArtifactFolder(folder, RepositoryPlace.Of(folder, loaded.Model, environment)), targets, [.. trees.SelectMany(tree => tree.Files)], loaded.Read.Map.Place(trees.SelectMany(tree => tree.Findings).DistinctBy(finding => (finding.Code, finding.ModelPath, finding.Message))));
    }
}
