using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Conway.Artifacts.Tests.Mesh;
using Conway.Model;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>Resources of Istio, and whether they decide about requests as the model does.</summary>
public sealed partial class IstioTests
{
    private const int Samples = 5000;

    /// <summary>Everything that a mesh decides by: who, method, path, host, header, query, token and share.</summary>
    internal const string Everything = """
        conway: 1
        system: shop
        mesh: istio
        policies: { mtls: strict, default-deny: true }
        deploy:
          registry: ghcr.io/acme
          version: 1.4.2
          namespace: shop-production
          prometheus: monitoring
          telemetry: http://collector.observability:4318
          edge: { kind: istio, class: ingressgateway, host: shop.example.com, namespace: istio-ingress }
          tokens: { issuer: "https://id.example.com", keys: "https://id.example.com/keys", audiences: [shop] }
          reach: { telemetry: "observability:4318", postgresql: "10.20.0.0/16:5432" }
        services:
          orders:
            command: node a.js
            api: { budget: 2s }
            owns: { orders-db: postgresql }
            uses: [bank, search]
            calls:
              catalog: { timeout: 300ms, retries: 2, budget: 700ms, only: ["GET /products/**", "POST /reservations", "/a/*/b", "GET /tree/{id}/**"] }
              payments: { timeout: 1500ms, protocol: grpc }
              orders: { balance: round-robin, outlier: { consecutive-5xx: 0 } }
          catalog: { command: node a.js, replicas: 4, calls: { payments: { retries: 1, only: ["/quotes/**"] } } }
          catalog-next: { command: node a.js }
          payments: { command: node a.js, expose: { as: load-balancer, from: [203.0.113.0/24, "2001:db8::/32"] } }
          alone: { command: node a.js }
        externals:
          bank: { address: "https://api.bank.example", in: ["198.18.0.0/15:443"] }
          search: http://search.platform.svc.cluster.local:9200/v2
        jobs:
          settle: { service: orders, schedule: "0 2 * * *", command: node settle.js }
        gateway:
          routes:
            - { path: "/**", to: catalog }
            - { path: "/abc/**", to: orders, methods: [GET, POST], retries: 1 }
            - { path: "/abc", to: catalog-next, methods: [DELETE] }
            - { path: "/api/orders/**", to: orders, rewrite: /orders, timeout: 2500ms }
            - { path: "/api/orders/admin/**", to: orders, rewrite: /orders/admin, auth: { scopes: [orders.admin, orders.write] } }
            - { path: "/api/orders/*/lines", to: orders, methods: [GET], auth: { scopes: [orders.read] } }
            - { path: "/api/products/**", to: catalog, split: { catalog-next: 10% }, retries: 2 }
            - { path: "/api/products/{id}/stock/**", to: catalog, headers: { X-Version: v2 }, rewrite: / }
            - { path: "/api/fine/**", to: catalog, split: { catalog-next: 12.5%, payments: 0.25% } }
            - { path: "/only", to: catalog, query: { preview: "1" }, rewrite: /deep/inside }
            - { path: "/**", to: payments, host: "*.pay.example.com" }
            - { path: "/status", to: catalog, host: eu.pay.example.com, methods: [GET] }
            - { path: "/v1/**", to: catalog-next, host: "*.example.com", rewrite: / }
        """;

    // Read once: what is wrong in these tests is in the resources of the mesh.
    private static readonly Lazy<Task<KubeObjects>> Everywhere = new(() => ReadAsync(Model("everything")));

    public static TheoryData<string> Systems => ["everything", "shop", "large", "cluster", "workloads", "hard", "one", "open", "permissive", "gateway-api"];

