using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Catalogue;

/// <summary>What stands once: the way to all entries, the domain, its contexts, and systems of others.</summary>
internal static class WholeEntities
{
    public static IEnumerable<YamlMap> Of(CataloguePlan plan)
    {
        var model = plan.System.Model;
        yield return CataloguePlan.Entity("Location", plan.Whole, model.System, null, new Origin("services", ArtifactRules.CatalogueLocation))
            .Set("spec", new YamlMap().Set("targets", new YamlList([.. plan.System.Services.Select(service => new YamlText($"./services/{service.Label}.yaml") { Origin = service.Because(ArtifactRules.CatalogueLocation) })])));
        yield return CataloguePlan.Entity("Domain", plan.Whole, model.System, model.Description, new Origin("", ArtifactRules.CatalogueDomain))
            .Set("spec", new YamlMap().Set("owner", plan.OwnerOf(null), ArtifactRules.CatalogueOwner, "teams"));
        foreach (var (name, context) in model.Contexts.OrderBy(context => context.Key, StringComparer.Ordinal))
        {
            yield return CataloguePlan.Entity("System", ObjectNames.Label(name), name, context.Description, new Origin($"contexts.{name}", ArtifactRules.CatalogueSystem))
                .Set("spec", new YamlMap().Set("owner", plan.OwnerOf(context.Team), ArtifactRules.CatalogueOwner, $"contexts.{name}.team").Set("domain", plan.Whole));
        }

        if (plan.Loose.Any())
        {
            yield return CataloguePlan.Entity("System", plan.Rest, model.System, null, new Origin("services", ArtifactRules.CatalogueSystem))
                .Set("spec", new YamlMap().Set("owner", plan.OwnerOf(null), ArtifactRules.CatalogueOwner, "teams").Set("domain", plan.Whole));
        }

        foreach (var external in plan.Externals)
        {
            yield return CataloguePlan.Entity("Resource", plan.ExternalName(external.Name), external.Name, external.External.Description, new Origin(external.Path, ArtifactRules.CatalogueExternal))
                .Set("spec", new YamlMap().Set("type", "external-system").Set("owner", plan.OwnerOf(null), ArtifactRules.CatalogueOwner, "teams"));
        }
    }
}
