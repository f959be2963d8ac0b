using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Conway.Model;

namespace Conway.Artifacts.Tests;

/// <summary>Configurations around the rules: who is told, what is scraped, what the collector does.</summary>
public sealed partial class ObservabilityConfigTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Systems => ["shop", "edges", "sixty"];

    [Theory, MemberData(nameof(Systems))]
    public async Task Prometheus_and_alertmanager_take_their_configurations(string system)
    {
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", Model(system)).Values);
        var rules = await RunAsync(folder, "promtool", "check", "config", "prometheus/prometheus.yaml");
        Assert.True(rules.Code == 0, rules.Said);
        Assert.Equal(Directory.GetFiles(Path.Combine(folder.Path, "observability", "prometheus", "rules")).Length, rules.Said.Split(" rules found").Length - 1);
        var routes = await RunAsync(folder, "amtool", "check-config", "alertmanager/alertmanager.yaml");
        Assert.True(routes.Code == 0, routes.Said);

        // The same look finds what is wrong.
        var file = Path.Combine(folder.Path, "observability", "alertmanager", "alertmanager.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("  - name: nobody", "  - name: somebody", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(1, (await RunAsync(folder, "amtool", "check-config", "alertmanager/alertmanager.yaml")).Code);
    }

    [Fact]
    public async Task Every_alert_of_the_sample_goes_to_the_team_of_its_service_by_severity()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", Shop()).Values);
        async Task<string> ToAsync(params string[] labels) => (await RunAsync(folder, "amtool", ["config", "routes", "test", "--config.file", "alertmanager/alertmanager.yaml", .. labels])).Output.Trim();
        var alerts = (await ReadAsync(folder, "prometheus/rules")).SelectMany(file => file["groups"]!.AsArray()).SelectMany(group => group!["rules"]!.AsArray())
            .Where(rule => rule!["alert"] is not null).Select(rule => (Team: rule!["labels"]!["team"]!.GetValue<string>(), Severity: rule["labels"]!["severity"]!.GetValue<string>())).Distinct().ToArray();
        Assert.Equal(6, alerts.Length);
        foreach (var (team, severity) in alerts)
        {
            Assert.Equal($"{team}-{severity}", await ToAsync("system=shop", $"team={team}", $"severity={severity}", "service=x", "alertname=y"));
        }

        Assert.Equal("nobody", await ToAsync("system=other", "team=checkout", "severity=page"));
        Assert.Equal("nobody", await ToAsync("system=shop", "severity=page"));
        Assert.Equal("checkout-ticket", await ToAsync("system=shop", "team=checkout"));
        var config = (await ReadAsync(folder, "alertmanager"))[0];
        Assert.Equal("#checkout", config["receivers"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "checkout-page")!["slack_configs"]![0]!["channel"]!.GetValue<string>());
        Assert.Equal(
            """[{"source_matchers":["system=\"shop\"","severity=\"page\""],"target_matchers":["system=\"shop\"","severity=\"ticket\""],"equal":["service","slo"]}]""",
            config["inhibit_rules"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData("team: t", "t: {}", "CW1933 Alerts of the team 't' reach nobody: it has no contact.")]
    [InlineData("team: t", "t: { contact: ada@example.com }", "CW1933 Alerts of the team 't' reach nobody: 'ada@example.com' is an address of mail, and the model has no deploy.mail.smarthost.")]
    [InlineData("team: t", "t: { contact: ada@example }", "CW1933 Alerts of the team 't' reach nobody: 'ada@example' is neither a channel nor an address of the web or of mail.")]
    [InlineData("team: t", "t: { contact: \"#no way\" }", "CW1933 Alerts of the team 't' reach nobody: '#no way' is neither a channel nor an address of the web or of mail.")]
    [InlineData("replicas: 2", "t: {}", "CW1933 Alerts of 'web' reach nobody: it has no team.")]
    [InlineData("team: t", "t: { contact: \"https://hooks.example.com/a?b=c\" }")]
    [InlineData("team: t", "t: { contact: \"#größe_1\" }")]
    public async Task What_reaches_nobody_is_told(string service, string team, params string[] said)
    {
        var model = Some.Model($"conway: 1\nsystem: shop\ndeploy: {{ telemetry: \"http://collector:4318\" }}\nteams: {{ {team} }}\nservices: {{ web: {{ command: a, {service}, slo: {{ availability: 99% }} }} }}");
        Assert.Equal(said, ArtifactCatalog.Find("observability")!.Generate(model, null, new BuildFacts()).Findings.Select(finding => finding.ToString()));
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", model).Values);
        var routes = await RunAsync(folder, "amtool", "check-config", "alertmanager/alertmanager.yaml");
        Assert.True(routes.Code == 0, routes.Said);
    }

    [Theory]
    [InlineData("smarthost: \"smtp.example.com:587\", from: alerts@example.com, user: \"no: body\"", """{"smtp_smarthost":"smtp.example.com:587","smtp_from":"alerts@example.com","smtp_auth_username":"no: body","smtp_auth_password_file":"/etc/alertmanager/secrets/smtp-password"}""")]
    [InlineData("smarthost: \"10.0.0.1:25\", from: alerts@example.com", """{"smtp_smarthost":"10.0.0.1:25","smtp_from":"alerts@example.com"}""")]
    public async Task Alerts_go_by_mail_where_the_model_names_a_server(string mail, string common)
    {
        var model = Some.Model($"conway: 1\nsystem: shop\ndeploy: {{ telemetry: \"http://collector:4318\", mail: {{ {mail} }} }}\nteams: {{ t: {{ contact: ada+1@mail.example.com }}, s: {{ contact: \"#s\" }} }}\nservices: {{ web: {{ command: a, team: t, slo: {{ availability: 99% }} }} }}");
        Assert.Equal([], ArtifactCatalog.Find("observability")!.Generate(model, null, new BuildFacts()).Findings.Select(finding => finding.ToString()));
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", model).Values);
        var routes = await RunAsync(folder, "amtool", "check-config", "alertmanager/alertmanager.yaml");
        Assert.True(routes.Code == 0, routes.Said);
        var config = (await ReadAsync(folder, "alertmanager"))[0];
        Assert.Equal(common, config["global"]!.ToJsonString());
        Assert.Equal(
            """[{"to":"ada+1@mail.example.com","send_resolved":true,"headers":{"Subject":"{{ .CommonAnnotations.summary }} ({{ .Status }})"}}]""",
            config["receivers"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "t-page")!["email_configs"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

        // The same look finds what is wrong.
        var file = Path.Combine(folder.Path, "observability", "alertmanager", "alertmanager.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("  smtp_from: alerts@example.com\n", "", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(1, (await RunAsync(folder, "amtool", "check-config", "alertmanager/alertmanager.yaml")).Code);
    }

    [Fact]
    public void A_collector_without_an_address_is_told()
    {
        var model = Some.Model("conway: 1\nsystem: shop\ndeploy: { telemetry: \"http://\" }\nservices: { web: { command: a } }");
        Assert.Equal(["CW1911 'http://' is no address of a collector."], ArtifactCatalog.Find("observability")!.Generate(model, null, new BuildFacts()).Findings.Select(finding => finding.ToString()));
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Every_part_of_the_collector_is_defined_and_used_and_there_is_room_for_its_traces(string system)
    {
        var model = Model(system);
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", model).Values);
        var config = Assert.Single(await ReadAsync(folder, "collector"));
        var pipelines = config["service"]!["pipelines"]!.AsObject();
        foreach (var kind in new[] { "receivers", "processors", "exporters" })
        {
            Assert.Equal(
                config[kind]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal),
                pipelines.SelectMany(one => one.Value![kind]!.AsArray().Select(name => name!.GetValue<string>())).Distinct().Order(StringComparer.Ordinal));
        }

        Assert.Equal(config["extensions"]!.AsObject().Select(one => one.Key), config["service"]!["extensions"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.All(pipelines, pipeline => Assert.Equal("memory_limiter", pipeline.Value!["processors"]![0]!.GetValue<string>()));

        // Else a batch would hold spans back from the decision.
        Assert.Equal(["memory_limiter", "tail_sampling", "batch"], pipelines["traces"]!["processors"]!.AsArray().Select(name => name!.GetValue<string>()));
        var sampling = config["processors"]!["tail_sampling"]!;
        var wait = int.Parse(sampling["decision_wait"]!.GetValue<string>().TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(sampling["num_traces"]!.GetValue<int>() >= sampling["expected_new_traces_per_sec"]!.GetValue<int>() * wait);
        Assert.Equal(["errors", "slow", "usual"], sampling["policies"]!.AsArray().Select(policy => policy!["name"]!.GetValue<string>()));
        Assert.All(sampling["policies"]!.AsArray(), policy => Assert.NotNull(policy![policy["type"]!.GetValue<string>()]));
        Assert.Equal(
            model.Services.Values.Count(service => service.Slo?.Latency is { } latency && (latency.P99 ?? latency.P90 ?? latency.P50) is not null),
            sampling["policies"]![1]!["ottl_condition"]!["span"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_the_collector_keeps_of_the_sample_follows_from_its_model()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", Shop()).Values);
        var sampling = Assert.Single(await ReadAsync(folder, "collector"))["processors"]!["tail_sampling"]!;

        // Catalog, storefront, basket, orders, payments and inventory are reached from outside; the longest budget is that of orders.
        Assert.Equal((520, "13s", 2 * 520 * 13), (sampling["expected_new_traces_per_sec"]!.GetValue<int>(), sampling["decision_wait"]!.GetValue<string>(), sampling["num_traces"]!.GetValue<int>()));
        Assert.Equal(1.9, sampling["policies"]![2]!["probabilistic"]!["sampling_percentage"]!.GetValue<double>());
        Assert.Contains(
            "resource.attributes[\"service.name\"] == \"orders\" and kind == SPAN_KIND_SERVER and end_time_unix_nano - start_time_unix_nano > 500000000",
            sampling["policies"]![1]!["ottl_condition"]!["span"]!.AsArray().Select(condition => condition!.GetValue<string>()));
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Dashboards_and_openslo_ask_only_for_what_is_sent_or_recorded_in_queries_that_prometheus_reads(string system)
    {
        var model = Model(system);
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", model).Values);
        var recorded = (await ReadAsync(folder, "prometheus/rules")).SelectMany(file => file["groups"]!.AsArray()).SelectMany(group => group!["rules"]!.AsArray())
            .Select(rule => rule!["record"]?.GetValue<string>()).OfType<string>().ToHashSet(StringComparer.Ordinal);
        string[] known = [.. recorded, "http_server_request_duration_seconds_count", "http_server_request_duration_seconds_bucket", "ALERTS"];
        var dashboards = (await ReadAsync(folder, "kubernetes")).Where(one => KubeObjects.Kind(one) == "ConfigMap").Select(one => JsonNode.Parse(one["data"]!.AsObject().Single().Value!.GetValue<string>())!).ToArray();
        Assert.Equal(3, dashboards.Length);
        Assert.Equal(3, dashboards.Select(one => one["uid"]!.GetValue<string>()).Where(uid => uid.Length <= 40).Distinct().Count());
        Assert.All(dashboards, dashboard =>
        {
            var panels = dashboard["panels"]!.AsArray();
            Assert.Equal(Enumerable.Range(1, panels.Count), panels.Select(panel => panel!["id"]!.GetValue<int>()));
            Assert.Equal(panels.Count, panels.Select(panel => panel!["gridPos"]!.ToJsonString()).Distinct().Count());
            Assert.All(panels, panel => Assert.Equal("${datasource}", panel!["datasource"]!["uid"]!.GetValue<string>()));

            // Each variable that is used is there.
            var variables = dashboard["templating"]!["list"]!.AsArray().Select(variable => variable!["name"]!.GetValue<string>()).Append("__rate_interval").ToArray();
            Assert.All(Variable().Matches(dashboard["panels"]!.ToJsonString()), match => Assert.Contains(match.Groups[1].Value, variables));
        });
        var services = await ReadAsync(folder, "openslo");
        var objectives = services.Where(one => KubeObjects.Kind(one) == "SLO").ToArray();
        Assert.Equal(model.Services.Values.Count(service => service.Slo is not null), services.Length - objectives.Length);
        Assert.All(objectives, one => Assert.Matches("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", KubeObjects.Name(one)));
        Assert.All(objectives, one => Assert.InRange(one["spec"]!["objectives"]![0]!["target"]!.GetValue<double>(), 0.5, 0.99999));
        string[] queries =
        [
            .. dashboards.SelectMany(dashboard => dashboard["panels"]!.AsArray()).SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => target!["expr"]!.GetValue<string>()),
            .. objectives.SelectMany(one => new[] { "bad", "total" }.Select(part => one["spec"]!["indicator"]!["spec"]!["ratioMetric"]![part]!["metricSource"]!["spec"]!["query"]!.GetValue<string>())),
        ];
        Assert.All(queries, query => Assert.All(Selected().Matches(query), match => Assert.Contains(match.Groups[1].Value, known)));
        Assert.Equal(0, await ParseAsync(folder, queries));
        Assert.Equal(1, await ParseAsync(folder, [.. queries.Skip(1), queries[0] + ")"]));
    }

    // Each query as the expression of a rule: one that is no PromQL is no rule either.
    private static async Task<int> ParseAsync(TemporaryFolder folder, IReadOnlyList<string> queries)
    {
        var rules = new JsonArray([.. queries.Select((query, i) => (JsonNode)new JsonObject { ["record"] = $"query_{i}", ["expr"] = query.Replace("$__rate_interval", "5m", StringComparison.Ordinal) })]);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "observability", "queries.yaml"), new JsonObject { ["groups"] = new JsonArray(new JsonObject { ["name"] = "queries", ["rules"] = rules }) }.ToJsonString(), TestContext.Current.CancellationToken);
        return (await RunAsync(folder, "promtool", "check", "rules", "queries.yaml")).Code;
    }

    [GeneratedRegex(@"\$\{?([a-z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex("([A-Za-z_:][A-Za-z0-9_:]*)\\{")]
    private static partial Regex Selected();

    private static SystemModel Model(string system) => system switch { "shop" => Shop(), "edges" => Some.Model(ObservabilityTests.Edges), _ => ObservabilityTests.Sixty() };

    private static SystemModel Shop() => ObservabilityTests.Shop();

    private static Task<NpmClient.Outcome> RunAsync(TemporaryFolder folder, string program, params string[] arguments) =>
        NpmClient.ExecuteAsync(program, arguments, Path.Combine(folder.Path, "observability"), Patience);

    private static async Task<JsonObject[]> ReadAsync(TemporaryFolder folder, string below)
    {
        var read = await NpmClient.RunAsync("deploy", Patience, "objects.js", Path.Combine(folder.Path, "observability", below));
        Assert.True(read.Code == 0, read.Said);
        return [.. JsonNode.Parse(read.Output)!["objects"]!.AsArray().Select(one => one!["object"]!.AsObject())];
    }
}
