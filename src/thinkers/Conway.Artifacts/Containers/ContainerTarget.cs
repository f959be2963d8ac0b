using Conway.Artifacts.Plans;
using Conway.Findings;

namespace Conway.Artifacts.Containers;

/// <summary>A Dockerfile for each service that is built here, and a compose file for all.</summary>
internal static class ContainerTarget
{
    public static IEnumerable<ArtifactFile> Files(SystemPlan plan, List<Finding> findings)
    {
        var built = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in plan.Services.Where(service => service.Service.Image is null))
        {
            if (ImageRecipe.Of(plan, service, findings) is { } recipe)
            {
                built.Add(service.Name);
                yield return new ArtifactFile(PathOf(service), recipe.Dockerfile);
                yield return new ArtifactFile($"{PathOf(service)}.dockerignore", recipe.Ignore);
            }
        }

        yield return new ArtifactFile("containers/compose.yaml", ComposeFile.Write(plan, built));
    }

    /// <summary>Where the Dockerfile of a service lies in the tree.</summary>
    public static string PathOf(ServicePlan service) => $"containers/{service.Label}/Dockerfile";
}
