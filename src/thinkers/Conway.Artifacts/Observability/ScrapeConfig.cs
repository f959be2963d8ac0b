using System.Globalization;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Observability;

/// <summary>A configuration of Prometheus that scrapes the collector and evaluates the rules beside it.</summary>
internal static class ScrapeConfig
{
    /// <param name="collector">Its host.</param>
    /// <param name="hasRules">Whether any objective is watched.</param>
    public static YamlMap Write(string collector, bool hasRules) => new YamlMap { Origin = new Origin("deploy.telemetry", ArtifactRules.Scrape) }
        .Set("global", new YamlMap().Set("scrape_interval", "30s").Set("evaluation_interval", "30s"))
        .SetIf(hasRules, "rule_files", () => new YamlList("rules/*.yaml"))
        .Set("scrape_configs", new YamlList(
            new YamlMap()
                .Set("job_name", "collector")
                .Set("honor_labels", true)
                .Set("static_configs", new YamlList(new YamlMap().Set("targets", new YamlList(string.Create(CultureInfo.InvariantCulture, $"{collector}:{CollectorConfig.MetricsPort}"))))),
            new YamlKeep("scrape_configs") { Origin = new Origin("deploy.telemetry", ArtifactRules.KeepRegion) }))
        .KeepRegion("more", "deploy.telemetry");
}