    [Theory, MemberData(nameof(Systems))]
    public async Task Every_object_is_valid_and_has_a_name_that_a_cluster_takes(string system)
    {
        var (mesh, problems) = await MeshAsync(Model(system), validate: true);
        Assert.Equal([], problems);
        Assert.All(mesh, one => Assert.Matches("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", Name(one)));
        Assert.Equal(mesh.Count, mesh.Select(one => $"{Kind(one)} {one["metadata"]!["namespace"]} {Name(one)}").Distinct().Count());
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Five_thousand_requests_are_decided_as_the_model_reads(string system)
    {
        var model = Model(system);
        var (rules, reading, wrong, answered) = (await RulesAsync(model), new ModelReading(model), new List<string>(), 0);
        var requests = new SampledRequests(system == "gateway-api" ? model with { Gateway = new() } : model, [.. rules.Workloads], 7);
        for (var i = 0; i < Samples; i++)
        {
            var asked = requests.Next();
            var (decided, meant) = (rules.Decide(asked), reading.Decide(asked));
            answered += meant.Answers.Count > 0 ? 1 : 0;
            if (decided.ToString() != meant.ToString())
            {
                wrong.Add($"{asked}\n  is    {decided}\n  meant {meant}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join('\n', wrong.Take(8))}");

        // Neither side is won by saying one thing to all.
        Assert.InRange(answered, system is "one" ? 1 : Samples / 100, Samples - (Samples / 20));
    }

    [Theory]
    [InlineData("cluster.local/ns/shop-production/sa/orders", "cluster.local/ns/shop-production/sa/nobody")]
    [InlineData("prefix: /abc/", "prefix: /abc")]
    [InlineData("\"/quotes/*\"", "\"/quotes*\"")]
    [InlineData("weight: 90", "weight: 80")]
    [InlineData("exact: /status", "prefix: /status")]
    [InlineData("rewrite: /deep/inside", "rewrite: /deep")]
    [InlineData("mode: STRICT", "mode: DISABLE")]
    [InlineData("./payments.shop-production.svc.cluster.local", "~/payments")]
    [InlineData("attempts: 2", "attempts: 3")]
    [InlineData("request.headers[conway-route]", "request.headers[x-version]")]
    [InlineData("perTryTimeout: 300ms", "perTryTimeout: 400ms")]
    [InlineData("orders.write", "orders.read")]
    [InlineData("(//|", "(///|")]
    [InlineData("203.0.113.0/24", "192.0.2.0/24")]
    public async Task A_wrong_word_is_seen(string text, string wrong)
    {
        var (model, found) = (Model("everything"), false);
        var rules = await RulesAsync(model, file =>
        {
            found |= file.Contains(text, StringComparison.Ordinal);
            return file.Replace(text, wrong, StringComparison.Ordinal);
        });
        Assert.True(found, $"'{text}' is in no file.");
        Assert.NotEmpty(Differences(model, rules));
    }

    [Fact]
    public async Task Another_order_of_routes_is_seen()
    {
        var model = Model("everything");
        var (mesh, cluster) = (await MeshAsync(model), await Everywhere.Value);
        foreach (var rules in mesh.Objects.Where(one => Kind(one) == "VirtualService" && one["spec"]!["gateways"] is not null).Select(one => one["spec"]!["http"]!.AsArray()))
        {
            var last = rules[^1]!;
            rules.RemoveAt(rules.Count - 1);
            rules.Insert(1, last);
        }

        Assert.NotEmpty(Differences(model, new IstioRules(mesh.Objects, cluster, "shop-production", "istio-ingress")));
    }

    [Fact]
    public async Task Shares_are_drawn_as_they_are_declared()
    {
        var (mesh, _) = await MeshAsync(Model("everything"));
        var routes = mesh.Where(one => Kind(one) == "VirtualService").SelectMany(one => one["spec"]!["http"]!.AsArray()).Where(rule => rule!["route"]?.AsArray().Count > 1)
            .Select(rule => rule!["route"]!.AsArray().Select(one => (Host: one!["destination"]!["host"]!.GetValue<string>().Split('.')[0], Weight: one["weight"]!.GetValue<int>())).ToArray()).ToArray();
        Assert.Equal(
            ["catalog 90, catalog-next 10", "catalog 90, catalog-next 10", "catalog 8725, catalog-next 1250, payments 25"],
            routes.Select(route => string.Join(", ", route.Select(one => $"{one.Host} {one.Weight}"))).OrderByDescending(text => text.Contains("90", StringComparison.Ordinal)));

        // Counted, so that not only the numbers agree with themselves: 10 % of 20,000 draws, by three times the deviation.
        var random = new Random(11);
        var drawn = Enumerable.Range(0, 20_000).Count(_ => random.Next(routes[0].Sum(one => one.Weight)) >= routes[0][0].Weight);
        Assert.InRange(drawn, 2000 - 130, 2000 + 130);
    }

    [Theory, MemberData(nameof(Systems))]
    public void The_same_model_gives_the_same_bytes_and_every_line_knows_its_rule(string system) => MeshFiles.AreTheSameAgainAndKnowTheirRules("istio", Model(system));

    [Theory, MemberData(nameof(Systems))]
    public void Nothing_that_is_generated_has_a_finding_of_the_linter(string system) => MeshFiles.HaveNoFinding("istio", Model(system), system == "hard" ? Some.HardFacts : null);

    [Fact]
    public async Task Pods_join_the_mesh_and_nothing_else_of_theirs_changes()
    {
        var (plain, joined) = (await ReadAsync(Model("gateway-api") with { Mesh = null }), await ReadAsync(Model("everything"), validate: true));
        Assert.Equal([], joined.Problems);
        Assert.Equal("enabled", Labels(joined.Of("Namespace").Single()["metadata"]!["labels"])["istio-injection"]);
        Assert.All(joined.Templates(), one =>
        {
            var annotations = Labels(one.Template["metadata"]!["annotations"]);
            Assert.Equal(("true", "true"), (annotations["sidecar.istio.io/nativeSidecar"], annotations["sidecar.istio.io/rewriteAppHTTPProbers"]));
            Assert.Equal(one.Template["spec"]!["serviceAccountName"]!.GetValue<string>(), Labels(one.Template["metadata"]!["labels"])["service.istio.io/canonical-name"]);
        });

        // Probes, users and limits are those without a mesh.
        Assert.Equal(plain.Templates().Select(one => one.Template["spec"]!.ToJsonString()), joined.Templates().Select(one => one.Template["spec"]!.ToJsonString()));
        Assert.Empty(joined.Of("HTTPRoute", "Gateway", "Ingress"));

        // Each policy lets its pods reach the control plane, and Prometheus read what proxies count.
        Assert.All(joined.Of("NetworkPolicy").Where(one => Name(one) != "default-deny"), one =>
        {
            Assert.Contains(one["spec"]!["egress"]!.AsArray(), rule => rule!["ports"]![0]!["port"]!.GetValue<int>() == 15012 && rule["to"]![0]!["namespaceSelector"]!["matchLabels"]!["kubernetes.io/metadata.name"]!.GetValue<string>() == "istio-system");
            Assert.True(one["metadata"]!["labels"]!["app.kubernetes.io/component"]!.GetValue<string>() == "job" || one["spec"]!["ingress"]!.AsArray().Any(rule => rule!["ports"]![0]!["port"]!.GetValue<int>() == 15020 && rule["from"]![0]!["namespaceSelector"]!["matchLabels"]!["kubernetes.io/metadata.name"]!.GetValue<string>() == "monitoring"));
        });

        // The quota has room for the proxies.
        JsonNode Hard(KubeObjects objects) => objects.Of("ResourceQuota").Single()["spec"]!["hard"]!;
        int Number(KubeObjects objects, string key) => int.Parse(Regex.Match(Hard(objects)[key]!.GetValue<string>(), "^[0-9]+").Value, System.Globalization.CultureInfo.InvariantCulture);
        var pods = Number(plain, "pods");
        Assert.Equal((Number(plain, "requests.cpu") + (100 * pods), Number(plain, "limits.memory") + (192 * pods), Number(plain, "requests.ephemeral-storage") + (256 * pods)), (Number(joined, "requests.cpu"), Number(joined, "limits.memory"), Number(joined, "requests.ephemeral-storage")));
    }

    [Theory, InlineData("helm"), InlineData("kustomize")]
    public Task The_chart_and_the_overlay_give_the_same_pods_of_a_mesh(string target) => MeshFiles.AreRenderedAlikeAsync(target, Model("everything"), Model("gateway-api"));

    [Fact]
    public async Task What_the_model_says_stands_in_the_resources()
    {
        var (mesh, _) = await MeshAsync(Model("everything"));
        JsonNode One(string kind, string name) => mesh.Single(one => Kind(one) == kind && Name(one) == name)["spec"]!;
        Assert.Equal("{\"simple\":\"ROUND_ROBIN\"}", One("DestinationRule", "orders-to-orders")["trafficPolicy"]!["loadBalancer"]!.ToJsonString());
        Assert.Null(One("DestinationRule", "orders-to-orders")["trafficPolicy"]!["outlierDetection"]);
        Assert.Equal("{\"consecutive5xxErrors\":5,\"interval\":\"10s\",\"baseEjectionTime\":\"30s\",\"maxEjectionPercent\":25,\"minHealthPercent\":50}", One("DestinationRule", "orders-to-catalog")["trafficPolicy"]!["outlierDetection"]!.ToJsonString());
        Assert.True(One("DestinationRule", "orders-to-payments")["trafficPolicy"]!["connectionPool"]!["http"]!["useClientProtocol"]!.GetValue<bool>());
        Assert.Equal(["./bank.external", "./catalog"], One("Sidecar", "orders")["egress"]![0]!["hosts"]!.AsArray().Select(one => one!.GetValue<string>()).Where(one => one.StartsWith("./ca", StringComparison.Ordinal)).Select(_ => "./catalog").Prepend("./bank.external"));
        Assert.Equal(
            ["./api.bank.example", "./catalog.shop-production.svc.cluster.local", "./orders.shop-production.svc.cluster.local", "./payments.shop-production.svc.cluster.local", "./postgresql.reach.conway.internal", "./search.shop-production.svc.cluster.local", "observability/*", "platform/*"],
            One("Sidecar", "orders")["egress"]![0]!["hosts"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Equal("[\"observability/*\"]", One("Sidecar", "alone")["egress"]![0]!["hosts"]!.ToJsonString());
        Assert.Equal("[\"10.20.0.0/16\"]", One("ServiceEntry", "reach-postgresql")["addresses"]!.ToJsonString());
        Assert.Equal("TLS", One("ServiceEntry", "bank-external")["ports"]![0]!["protocol"]!.GetValue<string>());
        Assert.Equal("{\"8080\":{\"mode\":\"PERMISSIVE\"}}", One("PeerAuthentication", "payments")["portLevelMtls"]!.ToJsonString());
        Assert.Equal("{}", One("AuthorizationPolicy", "default-deny").ToJsonString());
        Assert.DoesNotContain(mesh, one => Kind(one) == "AuthorizationPolicy" && Name(one) == "alone");
    }

    [Fact]
    public void What_it_does_not_say_is_told()
    {
        var said = Some.Written("istio", Model("everything"))["istio/not-said.txt"];
        Assert.Contains("\nservices.orders.calls.catalog.balance: Latency does not count", said.Text, StringComparison.Ordinal);
        Assert.Contains("\nmesh: Further attempts have no budget", said.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("calls.orders.balance", said.Text, StringComparison.Ordinal);
        Assert.Contains(said.Origins, origin => origin!.Path == "services.payments.expose");
    }

    [Theory]
    [InlineData("mesh: istio", "mesh: none", "CW1911 The system is in no mesh of this kind: 'mesh' is 'none'.")]
    [InlineData("mtls: strict", "mtls: \"off\"", "CW1915 The mesh does not ask who calls: without TLS between services nobody can prove who he is.")]
    [InlineData("issuer: \"https://id.example.com\", keys", "keys", "CW1911 The route '/api/orders/admin/**' asks for tokens, and the model does not say who issues them.")]
    [InlineData(", keys: \"https://id.example.com/keys\"", "", "CW1911 The route '/api/orders/admin/**' asks for tokens, and the model does not say where the keys are that they are signed with.")]
    [InlineData("namespace: istio-ingress", "namespace: shop-production", "CW1911 The gateway's pods run in the namespace of the system, so every service there would be let in as the gateway is.")]
    [InlineData("\"/quotes/**\"", "\"/quo*\"", "CW1911 '/quo*' can't be matched: '*' stands for a whole segment.")]
    [InlineData("path: \"/abc\"", "path: \"/**/abc\"", "CW1911 The path '/**/abc' can't be matched: '**' may stand only at its end.")]
    public void What_is_missing_is_told(string from, string to, string said) =>
        Assert.Contains(said, ArtifactCatalog.Find("istio")!.Generate(Some.Model(Everything.Replace(from, to, StringComparison.Ordinal)), null, new BuildFacts()).Findings.Select(finding => finding.ToString()));

    [Fact]
    public void An_edge_of_istio_without_the_mesh_is_told() =>
        Assert.Contains("CW1911 Requests come in by resources of Istio, and the system is in no mesh of that kind.", ArtifactCatalog.Find("kubernetes")!.Generate(Model("everything") with { Mesh = null }, null, new BuildFacts()).Findings.Select(finding => finding.ToString()));

    [Fact]
    public void Five_hundred_services_have_a_file_each_and_twice_as_many_say_twice_as_much()
    {
        var (large, half) = (Some.Written("istio", Meshed(Some.Large(500))), Some.Written("istio", Meshed(Some.Large(250))));
        Assert.All(Enumerable.Range(0, 500), i => Assert.Contains($"s{i}\n", large["istio/s" + i + ".yaml"].Text, StringComparison.Ordinal));
        Assert.Equal(250, large.Count - half.Count);

        // What everybody is told of everybody grows by four; how long it takes is measured by benchmarks/generate.
        Assert.InRange(large.Values.Sum(file => (double)file.Text.Length) / half.Values.Sum(file => file.Text.Length), 1.8, 2.4);
    }

    private static IEnumerable<string> Differences(SystemModel model, IstioRules rules)
    {
        var (reading, requests) = (new ModelReading(model), new SampledRequests(model, [.. rules.Workloads], 7));
        return Enumerable.Range(0, Samples).Select(_ => requests.Next()).Where(asked => rules.Decide(asked).ToString() != reading.Decide(asked).ToString()).Select(asked => asked.ToString());
    }

    private static async Task<IstioRules> RulesAsync(SystemModel model, Func<string, string>? change = null) =>
        new((await MeshAsync(model, change)).Objects, change is null ? await ReadAsync(model) : await Everywhere.Value, Plans.ObjectNames.Label(model.Deploy.Namespace ?? model.System), model.Deploy.Edge.Namespace ?? "none");

    private static async Task<(IReadOnlyList<JsonObject> Objects, IReadOnlyList<string> Problems)> MeshAsync(SystemModel model, Func<string, string>? change = null, bool validate = false)
    {
        var read = await MeshFiles.ReadAsync("istio", model, change, validate);
        return (read.All, read.Problems);
    }

    private static SystemModel Model(string system) => system switch
    {
        "everything" => Some.Model(Everything),
        "open" => Some.Model(Everything.Replace("mtls: strict, default-deny: true", "mtls: \"off\"", StringComparison.Ordinal)),
        "permissive" => Some.Model(Everything.Replace("mtls: strict, default-deny: true", "mtls: permissive", StringComparison.Ordinal)),
        "gateway-api" => Some.Model(Everything.Replace("kind: istio, class: ingressgateway", "class: istio", StringComparison.Ordinal).Replace("\", rewrite: /orders, timeout", "\", timeout", StringComparison.Ordinal).Replace(", headers: { X-Version: v2 }, rewrite: /", "", StringComparison.Ordinal)),
        _ => Meshed(MeshFiles.Plain(system)),
    };

    /// <summary>A model with what it needs to be in the mesh.</summary>
    internal static SystemModel Meshed(SystemModel model) => model with
    {
        Mesh = "istio",
        Policies = model.Policies with { Mtls = MtlsMode.Strict, DefaultDeny = true },
        Deploy = model.Deploy with { Edge = model.Deploy.Edge with { Kind = "istio", Class = "ingressgateway", Namespace = "istio-ingress", Host = model.Deploy.Edge.Host ?? "shop.example.com" } },
    };
}
