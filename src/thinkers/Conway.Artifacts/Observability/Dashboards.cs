using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Observability;

/// <summary>Dashboards of Grafana: the system, one service, one objective. Each is a ConfigMap, as Grafana's sidecar takes them, so that comments can stand around the JSON.</summary>
internal static class Dashboards
{
    private const int Wide = 24;
    private const int High = 8;

    // Of Grafana 10; newer ones read it and bring it up to date.
    private const int SchemaVersion = 38;

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<(string Name, YamlMap Object)> Write(SystemPlan system, IReadOnlyList<Objective> objectives)
    {
        yield return ("system", Object(system, "system", "the system", [], System(system, objectives.Count > 0)));
        yield return ("service", Object(system, "service", "a service", [Jobs(system)], Service()));
        if (objectives.Count > 0)
        {
            var name = PromText.Quoted(system.Model.System);
            yield return ("objective", Object(system, "objective", "an objective",
                [Asked("service", $"label_values(slo:objective:ratio{{system={name}}}, service)"), Asked("slo", $"label_values(slo:objective:ratio{{system={name},service=\"$service\"}}, slo)")],
                Objective(name)));
        }
    }

    private static Panel[] System(SystemPlan system, bool hasObjectives)
    {
        // Names of the model are letters, digits and hyphens, which mean themselves in an expression.
        var jobs = $"job=~\"{system.Model.System}/.+\"";
        var label = $"system={PromText.Quoted(system.Model.System)}";
        Panel[] always =
        [
            new("Requests a second", "timeseries", "reqps", (Rate("count", jobs, "job"), "{{job}}")),
            new("Share of requests that fail", "timeseries", "percentunit", ($"{Rate("count", jobs + SloQueries.Failed, "job")} / {Rate("count", jobs, "job")}", "{{job}}")),
            new("99 of 100 requests take at most", "timeseries", "s", ($"histogram_quantile(0.99, {Rate("bucket", jobs, "job, le")})", "{{job}}")),
        ];
        return !hasObjectives ? always :
        [
            .. always,
            new("Alerts", "timeseries", "short", ($"count by (service, slo, severity) (ALERTS{{alertstate=\"firing\",{label}}})", "{{severity}} {{service}} {{slo}}")),
            new("Budget that is left", "bargauge", "percentunit", ($"slo:period_error_budget_remaining:ratio{{{label}}}", "{{service}} {{slo}}")),
            new("How many times too fast budgets burn", "timeseries", "short", ($"slo:current_burn_rate:ratio{{{label}}}", "{{service}} {{slo}}")),
        ];
    }

    private static Panel[] Service()
    {
        const string Job = "job=\"$job\"";
        string Quantile(string share) => $"histogram_quantile({share}, {Rate("bucket", Job, "le")})";
        return
        [
            new("Requests a second by route", "timeseries", "reqps", (Rate("count", Job, "http_request_method, http_route"), "{{http_request_method}} {{http_route}}")),
            new("Requests a second by status", "timeseries", "reqps", (Rate("count", Job, "http_response_status_code"), "{{http_response_status_code}}")),
            new("Time that requests take", "timeseries", "s", (Quantile("0.5"), "50 of 100"), (Quantile("0.9"), "90 of 100"), (Quantile("0.99"), "99 of 100")),
            new("Requests a second that fail, by route", "timeseries", "reqps", (Rate("count", Job + SloQueries.Failed, "http_request_method, http_route"), "{{http_request_method}} {{http_route}}")),
            new("Requests a second by replica", "timeseries", "reqps", (Rate("count", Job, "instance"), "{{instance}}")),
        ];
    }

    private static Panel[] Objective(string system)
    {
        var labels = $"system={system},service=\"$service\",slo=\"$slo\"";
        return
        [
            new("Promised", "stat", "percentunit", ($"slo:objective:ratio{{{labels}}}", "")),
            new("Budget that is left", "stat", "percentunit", ($"slo:period_error_budget_remaining:ratio{{{labels}}}", "")),
            new("Budget that is left, over time", "timeseries", "percentunit", ($"slo:period_error_budget_remaining:ratio{{{labels}}}", "left")),
            new("How many times too fast the budget burns", "timeseries", "short", ($"slo:current_burn_rate:ratio{{{labels}}}", "now")),
            new("Share of bad requests over each window", "timeseries", "percentunit", ($"{{__name__=~\"slo:sli_error:ratio_rate.+\",{labels}}}", "{{__name__}}")),
            new("Alerts", "timeseries", "short", ($"count by (alertname, alertstate) (ALERTS{{{labels}}})", "{{alertname}} {{alertstate}}")),
        ];
    }

