using System.Text.Json.Nodes;
using Conway.Model;

namespace Conway.Artifacts.Tests;

/// <summary>Rules and alerts of objectives, read and run by the real promtool.</summary>
public sealed class ObservabilityTests
{
    private static readonly Slo Promised = new() { Availability = new Percentage(99.9), Latency = new LatencyGoal { P99 = TimeSpan.FromMilliseconds(250) } };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Texts that a template, a string of PromQL or YAML could take for its own marks; every kind of objective; names of every length.</summary>
    internal const string Edges = """
        conway: 1
        system: on
        teams: { null: { contact: "#no: way {{ $value }} 日本語 😀" }, people-: {} }
        deploy: { telemetry: http://collector.observability:4318, runbooks: "https://wiki.example.com/{{ $x }}/{service}?a=b#{alert}: é" }
        services:
          no:
            description: "日本語 😀 {{ .Value }} \"quoted\" $VERSION \\ and\na second line {{ no"
            team: "null"
            command: node a.js
            health: "/health?a=b'c"
            slo: { availability: 99.999%, latency: { p90: 2500ms }, window: 28d }
          none: { command: node b.js, slo: { availability: 50%, latency: { p50: 1s }, window: 7d } }
          day: { command: node b.js, team: people-, slo: { availability: 93.0556%, latency: { p99: 10s }, window: 1d } }
          quarter: { command: node b.js, environment: { OTEL_SERVICE_NAME: "a\"b\\c,\u2028\u0007é" }, slo: { availability: 99.5%, window: 90d } }
          year: { command: node b.js, environment: { OTEL_RESOURCE_ATTRIBUTES: "service.namespace=my%20own,a=b" }, slo: { latency: { p90: 100ms }, window: 365d } }
          odd: { command: node b.js, slo: { availability: 99.123456789%, window: 36h30m } }
          away-from-everything-that-has-a-name-of-sixty-three-characters1: { command: node b.js, slo: { availability: 90% } }
          nothing: { command: node b.js }
        """;

    [Fact]
    public async Task Every_alert_of_the_sample_comes_and_goes_at_its_time_as_promtool_sees_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", Shop(), environment: "production").Values);
        Assert.Equal((0, 7), (await CheckAsync(folder), Files(folder, "rules").Length));
        Assert.Equal(7 * 5, Files(folder, "tests").Length);

