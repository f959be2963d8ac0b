using System.Text.Json.Nodes;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>What runs where, how many of it, who gets at it: what the model says of it stands in the objects.</summary>
public sealed class WorkloadTests
{
    [Fact]
    public async Task Replicas_follow_what_the_model_says_they_follow()
    {
        var keda = await ReadAsync(Some.Model(Some.Workloads));
        Assert.Empty(keda.Of("HorizontalPodAutoscaler"));
        Assert.Equal(["busy", "mailer", "orders"], keda.Of("ScaledObject").Select(Name).Order(StringComparer.Ordinal));
        var orders = Spec(keda, "ScaledObject", "orders");
        Assert.Equal("3 12", $"{orders["minReplicaCount"]} {orders["maxReplicaCount"]}");
        Assert.Equal(["cpu 70", "prometheus 100"], Triggers(orders));
        Assert.Equal("sum(rate(http_server_request_duration_seconds_count{job=\"shop/orders\"}[2m]))", orders["triggers"]![1]!["metadata"]!["query"]!.GetValue<string>());
        Assert.Equal(["cpu 70", "kafka 100 orders mailer", "kafka 100 placed mailer"], Triggers(Spec(keda, "ScaledObject", "mailer")));
        Assert.Equal(["cpu 50"], Triggers(Spec(keda, "ScaledObject", "busy")));

        // 100/s at two replicas: 50/s x 5 ms / 0.5 = 500m, where at 70 % it would be 400m.
        Assert.Equal("500m", Spec(keda, "Deployment", "busy")["template"]!["spec"]!["containers"]![0]!["resources"]!["requests"]!["cpu"]!.GetValue<string>());
        Assert.Equal(4, Spec(keda, "Deployment", "fixed")["replicas"]!.GetValue<int>());
        Assert.Equal(0, Spec(keda, "Deployment", "off")["replicas"]!.GetValue<int>());

        var rabbit = await ReadAsync(Some.Model(Some.WorkloadsElsewhere));
        Assert.Equal(["cpu 70", "rabbitmq 100 mailer"], Triggers(Spec(rabbit, "ScaledObject", "mailer")));
        Assert.Equal("mailer-scaler", Spec(rabbit, "TriggerAuthentication", "mailer")["secretTargetRef"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("shop/mailer/broker", Spec(rabbit, "ExternalSecret", "mailer-scaler")["data"]![0]!["remoteRef"]!["key"]!.GetValue<string>());

        var plain = await ReadAsync(Some.Model(Some.WorkloadsPlain));
        Assert.Empty(plain.Of("ScaledObject", "TriggerAuthentication", "VerticalPodAutoscaler"));
        var metrics = Spec(plain, "HorizontalPodAutoscaler", "orders")["metrics"]!.AsArray();
        Assert.Equal(("shop_orders_requests_per_second", "100"), (metrics[1]!["external"]!["metric"]!["name"]!.GetValue<string>(), metrics[1]!["external"]!["target"]!["averageValue"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_a_replica_needs_is_measured_and_set_only_where_nothing_else_follows_it()
    {
        var read = await ReadAsync(Some.Model(Some.Workloads));
        Assert.Equal(read.Of("Deployment", "StatefulSet", "DaemonSet").Select(Name).Where(name => name != "off").Order(StringComparer.Ordinal), read.Of("VerticalPodAutoscaler").Select(Name).Order(StringComparer.Ordinal));
        Assert.All(read.Of("VerticalPodAutoscaler"), one => Assert.Equal("Off", one["spec"]!["updatePolicy"]!["updateMode"]!.GetValue<string>()));
        var set = await ReadAsync(Some.Model(Some.WorkloadsElsewhere));
        JsonNode Policy(string name) => Spec(set, "VerticalPodAutoscaler", name)["resourcePolicy"]!["containerPolicies"]![0]!;
        Assert.Equal("""["memory"]""", Policy("orders")["controlledResources"]!.ToJsonString());
        Assert.Equal("""["cpu","memory"]""", Policy("fixed")["controlledResources"]!.ToJsonString());
        Assert.Equal("""{"cpu":"2000m","memory":"288Mi"}""", Policy("busy")["maxAllowed"]!.ToJsonString());
    }

    [Fact]
    public async Task One_on_each_node_answers_its_own_node_and_has_its_share_of_the_quota()
    {
        var read = await ReadAsync(Some.Model(Some.Workloads));
        Assert.Equal("""{"maxSurge":1,"maxUnavailable":0}""", Spec(read, "DaemonSet", "agent")["updateStrategy"]!["rollingUpdate"]!.ToJsonString());
        Assert.Equal("""{"maxUnavailable":1}""", Spec(read, "DaemonSet", "cache")["updateStrategy"]!["rollingUpdate"]!.ToJsonString());
        Assert.Equal("Local", Spec(read, "Service", "agent")["internalTrafficPolicy"]!.GetValue<string>());
        Assert.DoesNotContain(read.Of("PodDisruptionBudget"), one => Name(one) is "agent" or "cache");

        // Each one more while a version changes: orders 12, mailer 6, busy 4, fixed 4; two on each of 12 nodes; keeps 1; a run of each of two jobs; none of 'off'.
        Assert.Equal((13 + 7 + 5 + 5 + 13 + 13 + 1 + 2).ToString(System.Globalization.CultureInfo.InvariantCulture), Spec(read, "ResourceQuota", "whole")["hard"]!["pods"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_way_in_past_the_gateway_is_open_to_declared_addresses_alone()
    {
        var read = await ReadAsync(Some.Model(Some.Workloads));
        var balanced = read.Of("Service").Single(one => Name(one) == "orders-outside");
        Assert.Equal("true", balanced["metadata"]!["annotations"]!["example.com/internal"]!.GetValue<string>());
        Assert.Equal("""["203.0.113.0/24","2001:db8::/32"]""", balanced["spec"]!["loadBalancerSourceRanges"]!.ToJsonString());
        Assert.Equal("LoadBalancer Local 443", $"{balanced["spec"]!["type"]} {balanced["spec"]!["externalTrafficPolicy"]} {balanced["spec"]!["ports"]![0]!["port"]}");
        var port = Spec(read, "Service", "agent-outside");
        Assert.Equal("NodePort Local 30080", $"{port["type"]} {port["externalTrafficPolicy"]} {port["ports"]![0]!["nodePort"]}");
        var hard = Spec(read, "ResourceQuota", "whole")["hard"]!;
        Assert.Equal("3 1", $"{hard["services.nodeports"]} {hard["services.loadbalancers"]}");
    }

    [Fact]
    public async Task Work_of_a_release_is_another_job_when_what_it_runs_is_another()
    {
        async Task<string> JobAsync(string from, string to) => Name((await ReadAsync(Some.Model(Some.Workloads.Replace(from, to, StringComparison.Ordinal)))).Of("Job").Single());
        var name = await JobAsync("x", "x");
        Assert.Matches("^migrate-job-[0-9a-f]{6}$", name);
        Assert.Equal(name, await JobAsync("replicas: 4", "replicas: 5"));
        foreach (var (from, to) in new[] { ("version: 1.4.2", "version: 1.4.3"), ("--all", "--some"), ("MODE: live", "MODE: dry") })
        {
            Assert.NotEqual(name, await JobAsync(from, to));
        }
    }

    [Fact]
    public async Task Teams_with_a_group_may_look_and_nothing_else()
    {
        var read = await ReadAsync(Some.Model(Some.Workloads));
        Assert.Equal(["idp:checkout", "platform"], read.Of("RoleBinding").Select(one => one["subjects"]![0]!["name"]!.GetValue<string>()));
        var rules = read.Of("Role").Single()["rules"]!.AsArray();
        Assert.All(rules.SelectMany(rule => rule!["verbs"]!.AsArray()), verb => Assert.Contains(verb!.GetValue<string>(), new[] { "get", "list", "watch" }));
        Assert.DoesNotContain(rules.SelectMany(rule => rule!["resources"]!.AsArray()), resource => resource!.GetValue<string>() is "secrets" or "*" or "pods/exec");
        Assert.Empty((await ReadAsync(Some.Model(Some.Cluster))).Of("Role", "RoleBinding"));
    }

    [Fact]
    public async Task A_system_of_others_has_one_name_and_a_way_for_those_who_use_it()
    {
        var read = await ReadAsync(Some.Model(Some.Workloads));
        Assert.Equal(["busy-external busy.elsewhere.svc", "search search.platform.svc.cluster.local"], read.Of("Service").Where(one => one["spec"]!["externalName"] is not null).Select(one => $"{Name(one)} {one["spec"]!["externalName"]}").Order(StringComparer.Ordinal));
        string[] Urls(string kind, string name) => [.. Spec(read, kind, name)["template"]!["spec"]!["containers"]![0]!["env"]!.AsArray().Where(one => one!["name"]!.GetValue<string>().EndsWith("_URL", StringComparison.Ordinal)).Select(one => $"{one!["name"]}={one["value"]}")];
        Assert.Equal(["BANK_URL=https://api.bank.example", "SEARCH_URL=http://search:9200/v2"], Urls("Deployment", "mailer"));
        Assert.Contains("BUSY_URL=http://busy-external:80", Urls("StatefulSet", "keeps"));
    }

    [Theory]
    [InlineData("uses: [bank]", "externals: { bank: \"https://api.bank.example\" }", "CW1911 'web' uses 'bank', and nothing says where in the network that is.")]
    [InlineData("uses: [bank]", "externals: { bank: { address: \"https://api.bank.example\", in: [bank] } }", "CW1911 'bank' is no place in the network.")]
    [InlineData("scale: { most: 1 }, replicas: 3", "", "CW1911 'web' may have 1 replicas at the most, and at least 3 run.")]
    [InlineData("scale: { each: 170 }", "", "CW1911 'web' would be scaled at more processor time than it asks for.")]
    [InlineData("scale: requests", "", "CW1911 'web' is scaled by requests, and nothing says how many of them one replica takes.")]
    [InlineData("scale: { by: requests, each: 10 }", "deploy: { scaler: keda }", "CW1911 'web' is scaled by requests, and nothing says where KEDA asks for them.")]
    [InlineData("scale: events", "", "CW1911 'web' is scaled by events, and the cluster itself knows of none.")]
    [InlineData("scale: events", "deploy: { scaler: keda }", "CW1911 'web' is scaled by events, and it takes none.")]
    [InlineData("scale: events, publishes: [Done], consumes: [Done]", "deploy: { scaler: keda, reach: { broker: \"kafka:9092\" } }", "CW1911 'web' is scaled by events, and the model has no broker in this environment.")]
    [InlineData("placement: each-node", "", "CW1911 'web' runs on each node, and nothing says how many there are, so there is no quota to give.")]
    [InlineData("placement: each-node, scale: requests", "deploy: { nodes: 3 }", "CW1915 'web' is not scaled: one runs on each node.")]
    [InlineData("placement: each-node, owns: [db]", "deploy: { nodes: 3 }", "CW1916 'web' runs on each node and keeps 'db' in a file, so only one replica is deployed.")]
    [InlineData("scale: cpu, owns: [db]", "", "CW1915 'web' is not scaled: it keeps its data in a file.")]
    [InlineData("expose: { as: load-balancer, from: [] }", "", "CW1911 'web' is reached from outside, and nobody may connect.")]
    [InlineData("expose: { as: load-balancer, from: [300.0.0.0/8] }", "", "CW1911 '300.0.0.0/8' is no block of addresses.")]
    [InlineData("expose: { as: node-port, from: [10.0.0.0/8], port: 80 }", "", "CW1911 Nodes give no port 80 away.")]
    public void What_is_missing_or_cannot_be_is_told(string service, string more, params string[] said)
    {
        var model = Some.Model($"conway: 1\nsystem: shop\nservices: {{ web: {{ command: a, image: \"a/b:1\", {service} }} }}\n{more}");
        Assert.Equal(said, ArtifactCatalog.Find("kubernetes")!.Generate(model, null, new BuildFacts()).Findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public async Task Values_of_a_chart_change_who_may_connect_how_many_nodes_there_are_and_what_a_release_runs()
    {
        var rendered = await Rendered.OfAsync(Some.Model(Some.Workloads), JsonNode.Parse("""
            {
              "version": { "images": { "version": "1.4.3" } },
              "nodes": { "nodes": 13 },
              "from": { "services": { "orders": { "exposedTo": ["192.0.2.0/24"] } } },
              "group": { "teams": { "checkout": "others" } },
              "wrong": { "services": { "orders": { "exposedTo": ["everybody"] } } }
            }
            """)!.AsObject());
        var (before, after) = (JobOf(Some.Workloads), JobOf(Some.Workloads.Replace("version: 1.4.2", "version: 1.4.3", StringComparison.Ordinal)));
        Assert.Contains($"Job shop-production/{before}: is missing", rendered.Cases["version"]);
        Assert.Contains($"Job shop-production/{after}: is too many", rendered.Cases["version"]);
        Assert.Contains(rendered.Cases["nodes"], line => line.StartsWith("ResourceQuota shop-production/whole /spec/hard/pods: \"59\" -> \"61\"", StringComparison.Ordinal));
        Assert.All(rendered.Cases["nodes"], line => Assert.StartsWith("ResourceQuota ", line, StringComparison.Ordinal));
        Assert.Equal(
            ["NetworkPolicy shop-production/orders", "Service shop-production/orders-outside"],
            rendered.Cases["from"].Select(line => line[..line.IndexOf(" /", StringComparison.Ordinal)]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["RoleBinding shop-production/checkout-look /subjects/0/name: \"idp:checkout\" -> \"others\""], rendered.Cases["group"]);
        Assert.Contains(rendered.Cases["wrong"], line => line.Contains("at '/services/orders/exposedTo/0': 'everybody' does not match pattern", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_autoscaler_asks_for_is_made_of_a_query_that_parses()
    {
        var model = Some.Model(Some.WorkloadsPlain);
        var text = Some.Written("observability", model)["observability/prometheus/adapter.yaml"].Text;
        var asked = Spec(await ReadAsync(model), "HorizontalPodAutoscaler", "orders")["metrics"]![1]!["external"]!["metric"]!["name"]!.GetValue<string>();
        Assert.Contains($"      as: {asked}\n", text, StringComparison.Ordinal);
        var query = text.Split('\n').Single(line => line.Contains("metricsQuery: ", StringComparison.Ordinal)).Split("metricsQuery: ")[1];
        using var folder = new TemporaryFolder();
        folder.Write([new WrittenFile("queries.yaml", $"groups: [{{ name: a, rules: [{{ record: a, expr: {query} }}] }}]\n", [], [])]);
        var read = await NpmClient.ExecuteAsync("promtool", ["check", "rules", "queries.yaml"], folder.Path, TimeSpan.FromMinutes(1));
        Assert.True(read.Code == 0, read.Said);
        Assert.DoesNotContain(Some.Written("observability", Some.Model(Some.Workloads)).Keys, path => path.EndsWith("adapter.yaml", StringComparison.Ordinal));
    }

    private static string JobOf(string model)
    {
        var text = Some.Written("kubernetes", Some.Model(model))["kubernetes/migrate-job.yaml"].Text;
        var at = text.IndexOf("  name: migrate-job-", StringComparison.Ordinal) + "  name: ".Length;
        return text[at..text.IndexOf('\n', at)];
    }

    private static JsonNode Spec(KubeObjects objects, string kind, string name) => objects.Of(kind).Single(one => Name(one) == name)["spec"]!;

    private static IEnumerable<string> Triggers(JsonNode spec) => spec["triggers"]!.AsArray().Select(trigger =>
    {
        var about = trigger!["metadata"]!;
        return string.Join(' ', new[] { trigger["type"], about["value"] ?? about["threshold"] ?? about["lagThreshold"], about["topic"], about["consumerGroup"] ?? about["queueName"] }.OfType<JsonNode>().Select(one => one.GetValue<string>()));
    });
}
