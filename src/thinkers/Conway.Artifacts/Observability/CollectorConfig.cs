using System.Globalization;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Observability;

/// <summary>A configuration of the OpenTelemetry Collector (its contrib distribution): what services push comes in, metrics are given to Prometheus, traces are kept by what they tell.</summary>
internal static class CollectorConfig
{
    /// <summary>Where Prometheus finds what the collector has.</summary>
    public const int MetricsPort = 8889;

    // Of those that tell nothing special, so many are kept in a second; enough to see what is usual.
    private const int UsualPerSecond = 10;
    private const int TracesMin = 10_000;

    /// <param name="isOwn">Whether the system runs it: then it tells about itself, too.</param>
    public static YamlMap Write(SystemPlan system, IReadOnlyList<Objective> objectives, bool isOwn)
    {
        var whole = new Origin("deploy.telemetry", ArtifactRules.Collector);
        return new YamlMap { Origin = whole }
            .Set("receivers", new YamlMap().Set("otlp", new YamlMap().Set("protocols", new YamlMap()
                .Set("grpc", new YamlMap().Set("endpoint", "0.0.0.0:4317"))
                .Set("http", new YamlMap().Set("endpoint", "0.0.0.0:4318")))))
            .Set("processors", new YamlMap()
                .Set("memory_limiter", new YamlMap { Origin = new Origin("deploy.telemetry", ArtifactRules.CollectorMemory) }.Set("check_interval", "1s").Set("limit_percentage", 80).Set("spike_limit_percentage", 20))
                .Set("tail_sampling", Sampling(system, objectives))
                .Set("batch", new YamlMap().Set("send_batch_size", 8192).Set("send_batch_max_size", 16384).Set("timeout", "1s")))
            .Set("exporters", new YamlMap()
                .Set("prometheus", new YamlMap { Origin = new Origin("deploy.telemetry", ArtifactRules.CollectorMetrics) }
                    .Set("endpoint", string.Create(CultureInfo.InvariantCulture, $"0.0.0.0:{MetricsPort}"))
                    .Set("enable_open_metrics", true)
                    .Set("metric_expiration", "5m"))
                .Set("otlphttp/traces", Away("TRACES_ENDPOINT"))
                .Set("otlphttp/logs", Away("LOGS_ENDPOINT"))
                .KeepRegion("exporters", "deploy.telemetry"))
            .Set("extensions", new YamlMap().Set("health_check", new YamlMap().Set("endpoint", "0.0.0.0:13133")))
            .Set("service", new YamlMap()
                .Set("extensions", new YamlList("health_check"))
                .SetIf(isOwn, "telemetry", () => new YamlMap().Set("metrics", new YamlMap().Set("readers", new YamlList(new YamlMap()
                    .Set("pull", new YamlMap().Set("exporter", new YamlMap().Set("prometheus", new YamlMap().Set("host", "0.0.0.0").Set("port", CollectorPlan.OwnMetricsPort))))))))
                .Set("pipelines", new YamlMap()
                    .Set("metrics", Pipeline(["memory_limiter"], "prometheus"))
                    .Set("traces", Pipeline(["memory_limiter", "tail_sampling", "batch"], "otlphttp/traces"))
                    .Set("logs", Pipeline(["memory_limiter", "batch"], "otlphttp/logs"))
                    .KeepRegion("pipelines", "deploy.telemetry")));
    }

    /// <summary>Requests from outside in a second at the busiest usual time, as far as the model says: each begins a trace.</summary>
    public static double TracesPerSecond(SystemPlan system)
    {
        double Sum(IEnumerable<ServicePlan> services) => services.Sum(service => service.Service.Load?.Requests?.PerSecond ?? 0);
        var outside = Sum(system.Services.Where(service => service.IsRouted || service.Callers.All(caller => caller == service.Name)));
        return outside > 0 ? outside : Sum(system.Services);
    }

    /// <summary>How long spans of a trace are waited for: the longest budget and time for what is sent late.</summary>
    public static int WaitSeconds(SystemPlan system) =>
        (int)Math.Ceiling(Math.Min(60, system.Services.Select(service => service.Service.Api.Budget ?? TimeSpan.Zero).DefaultIfEmpty().Max().TotalSeconds + 10));

    private static YamlMap Sampling(SystemPlan system, IReadOnlyList<Objective> objectives)
    {
        var rate = TracesPerSecond(system);
        var wait = WaitSeconds(system);
        var size = new Origin("services", ArtifactRules.SamplingSize);
        var policies = new List<YamlNode>
        {
            Policy("errors", "status_code", new Origin("services", ArtifactRules.SamplingErrors), new YamlMap().Set("status_codes", new YamlList("ERROR"))),
        };
        var slow = objectives.Where(objective => objective.Within is not null).GroupBy(objective => objective.Service.Name).Select(group => group.MaxBy(objective => objective.Within!.Value)!).ToArray();
        if (slow.Length > 0)
        {
            policies.Add(Policy("slow", "ottl_condition", new Origin("services", ArtifactRules.SamplingSlow), new YamlMap()
                .Set("error_mode", "ignore")
                .Set("span", new YamlList([.. slow.Select(objective => new YamlText(Slow(system, objective)) { Origin = objective.Because(ArtifactRules.SamplingSlow) })]))));
        }

        var share = rate <= UsualPerSecond ? 100 : Math.Max(0.1, Math.Round(100 * UsualPerSecond / rate, 1));
        policies.Add(Policy("usual", "probabilistic", new Origin("services", ArtifactRules.SamplingUsual), new YamlMap().Set("sampling_percentage", new YamlPlain(share.ToString(CultureInfo.InvariantCulture)))));
        policies.Add(new YamlKeep("policies") { Origin = new Origin("deploy.telemetry", ArtifactRules.KeepRegion) });
        var traces = (int)Math.Min(10_000_000, Math.Max(TracesMin, Math.Ceiling(2 * rate * wait)));
        return new YamlMap { Origin = size }
            .Set("decision_wait", string.Create(CultureInfo.InvariantCulture, $"{wait}s"))
            .Set("num_traces", traces)
            .Set("expected_new_traces_per_sec", (int)Math.Min(1_000_000, Math.Ceiling(rate)))
            .Set("decision_cache", new YamlMap().Set("sampled_cache_size", 2 * traces).Set("non_sampled_cache_size", 2 * traces))
            .Set("policies", new YamlList(policies));
    }

    private static YamlMap Policy(string name, string type, Origin origin, YamlMap settings) => new YamlMap { Origin = origin }.Set("name", name).Set("type", type).Set(type, settings);

    // In the language of the collector's transformations; a time is in nanoseconds.
    private static string Slow(SystemPlan system, Objective objective)
    {
        var job = new SloQueries(system, objective.Service).Job;
        var name = job[(job.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return string.Create(CultureInfo.InvariantCulture, $"resource.attributes[\"service.name\"] == {PromText.Quoted(name).Replace("$", "$$", StringComparison.Ordinal)} and kind == SPAN_KIND_SERVER and end_time_unix_nano - start_time_unix_nano > {objective.Within!.Value.Ticks * 100}");
    }

    private static YamlMap Away(string variable) => new YamlMap { Origin = new Origin("deploy.telemetry", ArtifactRules.CollectorAway) }.Set("endpoint", $"${{env:{variable}}}");

    private static YamlMap Pipeline(string[] processors, string exporter) => new YamlMap()
        .Set("receivers", new YamlList("otlp")).Set("processors", YamlList.Of(processors)).Set("exporters", new YamlList(exporter));
}