        // Its services differ in names and numbers alone; one is enough for the long windows.
        var ran = await RunAsync(folder, [.. Files(folder, "tests").Where(file => Path.GetFileName(file) is var name && (name.StartsWith("orders.", StringComparison.Ordinal) || name.EndsWith(".1h.yaml", StringComparison.Ordinal)))]);
        Assert.True(ran.Code == 0, ran.Said);
        Assert.Equal(7 + 4, ran.Output.Split("SUCCESS").Length - 1);
    }

    [Fact]
    public async Task Alerts_of_every_kind_of_objective_and_window_come_and_go_at_their_time()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", Some.Model(Edges)).Values);
        await CheckAsync(folder);
        var ran = await RunAsync(folder, Files(folder, "tests"));
        Assert.True(ran.Code == 0, ran.Said);
        Assert.Equal(
            ["away-from-everything-that-has-a-name-of-sixty-7891f0", "day", "no", "none", "odd", "quarter", "year"],
            Files(folder, "rules").Select(file => Path.GetFileNameWithoutExtension(file)));

        // Even when every request fails, half of them may.
        Assert.Equal(["none.1008m.yaml", "none.missing.yaml"], Files(folder, "tests").Select(file => Path.GetFileName(file)).Where(file => file.StartsWith("none.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Sixty_services_have_rules_without_a_fault()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", Sixty()).Values);
        await CheckAsync(folder);
        Assert.Equal(60, Files(folder, "rules").Length);
        var ran = await RunAsync(folder, [.. Files(folder, "tests").Where(file => Path.GetFileName(file) is "s7.1h.yaml" or "s59.3d.yaml")]);
        Assert.True(ran.Code == 0, ran.Said);
    }

    [Fact]
    public async Task A_threshold_or_a_window_that_is_changed_turns_the_tests_of_its_alert_red()
    {
        const string Two = "conway: 1\nsystem: shop\nservices: { orders: { command: a, slo: { availability: 99.9% } }, pages: { command: b, slo: { latency: { p99: 250ms } } } }";
        var files = Some.Written("observability", Some.Model(Two));
        using var folder = new TemporaryFolder();
        folder.Write(files.Values);
        var (changed, wanted) = (new List<string>(), new List<string>());
        foreach (var service in new[] { "orders", "pages" })
        {
            var rules = files[$"observability/prometheus/rules/{service}.yaml"].Text;
            void Change(string what, string test, string text)
            {
                Assert.NotEqual(rules, text);
                var place = Path.Combine(folder.Path, "observability", $"changed-{changed.Count}");
                Directory.CreateDirectory(Path.Combine(place, "rules"));
                Directory.CreateDirectory(Path.Combine(place, "tests"));
                File.WriteAllText(Path.Combine(place, "rules", $"{service}.yaml"), text);
                var copy = Path.Combine(place, "tests", $"{service}.{test}.yaml");
                File.Copy(Path.Combine(folder.Path, "observability", "prometheus", "tests", $"{service}.{test}.yaml"), copy);
                changed.Add(copy);
                wanted.Add($"{service} {what}");
            }

            foreach (var (factor, minutes, hours, test) in new[] { ("14.4", "5m", "1h", "1h"), ("6", "30m", "6h", "6h"), ("3", "2h", "1d", "1d"), ("1", "6h", "3d", "3d") })
            {
                // As it stands in the alert, and so in no record.
                var shorter = $"ratio_rate{minutes}{{system=\"shop\",service=\"{service}\",slo=\"{(service == "orders" ? "availability" : "latency-p99")}\"}} > {factor} *";
                var longer = shorter.Replace($"rate{minutes}{{", $"rate{hours}{{", StringComparison.Ordinal);
                string With(string part, string by) => rules.Replace(part, part.Replace(by.Split('>')[0], by.Split('>')[1], StringComparison.Ordinal), StringComparison.Ordinal);
                Change($"{factor} is more", test, rules.Replace($"> {factor} *", $"> 1.3 * {factor} *", StringComparison.Ordinal));
                if (service == "pages" && hours != "1h")
                {
                    // Made by the same lines as those of the other service.
                    continue;
                }

                Change($"{factor} has another long window", test, With(longer, $"rate{hours}{{>rate{(hours == "3d" ? "1d" : hours == "1d" ? "6h" : hours == "6h" ? "1h" : "6h")}{{"));
                Change($"{factor} has a longer short window", test, With(shorter, $"rate{minutes}{{>rate{hours}{{"));
                Change($"{factor} has another shorter window", test, minutes == "5m" ? rules.Replace("[5m]", "[30m]", StringComparison.Ordinal) : With(shorter, $"rate{minutes}{{>rate5m{{"));
                if (hours == "1h")
                {
                    Change($"{factor} is less", test, rules.Replace($"> {factor} *", $"> 0.7 * {factor} *", StringComparison.Ordinal));
                    Change($"{factor} is for another kind", test, rules.Replace("severity: page", "severity: PAGE", StringComparison.Ordinal).Replace("severity: ticket", "severity: TICKET", StringComparison.Ordinal));
                    Change($"{factor} counts other requests", test, service == "orders" ? rules.Replace("\"5..\"", "\"4..\"", StringComparison.Ordinal) : rules.Replace("le=\"0.25\"", "le=\"0.5\"", StringComparison.Ordinal));
                }
            }

            Change("is told as missing too soon", "missing", rules.Replace("for: 30m", "for: 20m", StringComparison.Ordinal));
            Change("is told as missing too late", "missing", rules.Replace("for: 30m", "for: 45m", StringComparison.Ordinal));
            if (service == "orders")
            {
                Change("has no share before the first failure", "1h", string.Join('\n', rules.Split('\n').Where(line => !line.TrimStart().StartsWith("or 0 *", StringComparison.Ordinal))));
            }
        }

        var ran = await RunAsync(folder, [.. changed]);
        Assert.Equal(1, ran.Code);
        var ended = ran.Output.Split("Unit Testing:").Skip(1).ToArray();
        Assert.Equal(changed.Count, ended.Length);
        Assert.Equal([], wanted.Where((_, i) => ended[i].Contains("SUCCESS", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_objects_for_the_operator_are_valid_and_hold_the_same_groups()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", Some.Model(Edges)).Values);
        var objects = (await ReadAsync(folder, "kubernetes", KubeObjects.Schemas)).Where(one => KubeObjects.Kind(one) == "PrometheusRule").ToArray();
        var rules = await ReadAsync(folder, "prometheus/rules", null);
        Assert.Equal(7, objects.Length);
        Assert.All(objects, one => Assert.Matches("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", KubeObjects.Name(one)));
        Assert.Equal(
            rules.Select(one => one["groups"]!.ToJsonString()).Order(StringComparer.Ordinal),
            objects.Select(one => one["spec"]!["groups"]!.ToJsonString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("slo: { availability: 99.9% }, load: 1/min", "CW1931 One bad request of 'web' sets off AvailabilityBudgetBurnsVeryFast: 1h have about 60 requests, and fewer than 70 are too few for 99.9 %.")]
    [InlineData("slo: { availability: 99.9% }, load: 70/h")]
    [InlineData("slo: { availability: 99.9%, window: 365d }, load: 1/h", "CW1931 One bad request of 'web' sets off AvailabilityBudgetBurnsVeryFast: 730m have about 12.2 requests, and fewer than 70 are too few for 99.9 %.")]
    [InlineData("slo: { latency: { p99: 250ms } }, load: 1/h", "CW1931 One bad request of 'web' sets off LatencyP99BudgetBurnsVeryFast: 1h have about 1 requests, and fewer than 7 are too few for 99 %.")]
    [InlineData("slo: { latency: { p99: 150ms } }", "CW1932 'web' promises answers within 150 ms, and is watched at 250 ms, the next bound of the histogram.")]
    [InlineData("slo: { latency: { p50: 1ms } }", "CW1932 'web' promises answers within 1 ms, and is watched at 5 ms, the next bound of the histogram.")]
    [InlineData("slo: { latency: { p99: 11s } }", "CW1932 'web' promises answers within 11000 ms, and the histogram of requests ends at 10000 ms; the objective is not watched.")]
    [InlineData("slo: { availability: 100% }", "CW1932 'web' promises 100 %, which leaves no budget that could burn; nobody is alerted.")]
    [InlineData("slo: { availability: 0% }")]
    [InlineData("slo: { availability: 99%, window: 23h }", "CW1932 'web' counts its objective over less than a day, too short for windows that tell a burst from a break; nobody is alerted.")]
    [InlineData("slo: { availability: 99% }, calls: { web: { protocol: grpc } }", "CW1932 'web' is called by gRPC, which answers 200 also when a call fails; such failures are not counted.")]
    [InlineData("slo: {}")]
    [InlineData("replicas: 1")]
    public async Task What_cannot_be_watched_as_it_is_written_is_told(string service, params string[] said)
    {
        var model = Some.Model($"conway: 1\nsystem: shop\ndeploy: {{ telemetry: \"http://collector:4318\" }}\nteams: {{ web: {{ contact: \"#web\" }} }}\nservices: {{ web: {{ command: a, team: web, {service} }} }}");
        Assert.Equal(said, ArtifactCatalog.Find("observability")!.Generate(model, null, new BuildFacts()).Findings.Select(finding => finding.ToString()));
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", model).Values);
        if (Directory.Exists(Path.Combine(folder.Path, "observability", "prometheus", "rules")))
        {
            await CheckAsync(folder);
        }
        else
        {
            Assert.True(service is "slo: {}" or "replicas: 1" || service.Contains("11s", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Every_alert_says_where_its_runbook_is_when_the_model_does()
    {
        const string Web = "conway: 1\nsystem: shop\nDEPLOY\nservices: { web: { command: a, slo: { availability: 99% } } }";
        async Task<string?[]> UrlsAsync(string deploy)
        {
            using var folder = new TemporaryFolder();
            folder.Write(Some.Written("observability", Some.Model(Web.Replace("DEPLOY", deploy, StringComparison.Ordinal))).Values);
            return [.. (await ReadAsync(folder, "prometheus/rules", null)).SelectMany(file => file["groups"]!.AsArray()).SelectMany(group => group!["rules"]!.AsArray()).Where(rule => rule!["alert"] is not null)
                .Select(rule => $"{rule!["alert"]} {rule["annotations"]!["runbook_url"]?.GetValue<string>() ?? "none"}")];
        }

        string[] alerts = ["AvailabilityBudgetBurnsVeryFast", "AvailabilityBudgetBurnsFast", "AvailabilityBudgetBurnsSteadily", "AvailabilityBudgetBurnsSlowly", "AvailabilityNotCounted"];
        Assert.Equal(alerts.Select(alert => $"{alert} https://wiki.example.com/web#{alert}"), await UrlsAsync("deploy: { runbooks: \"https://wiki.example.com/{service}#{alert}\" }"));
        Assert.Equal(alerts.Select(alert => $"{alert} none"), await UrlsAsync(""));
    }

    [Fact]
    public void Without_a_place_for_telemetry_it_is_told_once_that_nothing_will_be_counted()
    {
        var model = Some.Model("conway: 1\nsystem: shop\nteams: { t: { contact: \"#t\" } }\nservices: { a: { command: a, team: t, slo: { availability: 99% } }, b: { command: a, team: t, slo: { availability: 99% } } }");
        Assert.Equal(
            ["CW1932 No service is told where to send its metrics: the model has no deploy.telemetry."],
            ArtifactCatalog.Find("observability")!.Generate(model, null, new BuildFacts()).Findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public void Every_line_knows_its_part_of_the_model_and_the_same_model_gives_the_same_bytes()
    {
        var files = Some.Written("observability", Some.Model(Edges));
        Assert.Equal(files.Select(file => file.Value.Text), Some.Written("observability", Some.Model(Edges)).Select(file => file.Value.Text));
        Assert.All(files.Values.SelectMany(file => file.Origins), origin => Assert.Contains(origin!.Rule, ArtifactRules.All));
        var lines = files["observability/prometheus/rules/no.yaml"];
        var text = lines.Text.Split('\n');
        Origin At(string line) => lines.Origins[Array.FindIndex(text, one => one.Contains(line, StringComparison.Ordinal))]!;
        Assert.Equal(new Origin("services.no.slo.availability", ArtifactRules.SloPage), At("AvailabilityBudgetBurnsVeryFast"));
        Assert.Equal(new Origin("services.no.slo.latency.p90", ArtifactRules.SloTicket), At("LatencyP90BudgetBurnsSlowly"));
        Assert.Equal(new Origin("teams.null.contact", ArtifactRules.Owner), At("contact:"));
        Assert.Equal(new Origin("services.no.description", ArtifactRules.Declared), At("service_description:"));
    }

    private static async Task<JsonObject[]> ReadAsync(TemporaryFolder folder, string below, string? schemas)
    {
        string[] arguments = ["objects.js", Path.Combine(folder.Path, "observability", below), .. schemas is null ? Array.Empty<string>() : [schemas]];
        var read = await NpmClient.RunAsync("deploy", Patience, arguments);
        Assert.True(read.Code == 0, read.Said);
        var answer = JsonNode.Parse(read.Output)!;
        Assert.Equal([], answer["problems"]!.AsArray().Select(problem => problem!.GetValue<string>()));
        return [.. answer["objects"]!.AsArray().Select(one => one!["object"]!.AsObject())];
    }

    private static async Task<int> CheckAsync(TemporaryFolder folder)
    {
        var checkedRules = await NpmClient.ExecuteAsync("promtool", ["check", "rules", .. Files(folder, "rules")], folder.Path, Patience);
        Assert.True(checkedRules.Code == 0, checkedRules.Said);
        Assert.DoesNotContain("duplicate", checkedRules.Said, StringComparison.Ordinal);
        return checkedRules.Code;
    }

    private static Task<NpmClient.Outcome> RunAsync(TemporaryFolder folder, string[] files) => NpmClient.ExecuteAsync("promtool", ["test", "rules", .. files], folder.Path, Patience);

    private static string[] Files(TemporaryFolder folder, string kind) => [.. Directory.EnumerateFiles(Path.Combine(folder.Path, "observability", "prometheus", kind)).Order(StringComparer.Ordinal)];

    internal static SystemModel Sixty()
    {
        var model = Some.Large(60);
        return model with
        {
            Deploy = model.Deploy with { Telemetry = "http://collector.observability:4318" },
            Services = new NameMap<Service>(model.Services.Select(service => KeyValuePair.Create(service.Key, service.Value with { Slo = Promised }))),
        };
    }

    internal static SystemModel Shop()
    {
        var root = Path.Combine(RepositoryFolder.Root, "samples", "shop");
        var files = Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories).Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText, StringComparer.Ordinal);
        foreach (var project in Directory.EnumerateFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            files[Path.GetRelativePath(root, project)] = "";
        }

        files["src/shipping/server.js"] = "";
        var read = Conway.Reader.ModelReader.Read(new Conway.Reader.MemoryFileTree(files), "conway.yaml", new Conway.Reader.ReadOptions { Environment = "production" });
        Assert.DoesNotContain(read.Findings, finding => finding.Severity == Conway.Findings.Severity.Error);
        return read.Model;
    }
}
