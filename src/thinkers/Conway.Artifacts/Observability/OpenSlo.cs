using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Observability;

/// <summary>The objectives of one service as OpenSLO v1 documents, for tools that take no rules of Prometheus.</summary>
internal static class OpenSlo
{
    public static IEnumerable<YamlMap> Write(SystemPlan system, ServicePlan service, IReadOnlyList<Objective> objectives)
    {
        var about = new YamlMap { Origin = service.Because(ArtifactRules.OpenSlo) }.Set("apiVersion", "openslo/v1").Set("kind", "Service")
            .Set("metadata", new YamlMap().Set("name", ObjectNames.Label(service.Name)).Set("displayName", service.Name));
        yield return about.Set("spec", new YamlMap().Set("description", service.Service.Description ?? $"A service of {system.Model.System}."));
        var queries = new SloQueries(system, service);
        foreach (var objective in objectives)
        {
            var (bad, all) = SloRules.Series(queries, objective);
            yield return new YamlMap { Origin = objective.Because(ArtifactRules.OpenSlo) }
                .Set("apiVersion", "openslo/v1")
                .Set("kind", "SLO")
                .Set("metadata", new YamlMap().Set("name", NameOf(objective)).Set("displayName", $"{service.Name} {objective.Name}"))
                .Set("spec", new YamlMap()
                    .Set("description", objective.Words)
                    .Set("service", ObjectNames.Label(service.Name))
                    .Set("indicator", new YamlMap()
                        .Set("metadata", new YamlMap().Set("name", NameOf(objective)))
                        .Set("spec", new YamlMap().Set("ratioMetric", new YamlMap()
                            .Set("counter", false)
                            .Set("bad", Source(bad))
                            .Set("total", Source(all)))))
                    .Set("timeWindow", new YamlList(new YamlMap().Set("duration", PromText.Duration(objective.PeriodMinutes)).Set("isRolling", true)))
                    .Set("budgetingMethod", "Occurrences")
                    .Set("objectives", new YamlList(new YamlMap().Set("displayName", objective.Name).Set("target", new YamlPlain(PromText.Number(objective.Percent / 100))))));
        }
    }

    private static string NameOf(Objective objective) => ObjectNames.Derived(ObjectNames.Label(objective.Service.Name), $"-{objective.Name}", _ => false);

    // What the rules beside it record: a rate, and so no counter.
    private static YamlMap Source(string query) => new YamlMap().Set("metricSource", new YamlMap().Set("type", "Prometheus").Set("spec", new YamlMap().Set("query", new YamlBlock(query))));
}