    private static string Rate(string suffix, string matchers, string by) => $"sum by ({by}) (rate({SloQueries.Metric}_{suffix}{{{matchers}}}[$__rate_interval]))";

    private static YamlMap Object(SystemPlan system, string name, string what, JsonObject[] variables, Panel[] panels)
    {
        var json = new JsonObject
        {
            ["uid"] = ObjectNames.Derived(ObjectNames.Label(system.Model.System), $"-{name}", _ => false, 40),
            ["title"] = $"{system.Model.System}: {what}",
            ["tags"] = new JsonArray("conway", system.Model.System),
            ["schemaVersion"] = SchemaVersion,
            ["editable"] = false,
            ["refresh"] = "30s",
            ["time"] = new JsonObject { ["from"] = "now-6h", ["to"] = "now" },
            ["templating"] = new JsonObject { ["list"] = new JsonArray([new JsonObject { ["name"] = "datasource", ["type"] = "datasource", ["query"] = "prometheus", ["label"] = "Prometheus" }, .. variables]) },
            ["panels"] = new JsonArray([.. panels.Select((panel, i) => (JsonNode)panel.Write(i))]),
        };
        var origin = new Origin("services", ArtifactRules.Dashboard);
        return new YamlMap { Origin = origin }
            .Set("apiVersion", "v1").Set("kind", "ConfigMap")
            .Set("metadata", new YamlMap()
                .Set("name", ObjectNames.Derived(ObjectNames.Label(system.Model.System), $"-dashboard-{name}", _ => false))
                .Set("namespace", KubeMetadata.NamespaceOf(system), ArtifactRules.Namespace, "deploy.namespace")
                .Set("labels", new YamlMap()
                    .Set("app.kubernetes.io/part-of", ObjectNames.Label(system.Model.System))
                    .Set("app.kubernetes.io/managed-by", "conway")
                    .Set("grafana_dashboard", "1")
                    .KeepRegion("labels", "services")))
            .Set("data", new YamlMap().Set($"{ObjectNames.Label(system.Model.System)}-{name}.json", new YamlBlock(json.ToJsonString(Written).Split('\n'))));
    }

    private static JsonObject Jobs(SystemPlan system)
    {
        var jobs = system.Services.Select(service => new SloQueries(system, service).Job).ToArray();
        return new JsonObject
        {
            ["name"] = "job",
            ["type"] = "custom",
            ["label"] = "Service",
            ["query"] = string.Join(',', jobs.Select(job => job.Replace(",", "\\,", StringComparison.Ordinal))),
            ["current"] = new JsonObject { ["text"] = jobs.FirstOrDefault(), ["value"] = jobs.FirstOrDefault() },
        };
    }

    private static JsonObject Asked(string name, string query) => new() { ["name"] = name, ["type"] = "query", ["datasource"] = Source(), ["query"] = query, ["refresh"] = 2, ["sort"] = 1 };

    private static JsonObject Source() => new() { ["type"] = "prometheus", ["uid"] = "${datasource}" };

    private sealed record Panel(string Title, string Type, string Unit, params (string Query, string Legend)[] Queries)
    {
        public JsonObject Write(int at) => new()
        {
            ["id"] = at + 1,
            ["type"] = Type,
            ["title"] = Title,
            ["datasource"] = Source(),
            ["gridPos"] = new JsonObject { ["x"] = at % 2 * (Wide / 2), ["y"] = at / 2 * High, ["w"] = Wide / 2, ["h"] = High },
            ["fieldConfig"] = new JsonObject { ["defaults"] = new JsonObject { ["unit"] = Unit }, ["overrides"] = new JsonArray() },
            ["targets"] = new JsonArray([.. Queries.Select((query, i) => (JsonNode)new JsonObject
            {
                ["refId"] = ((char)('A' + i)).ToString(),
                ["datasource"] = Source(),
                ["expr"] = query.Query,
                ["legendFormat"] = query.Legend,
                ["instant"] = Type == "bargauge" || Type == "stat",
            })]),
        };
    }
}
