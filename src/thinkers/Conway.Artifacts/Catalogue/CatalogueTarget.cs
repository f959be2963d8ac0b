using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Catalogue;

/// <summary>What a portal of developers shows of the system: entities of Backstage, and AsyncAPI documents of what goes over the broker.</summary>
/// <remarks>Backstage's descriptor format, <c>backstage.io/v1alpha1</c>. One file leads to all others, so that one is registered.</remarks>
internal static class CatalogueTarget
{
    private const string Folder = "catalogue";

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        var plan = new CataloguePlan(system);
        yield return YamlWriter.File($"{Folder}/catalog-info.yaml", "", [.. WholeEntities.Of(plan)]);
        yield return YamlWriter.File($"{Folder}/teams.yaml", "teams", [.. TeamEntities.Of(plan)]);
        foreach (var service in system.Services)
        {
            yield return YamlWriter.File($"{Folder}/services/{service.Label}.yaml", service.Path, [.. ServiceEntities.Of(plan, service)]);
            if (CataloguePlan.HasEvents(service))
            {
                yield return new ArtifactFile($"{Folder}/{AsyncApi.PathOf(service)}", YamlWriter.Write([AsyncApi.Of(plan, service)]));
            }
        }
    }
}
