using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Catalogue;

/// <summary>A service with what belongs to it: its interfaces, its stores, its jobs.</summary>
internal static class ServiceEntities
{
    public static IEnumerable<YamlMap> Of(CataloguePlan plan, ServicePlan service)
    {
        var owner = plan.OwnerOf(service.Team);
        var ownerOrigin = new Origin(service.Team is null ? "teams" : service.Service.Team is null ? $"{service.Path}.context" : $"{service.Path}.team", ArtifactRules.CatalogueOwner);
        var apis = plan.ApisOf(service).ToArray();
        yield return Component(plan, service, new YamlText(owner) { Origin = ownerOrigin }, apis.Select(api => (api.Name, api.Part)));

        foreach (var (name, type, document, part) in apis)
        {
            yield return CataloguePlan.Entity("API", name, name, null, service.Because(ArtifactRules.CatalogueApi, part))
                .Set("spec", new YamlMap().Set("type", type).Set("lifecycle", plan.Lifecycle)
                    .Set("owner", new YamlText(owner) { Origin = ownerOrigin })
                    .Set("system", plan.SystemOf(service))
                    .Set("definition", new YamlMap().Set("$text", document)));
        }

        foreach (var (name, store) in service.Service.Owns.OrderBy(store => store.Key, StringComparer.Ordinal))
        {
            yield return CataloguePlan.Entity("Resource", CataloguePlan.StoreName(name), name, Words(plan.System.Model, store), service.Because(ArtifactRules.CatalogueStore, $"owns.{name}"))
                .Set("spec", new YamlMap().Set("type", "database")
                    .Set("owner", new YamlText(owner) { Origin = ownerOrigin })
                    .Set("system", plan.SystemOf(service)));
        }

        foreach (var (name, job) in plan.System.Model.Jobs.Where(job => job.Value.Service == service.Name).OrderBy(job => job.Key, StringComparer.Ordinal))
        {
            yield return CataloguePlan.Entity("Component", plan.JobName(name), name, $"Runs {job.When()}.", new Origin($"jobs.{name}", ArtifactRules.CatalogueJob))
                .Set("spec", new YamlMap().Set("type", "job").Set("lifecycle", plan.Lifecycle)
                    .Set("owner", new YamlText(owner) { Origin = ownerOrigin })
                    .Set("system", plan.SystemOf(service))
                    .Set("subcomponentOf", $"component:{ObjectNames.Label(service.Name)}"));
        }
    }

    private static YamlMap Component(CataloguePlan plan, ServicePlan service, YamlNode owner, IEnumerable<(string Name, string Part)> provides)
    {
        var entity = CataloguePlan.Entity("Component", ObjectNames.Label(service.Name), service.Name, service.Service.Description, service.Because(ArtifactRules.CatalogueComponent));
        var metadata = (YamlMap)entity["metadata"]!;
        var selector = string.Join(',', KubeMetadata.Selector(service.Label).Entries.Select(label => $"{label.Key}={((YamlText)label.Value).Text}"));
        metadata.Set("annotations", new YamlMap { Origin = new Origin(service.Path, ArtifactRules.CataloguePods) }
            .Set("backstage.io/kubernetes-namespace", KubeMetadata.NamespaceOf(plan.System))
            .Set("backstage.io/kubernetes-label-selector", selector));
        var tags = CataloguePlan.Tags(service.Service).ToArray();
        if (tags.Length > 0)
        {
            metadata.Set("tags", YamlList.Of(tags), ArtifactRules.Declared, $"{service.Path}.tags");
        }

        var spec = new YamlMap().Set("type", "service").Set("lifecycle", plan.Lifecycle).Set("owner", owner).Set("system", plan.SystemOf(service));
        List(spec, "providesApis", service, ArtifactRules.CatalogueApi, provides);
        List(spec, "consumesApis", service, ArtifactRules.CatalogueAsked, plan.AskedBy(service));
        List(spec, "dependsOn", service, ArtifactRules.CatalogueDepends,
        [
            .. service.Service.Calls.Keys.Order(StringComparer.Ordinal).Where(callee => callee != service.Name).Select(callee => ($"component:{ObjectNames.Label(callee)}", $"calls.{callee}")),
            .. service.Service.Owns.Keys.Order(StringComparer.Ordinal).Select(store => ($"resource:{CataloguePlan.StoreName(store)}", $"owns.{store}")),
            .. ExternalPlan.UsedBy(plan.System.Model, service.Service).Select(external => ($"resource:{plan.ExternalName(external.Name)}", "uses")),
        ]);
        return entity.Set("spec", spec);
    }

    private static void List(YamlMap spec, string key, ServicePlan service, ArtifactRule rule, IEnumerable<(string Text, string Part)> items)
    {
        var all = items.Select(item => (YamlNode)new YamlText(item.Text) { Origin = service.Because(rule, item.Part) }).ToArray();
        spec.SetIf(all.Length > 0, key, () => new YamlList(all));
    }

    private static string Words(SystemModel model, Store store)
    {
        var engine = model.EngineOf(store) switch
        {
            StoreEngine.Postgresql => "PostgreSQL",
            StoreEngine.Redis => "Redis",
            StoreEngine.Document => "Documents",
            StoreEngine.EventStore => "Streams of events",
            _ => "SQLite",
        };
        return store.Tables.Count == 0 ? $"{engine}." : $"{engine} with {string.Join(", ", store.Tables)}.";
    }
}
