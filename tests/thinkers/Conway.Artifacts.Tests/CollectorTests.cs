using System.Text.Json.Nodes;
using Conway.Findings;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>The system's own collector as objects of a cluster.</summary>
public sealed class CollectorTests
{
    [Fact]
    public async Task The_objects_of_a_collector_are_valid_lead_to_each_other_and_run_the_generated_configuration()
    {
        var objects = await ReadObservabilityAsync(Some.Model(Some.Watched));
        JsonObject One(string kind, string name = "collector") => objects.Of(kind).Single(one => Name(one) == name);
        Assert.Equal(
            ["Namespace", "NetworkPolicy default-deny", "ServiceAccount", "ConfigMap collector-config", "Service", "Deployment", "PodDisruptionBudget", "NetworkPolicy collector", "ServiceMonitor"],
            objects.All.Where(one => Name(one) is not ("orders-slo" or "shop-dashboard-system" or "shop-dashboard-service" or "shop-dashboard-objective"))
                .Select(one => Kind(one) is "NetworkPolicy" or "ConfigMap" ? $"{Kind(one)} {Name(one)}" : Kind(one)));
        Assert.All(objects.Of("ServiceAccount", "Service", "Deployment", "ServiceMonitor", "NetworkPolicy"), one => Assert.Equal("shop-production-telemetry", one["metadata"]!["namespace"]!.GetValue<string>()));

        // The configuration is the text that is mounted, and each port that it listens on is one of the container, of the Service and of the policy.
        var container = One("Deployment")["spec"]!["template"]!["spec"]!["containers"]![0]!;
        Assert.Equal(["--config=/etc/otelcol/config.yaml"], container["args"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Equal("docker.io/otel/opentelemetry-collector-contrib:0.152.0", container["image"]!.GetValue<string>());
        var config = await objects.ConfigAsync("collector-config", "config.yaml");
        int[] listens =
        [
            Port(config["receivers"]!["otlp"]!["protocols"]!["grpc"]!["endpoint"]!), Port(config["receivers"]!["otlp"]!["protocols"]!["http"]!["endpoint"]!),
            Port(config["exporters"]!["prometheus"]!["endpoint"]!), config["service"]!["telemetry"]!["metrics"]!["readers"]![0]!["pull"]!["exporter"]!["prometheus"]!["port"]!.GetValue<int>(),
            Port(config["extensions"]!["health_check"]!["endpoint"]!),
        ];
        Assert.Equal([4317, 4318, 8889, 8888, 13133], listens);
        Assert.Equal(listens, container["ports"]!.AsArray().Select(port => port!["containerPort"]!.GetValue<int>()));
        var names = container["ports"]!.AsArray().ToDictionary(port => port!["name"]!.GetValue<string>(), port => port!["containerPort"]!.GetValue<int>());
        Assert.All(One("Service")["spec"]!["ports"]!.AsArray(), port => Assert.Equal(port!["port"]!.GetValue<int>(), names[port["targetPort"]!.GetValue<string>()]));
        Assert.All(new[] { "startupProbe", "readinessProbe" }, probe => Assert.Equal(13133, names[container[probe]!["httpGet"]!["port"]!.GetValue<string>()]));
        var variables = container["env"]!.AsArray().ToDictionary(one => one!["name"]!.GetValue<string>(), one => one!["value"]!.GetValue<string>());
        Assert.Equal(("http://tempo.observability:4318", "https://logs.example.com/otlp"), (variables["TRACES_ENDPOINT"], variables["LOGS_ENDPOINT"]));

        // Every variable that the configuration asks for is set.
        Assert.All(System.Text.RegularExpressions.Regex.Matches(config.ToJsonString(), @"\$\{env:([A-Z_]+)\}"), match => Assert.Contains(match.Groups[1].Value, variables.Keys));

        // What is selected is there.
        var labels = Labels(One("Deployment")["spec"]!["template"]!["metadata"]!["labels"]);
        Assert.True(Selects(new JsonObject { ["matchLabels"] = One("Service")["spec"]!["selector"]!.DeepClone() }, labels));
        Assert.True(Selects(One("NetworkPolicy")["spec"]!["podSelector"], labels) && Selects(One("PodDisruptionBudget")["spec"]!["selector"], labels));
        var monitor = One("ServiceMonitor")["spec"]!;
        Assert.True(Selects(monitor["selector"], Labels(One("Service")["metadata"]!["labels"])));
        Assert.Equal("""[{"port":"metrics","interval":"30s","honorLabels":true},{"port":"own-metrics","interval":"30s"}]""", monitor["endpoints"]!.ToJsonString());
        Assert.All(monitor["endpoints"]!.AsArray(), endpoint => Assert.Contains(endpoint!["port"]!.GetValue<string>(), names.Keys));
    }

    [Fact]
    public async Task Pods_of_the_system_may_send_prometheus_may_scrape_and_the_collector_reaches_its_stores_alone()
    {
        var policy = (await ReadObservabilityAsync(Some.Model(Some.Watched))).Of("NetworkPolicy").Single(one => Name(one) == "collector")["spec"]!;
        Assert.Equal(
            [
                """{"from":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"shop-production"}},"podSelector":{"matchLabels":{"app.kubernetes.io/part-of":"shop"}}}],"ports":[{"protocol":"TCP","port":4317},{"protocol":"TCP","port":4318}]}""",
                """{"from":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"monitoring"}}}],"ports":[{"protocol":"TCP","port":8889},{"protocol":"TCP","port":8888}]}""",
            ],
            policy["ingress"]!.AsArray().Select(rule => rule!.ToJsonString()));
        Assert.Equal(
            [
                """[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"observability"}}}] 4318""",
                """[{"ipBlock":{"cidr":"10.30.0.0/16"}}] 443""",
            ],
            policy["egress"]!.AsArray().Skip(1).Select(rule => $"{rule!["to"]!.ToJsonString()} {rule["ports"]![0]!["port"]}"));
    }

    [Fact]
    public async Task Its_room_follows_from_what_services_send()
    {
        // Orders answers 300/s and calls one service, catalog answers 400/s: 1000 spans a second. 1000 / 10000 / 0.7 = 143m, at least 200m;
        // 256 + 1000 x 15 s x 2 KiB / 0.6 = 304.8, so 320 MiB.
        async Task<JsonNode> ResourcesAsync(string load) => (await ReadObservabilityAsync(Some.Model(Some.Watched.Replace("load: 300/s", load, StringComparison.Ordinal)))).Of("Deployment").Single()["spec"]!["template"]!["spec"]!["containers"]![0]!["resources"]!["requests"]!;
        Assert.Equal("""{"cpu":"200m","memory":"320Mi","ephemeral-storage":"64Mi"}""", (await ResourcesAsync("load: 300/s")).ToJsonString());
        Assert.Equal("""{"cpu":"1500m","memory":"768Mi","ephemeral-storage":"64Mi"}""", (await ResourcesAsync("load: 5000/s")).ToJsonString());
        var many = ArtifactCatalog.Find("observability")!.Generate(Some.Model(Some.Watched.Replace("load: 300/s", "load: 20000/s", StringComparison.Ordinal)), null, new BuildFacts());
        Assert.Equal(["CW1934 The services send about 40400 spans a second, and one collector should take 28000."], many.Findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public async Task The_collector_of_a_platform_is_not_made_a_second_time()
    {
        var files = Some.Written("observability", Some.Model(Some.Watched.Replace("run: own", "run: platform", StringComparison.Ordinal)));
        Assert.DoesNotContain(files.Keys, path => path.Contains("/1-", StringComparison.Ordinal) || path.Contains("/2-", StringComparison.Ordinal));
        var objects = await ReadObservabilityAsync(Some.Model(Some.Watched.Replace("run: own", "run: platform", StringComparison.Ordinal)));
        Assert.Empty(objects.Of("Deployment", "Namespace", "ServiceMonitor"));
        Assert.Contains("observability/collector/config.yaml", files.Keys);
        Assert.DoesNotContain("observability/collector/config.yaml", Some.Written("observability", Some.Model(Some.Watched)).Keys);
    }

    [Theory]
    [InlineData("  prometheus: monitoring\n", "", "CW1911 The collector may be scraped by nobody: the model does not say in which namespace Prometheus runs.")]
    [InlineData("traces: \"http://tempo.observability:4318\"", "image: \"a/b:1\"", "CW1911 The collector does not know where to send traces.")]
    [InlineData("traces: \"http://tempo.observability:4318\"", "traces: \"http://tempo.example.com\"", "CW1911 The collector sends traces to 'tempo.example.com', and nothing says where in the network that is.")]
    [InlineData("traces: \"http://tempo.observability:4318\"", "traces: \"https://\"", "CW1911 'https://' is no address.")]
    [InlineData("collector-logs: \"10.30.0.0/16:443\"", "collector-logs: there", "CW1911 'there' is no place in the network.")]
    [InlineData("telemetry: \"shop-production-telemetry:4318\"", "telemetry: \"shop-production-other:4318\"", "CW1911 Services may reach 'shop-production-other:4318', and their collector is in 'shop-production-telemetry'.")]
    [InlineData("http://collector.shop-production-telemetry:4318", "http://collector.observability:4318", "CW1911 'http://collector.observability:4318' cannot be a collector of the system's own: that has a namespace beside 'shop-production' whose name begins with 'shop-production-', and takes OTLP over HTTP on port 4318.")]
    [InlineData("http://collector.shop-production-telemetry:4318", "https://collector.shop-production-telemetry:4318", "CW1911 'https://collector.shop-production-telemetry:4318' cannot be a collector of the system's own: that has a namespace beside 'shop-production' whose name begins with 'shop-production-', and takes OTLP over HTTP on port 4318.")]
    [InlineData("run: own,", "run: own, image: \"a/b:latest\",", "CW1914 'deploy.collector.image' says latest, which is another image tomorrow.")]
    public void What_a_collector_lacks_is_told(string text, string changed, string said)
    {
        Assert.Contains(text, Some.Watched, StringComparison.Ordinal);
        var tree = ArtifactCatalog.Find("observability")!.Generate(Some.Model(Some.Watched.Replace(text, changed, StringComparison.Ordinal)), null, new BuildFacts());
        Assert.Equal([said], tree.Findings.Select(finding => finding.ToString()));
        Assert.All(tree.Findings, finding => Assert.Equal(Severity.Error, finding.Severity));
    }

    private static int Port(JsonNode endpoint) => int.Parse(endpoint.GetValue<string>().Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
}
