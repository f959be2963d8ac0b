using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Conway.Artifacts.Tests.Mesh;
using Conway.Model;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>Policies and routes of Linkerd, and whether they decide about requests as the model does.</summary>
public sealed partial class LinkerdTests
{
    private const int Samples = 5000;

    // Where a single word is wrong, few requests are near it.
    private const int SamplesOfAWord = 30_000;

    // Everything that Linkerd decides by: who, method, path; paths of several callers that overlap; and what it can't decide, which is told.
    private const string Everything = """
        conway: 1
        system: shop
        mesh: linkerd
        policies: { mtls: strict, default-deny: true }
        deploy:
          registry: ghcr.io/acme
          version: 1.4.2
          namespace: shop-production
          nodes: 3
          prometheus: monitoring
          telemetry: http://collector.observability:4318
          edge: { class: envoy, host: shop.example.com, namespace: gateway }
          reach: { telemetry: "observability:4318", postgresql: "10.20.0.0/16:5432" }
        services:
          orders:
            command: node a.js
            api: { budget: 2s }
            owns: { orders-db: postgresql }
            uses: [bank]
            calls:
              catalog: { timeout: 300ms, retries: 2, budget: 700ms, only: ["GET /products/**", "POST /reservations", "/a/*/b", "GET /tree/{id}/**"] }
              payments: { timeout: 1500ms, protocol: grpc }
              orders: { balance: round-robin, outlier: { consecutive-5xx: 0 } }
          catalog: { command: node a.js, replicas: 4, health: { path: /alive }, calls: { payments: { retries: 1, only: ["/quotes/**"] } } }
          catalog-next: { command: node a.js, calls: { catalog: { retries: 3, timeout: 400ms, outlier: { consecutive-5xx: 9, base-ejection: 10s }, only: ["/products/admin/**", "GET /a/x/b", "/tree/*/leaf", "PUT /products", "/a/xy/**"] } } }
          payments: { command: node a.js, expose: { as: load-balancer, from: [203.0.113.0/24, "2001:db8::/32"] } }
          agent: { command: node a.js, placement: each-node, calls: { catalog-next: { only: ["/"] } } }
          watcher: { command: node a.js, calls: { catalog: { retries: 1 } } }
          alone: { command: node a.js }
        externals:
          bank: { address: "https://api.bank.example", in: ["198.18.0.0/15:443"] }
        jobs:
          settle: { service: orders, schedule: "0 2 * * *", command: node settle.js }
        gateway:
          routes:
            - { path: "/**", to: agent }
            - { path: "/abc/**", to: orders, methods: [GET, POST], retries: 1 }
            - { path: "/abc", to: catalog-next, methods: [DELETE] }
            - { path: "/api/orders/**", to: orders, rewrite: /orders, timeout: 2500ms }
            - { path: "/api/orders/*/lines", to: orders, methods: [GET], auth: { scopes: [orders.read] }, limit: { rate: 5/s } }
            - { path: "/api/products/**", to: catalog, rewrite: /products, split: { catalog-next: 10% }, methods: [GET, HEAD], retries: 1 }
            - { path: "/only", to: catalog, query: { preview: "1" }, rewrite: /deep/inside, retries: 1 }
            - { path: "/status", to: catalog, host: eu.pay.example.com, methods: [GET], retries: 1 }
            - { path: "/start/**", to: catalog-next, rewrite: /, methods: [GET] }
        """;

    // Read once: what is wrong in these tests is in the resources of the mesh.
    private static readonly Lazy<Task<KubeObjects>> Everywhere = new(() => ReadAsync(Model("everything")));

    public static TheoryData<string> Systems => ["everything", "shop", "large", "cluster", "workloads", "hard", "one", "open", "permissive", "asked"];

    [Theory, MemberData(nameof(Systems))]
    public async Task Every_object_is_valid_and_has_a_name_that_a_cluster_takes(string system)
    {
        var (mesh, problems) = await MeshAsync(Model(system), validate: true);
        Assert.Equal([], problems);
        Assert.All(mesh, one => Assert.Matches("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", Name(one)));
        Assert.Equal(mesh.Count, mesh.Select(one => $"{Kind(one)} {Name(one)}").Distinct().Count());
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Five_thousand_requests_are_decided_as_the_model_reads(string system)
    {
        var model = Model(system);
        var (mesh, cluster) = ((await MeshAsync(model)).Objects, system == "everything" ? await Everywhere.Value : await ReadAsync(model));

        // Whichever of two routes is the older.
        foreach (var isReversed in new[] { false, true })
        {
            var (wrong, answered) = Differences(model, Rules(model, mesh, cluster, isReversed));
            Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join('\n', wrong.Take(8))}");

            // Neither side is won by saying one thing to all.
            Assert.InRange(answered, system is "one" ? 1 : Samples / 100, Samples - (Samples / 20));
        }
    }

    [Theory]
    [InlineData("orders.shop-production.serviceaccount", "nobody.shop-production.serviceaccount")]
    [InlineData("*.gateway.serviceaccount", "*.gateways.serviceaccount")]
    [InlineData("value: /reservations", "value: /reservation")]
    [InlineData("/deep/inside", "/deep")]
    [InlineData("method: POST", "method: PUT")]
    [InlineData("method: DELETE", "method: PATCH")]
    [InlineData("203.0.113.0/24", "192.0.2.0/24")]
    [InlineData("kind: HTTPRoute\n    name", "kind: Server\n    name")]
    [InlineData("kind: Server\n    name: payments", "kind: Server\n    name: orders")]
    [InlineData("kind: AuthorizationPolicy", "kind: ServerAuthorization")]
    [InlineData("port: 8080\n  accessPolicy", "port: 8081\n  accessPolicy")]
    [InlineData("type: Exact", "type: PathPrefix")]
    [InlineData("type: PathPrefix", "type: Exact")]
    [InlineData("[^/%.]", "[^/%]")]
    public async Task A_wrong_word_is_seen(string text, string wrong)
    {
        var (model, found) = (Model("everything"), false);
        var mesh = (await MeshAsync(model, file =>
        {
            found |= file.Contains(text, StringComparison.Ordinal);
            return file.Replace(text, wrong, StringComparison.Ordinal);
        })).Objects;
        Assert.True(found, $"'{text}' is in no file.");
        bool isSeen;
        try
        {
            isSeen = Differences(model, Rules(model, mesh, await Everywhere.Value), SamplesOfAWord, untilOne: true).Wrong.Count > 0;
        }
        catch (InvalidOperationException)
        {
            // A reference to what is not there.
            isSeen = true;
        }

        Assert.True(isSeen);
    }

    [Fact]
    public async Task The_node_is_answered_whether_a_service_has_routes_or_not_and_nobody_else_without_identity()
    {
        var model = Model("everything");
        var rules = Rules(model, (await MeshAsync(model)).Objects, await Everywhere.Value);
        Assert.Equal((200, 403, 403), (rules.StatusOf("catalog", null, "10.9.9.8", "GET", "/alive"), rules.StatusOf("catalog", null, "10.9.9.8", "POST", "/alive"), rules.StatusOf("catalog", null, "10.9.9.8", "GET", "/alive/x")));
        Assert.Equal(403, rules.StatusOf("alone", null, "10.9.9.8", "GET", "/"));
    }

    /// <summary>A request that a wide and a narrow path both match must be in one route for both callers: with two, the older hides what the other caller may do.</summary>
    [Theory]
    [InlineData("GET", "/products/7/price", 200, 200)]
    [InlineData("GET", "/products/7", 200, 403)]
    [InlineData("GET", "/products/7/prices", 200, 403)]
    [InlineData("GET", "/products/7/price/old", 200, 403)]
    [InlineData("POST", "/products/7/price", 403, 403)]
    [InlineData("PUT", "/stock/today/9", 200, 200)]
    [InlineData("PUT", "/stock/today", 200, 403)]
    [InlineData("PUT", "/stock/todays/9", 200, 403)]
    [InlineData("PUT", "/stock/tomorrow/9", 200, 403)]
    public async Task A_narrower_path_of_one_caller_takes_nothing_from_a_wider_one_of_another(string method, string path, int wide, int narrow)
    {
        var model = Some.Model("""
            conway: 1
            system: shop
            mesh: linkerd
            policies: { mtls: strict, default-deny: true }
            deploy: { registry: ghcr.io/acme, version: 1.4.2 }
            services:
              catalog: { command: node a.js }
              wide: { command: node a.js, calls: { catalog: { only: ["GET /products/**", "/stock/**"] } } }
              narrow: { command: node a.js, calls: { catalog: { only: ["GET /products/{id}/price", "/stock/today/{id}"] } } }
            """);
        var (mesh, cluster) = ((await MeshAsync(model)).Objects, await ReadAsync(model));
        foreach (var rules in new[] { Rules(model, mesh, cluster), Rules(model, mesh, cluster, isReversed: true) })
        {
            int Status(string caller) => rules.StatusOf("catalog", $"{caller}.shop.serviceaccount.identity.linkerd.cluster.local", "10.1.1.1", method, path);
            Assert.Equal((wide, narrow), (Status("wide"), Status("narrow")));
        }
    }

    /// <summary>What two readers take for two paths is not let in for who may ask for some only.</summary>
    [Theory]
    [InlineData("/products/../a")]
    [InlineData("/products/%2e%2e/a")]
    [InlineData("/products/.%2E/a")]
    [InlineData("/products/./a")]
    [InlineData("/products//a")]
    [InlineData("/products/x/..")]
    public async Task A_way_up_is_no_way_around(string path)
    {
        var model = Model("everything");
        var rules = Rules(model, (await MeshAsync(model)).Objects, await Everywhere.Value);
        int Status(string name, string asked) => rules.StatusOf("catalog", $"{name}.shop-production.serviceaccount.identity.linkerd.cluster.local", "10.1.1.1", "GET", asked);
        Assert.Equal((403, 200, 200), (Status("orders", path), Status("orders", "/products/...a/b"), Status("watcher", path)));
    }

    [Theory, MemberData(nameof(Systems))]
    public void The_same_model_gives_the_same_bytes_and_every_line_knows_its_rule(string system) => MeshFiles.AreTheSameAgainAndKnowTheirRules("linkerd", Model(system));

    [Theory, MemberData(nameof(Systems))]
    public void Nothing_that_is_generated_has_a_finding_of_the_linter(string system) => MeshFiles.HaveNoFinding("linkerd", Model(system), system == "hard" ? Some.HardFacts : null);

    [Fact]
    public async Task Pods_join_the_mesh_and_nothing_else_of_theirs_changes()
    {
        var (plain, joined) = (await ReadAsync(Model("everything") with { Mesh = null }), await ReadAsync(Model("everything"), validate: true));
        Assert.Equal([], joined.Problems);
        var space = Labels(joined.Of("Namespace").Single()["metadata"]!["annotations"]);
        Assert.Equal(("enabled", "deny"), (space["linkerd.io/inject"], space["config.linkerd.io/default-inbound-policy"]));
        Assert.All(joined.Templates(), one =>
        {
            var annotations = Labels(one.Template["metadata"]!["annotations"]);
            Assert.Equal(("enabled", "true", "100m", "192Mi"), (annotations["linkerd.io/inject"], annotations["config.linkerd.io/proxy-enable-native-sidecar"], annotations["config.linkerd.io/proxy-cpu-request"], annotations["config.linkerd.io/proxy-memory-limit"]));
        });
        Assert.Equal(plain.Templates().Select(one => one.Template["spec"]!.ToJsonString()), joined.Templates().Select(one => one.Template["spec"]!.ToJsonString()));

        // Each policy lets its pods reach the control plane, and pods each other by the proxy's port too; from outside the service's port alone.
        static int[] Ports(JsonNode? rule) => [.. rule!["ports"]!.AsArray().Select(port => port!["port"]!.GetValue<int>())];
        var policies = joined.Of("NetworkPolicy").Where(one => Name(one) != "default-deny").ToArray();
        Assert.All(policies, one => Assert.Contains(one["spec"]!["egress"]!.AsArray(), rule => Ports(rule).SequenceEqual([8080, 8086, 8090]) && rule!["to"]!.ToJsonString().Contains("\"kubernetes.io/metadata.name\":\"linkerd\"", StringComparison.Ordinal)));
        Assert.All(policies.SelectMany(one => one["spec"]!["ingress"]!.AsArray()), rule => Assert.Equal(rule!["from"]!.ToJsonString() is var from && from.Contains("ipBlock", StringComparison.Ordinal) ? [8080] : from.Contains("monitoring", StringComparison.Ordinal) ? [4191] : new[] { 8080, 4143 }, Ports(rule)));

        // The quota has room for the proxies.
        int Number(KubeObjects objects, string key) => int.Parse(Regex.Match(objects.Of("ResourceQuota").Single()["spec"]!["hard"]![key]!.GetValue<string>(), "^[0-9]+").Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(Number(plain, "limits.memory") + (192 * Number(plain, "pods")), Number(joined, "limits.memory"));
    }

    [Theory, InlineData("helm"), InlineData("kustomize")]
    public Task The_chart_and_the_overlay_give_the_same_pods_of_a_mesh(string target) => MeshFiles.AreRenderedAlikeAsync(target, Model("everything"), Model("permissive"));

    /// <summary>The most patient and the one that tries least decide for all, and only what may be repeated is tried again.</summary>
    [Fact]
    public async Task Limits_are_those_of_the_most_patient()
    {
        var model = Model("everything");
        var (mesh, cluster) = ((await MeshAsync(model)).Objects, await Everywhere.Value);
        foreach (var rules in new[] { Rules(model, mesh, cluster), Rules(model, mesh, cluster, isReversed: true) })
        {
            var (none, keyed) = (new Dictionary<string, string>(), new Dictionary<string, string> { ["Idempotency-Key"] = "k" });
            Assert.Equal("retry http gateway-error retry limit 1 retry timeout 30s timeout request 60s", rules.LimitsOf("catalog", "GET", none));
            Assert.Equal(rules.LimitsOf("catalog", "GET", none), rules.LimitsOf("catalog", "POST", keyed));
            Assert.Equal("timeout request 60s", rules.LimitsOf("catalog", "POST", none));
            Assert.Equal("timeout request 60s", rules.LimitsOf("payments", "GET", none));
            Assert.Equal("none", rules.LimitsOf("alone", "GET", none));
        }

        var annotations = Labels(cluster.Of("Service").Single(one => Name(one) == "catalog")["metadata"]!["annotations"]);
        Assert.Equal(("consecutive", "9", "10s"), (annotations["balancer.linkerd.io/failure-accrual"], annotations["balancer.linkerd.io/failure-accrual-consecutive-max-failures"], annotations["balancer.linkerd.io/failure-accrual-consecutive-min-penalty"]));
        Assert.DoesNotContain("balancer.linkerd.io/failure-accrual", cluster.Of("Service").Single(one => Name(one) == "orders").ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_does_not_say_is_told()
    {
        var said = Some.Written("linkerd", Model("everything"))["linkerd/not-said.txt"];
        Assert.All(new[]
        {
            "gateway.routes[4].auth: The route '/api/orders/*/lines' asks for no token", "gateway.routes[4].limit: ", "services.orders.calls.catalog.budget: ", "services.orders.calls.catalog.timeout: ", "services.orders.calls.catalog.retries: 'orders' tries 1 times more",
            "services.catalog-next.calls.catalog.outlier: ", "services.orders.calls.orders.balance: ", "services.orders.calls.catalog.only: Anybody", "services.payments.expose: ", "mesh: Linkerd reads a path as it is sent",
        }, text => Assert.Contains($"\n{text}", said.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("deploy.mesh.revision", said.Text, StringComparison.Ordinal);
        Assert.Contains("\ndeploy.mesh.revision: Linkerd has one control plane", Some.Written("linkerd", Some.Model(Everything.Replace("  nodes: 3", "  nodes: 3\n  mesh: { revision: canary }", StringComparison.Ordinal)))["linkerd/not-said.txt"].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mesh: linkerd", "mesh: none", "CW1911 The system is in no mesh of this kind: 'mesh' is 'none'.")]
    [InlineData("mtls: strict", "mtls: \"off\"", "CW1915 The mesh does not ask who calls: without TLS between services nobody can prove who he is.")]
    [InlineData("namespace: gateway", "namespace: shop-production", "CW1911 The gateway's pods run in the namespace of the system, so every service there would be let in as the gateway is.")]
    [InlineData("\"/quotes/**\"", "\"/quo*\"", "CW1911 '/quo*' can't be matched: '*' stands for a whole segment.")]
    public void What_is_missing_is_told(string from, string to, string said) =>
        Assert.Contains(said, ArtifactCatalog.Find("linkerd")!.Generate(Some.Model(Everything.Replace(from, to, StringComparison.Ordinal)), null, new BuildFacts()).Findings.Select(finding => finding.ToString()));

    [Fact]
    public void Five_hundred_services_have_a_file_each_and_twice_as_many_say_twice_as_much()
    {
        var (large, half) = (Some.Written("linkerd", Meshed(Some.Large(500))), Some.Written("linkerd", Meshed(Some.Large(250))));
        Assert.All(Enumerable.Range(0, 500), i => Assert.Contains($"s{i}\n", large["linkerd/s" + i + ".yaml"].Text, StringComparison.Ordinal));
        Assert.Equal(250, large.Count - half.Count);

        // What everybody is told of everybody grows by four; how long it takes is measured by benchmarks/generate.
        Assert.InRange(large.Values.Sum(file => (double)file.Text.Length) / half.Values.Sum(file => file.Text.Length), 1.8, 2.4);
    }

    private static (List<string> Wrong, int Answered) Differences(SystemModel model, LinkerdRules rules, int samples = Samples, bool untilOne = false)
    {
        // Tokens and shares are no matter of Linkerd's, and which route a request takes is the gateway's: whomever it leads to lets it in.
        var read = model with { Gateway = model.Gateway with { Routes = [.. model.Gateway.Routes.Select(route => route with { Auth = null })] } };
        var (reading, requests, wrong, answered) = (new ModelReading(read), new SampledRequests(model, [.. rules.Workloads], 7), new List<string>(), 0);
        var edge = $"gateway.{model.Deploy.Edge.Namespace}.serviceaccount.identity.linkerd.cluster.local";
        for (var i = 0; i < samples && !(untilOne && wrong.Count > 0); i++)
        {
            var asked = requests.Next();
            var meant = reading.Decide(asked);
            answered += meant.Answers.Count > 0 ? 1 : 0;
            if (asked.From == Asked.Outside)
            {
                var isFirst = asked.Method == "OPTIONS" && asked.Headers.ContainsKey("Access-Control-Request-Method");
                wrong.AddRange(isFirst ? [] : meant.Answers.Where(answer => answer.Split(' ') is var words && rules.StatusOf(words[0], edge, "10.9.9.9", asked.Method, words[2]) != 200).Select(answer => $"{asked}\n  does not reach {answer}"));
                continue;
            }

            // A path that is not written as every reader takes it may be refused to who may ask for some only, and must not be let in where the model refuses.
            var (is_, should) = (rules.Decide(asked).ToString(), Within().Replace(meant.ToString(), ""));
            var isPlain = asked.Path == IstioRules.Normal(asked.Path) && !asked.Path.Contains("//", StringComparison.Ordinal);
            if (is_ != should && (isPlain || is_ != Decided.Refused.ToString()))
            {
                wrong.Add($"{asked}\n  is    {is_}\n  meant {should}");
            }
        }

        return (wrong, answered);
    }

    private static LinkerdRules Rules(SystemModel model, IReadOnlyList<JsonObject> mesh, KubeObjects cluster, bool isReversed = false) =>
        new(mesh, cluster, Plans.ObjectNames.Label(model.Deploy.Namespace ?? model.System), model.Deploy.Edge.Namespace ?? "none", isReversed);

    private static async Task<(IReadOnlyList<JsonObject> Objects, IReadOnlyList<string> Problems)> MeshAsync(SystemModel model, Func<string, string>? change = null, bool validate = false)
    {
        var read = await MeshFiles.ReadAsync("linkerd", model, change, validate);
        return (read.All, read.Problems);
    }

    private static SystemModel Model(string system) => system switch
    {
        "everything" => Some.Model(Everything),
        "open" => Some.Model(Everything.Replace("mtls: strict, default-deny: true", "mtls: \"off\"", StringComparison.Ordinal)),
        "permissive" => Some.Model(Everything.Replace("mtls: strict, default-deny: true", "mtls: permissive", StringComparison.Ordinal)),
        "asked" => Some.Model(Everything.Replace("mtls: strict, default-deny: true", "mtls: permissive, default-deny: true", StringComparison.Ordinal)),
        _ => Meshed(MeshFiles.Plain(system)),
    };

    /// <summary>A model with what it needs to be in the mesh.</summary>
    internal static SystemModel Meshed(SystemModel model) => model with
    {
        Mesh = "linkerd",
        Policies = model.Policies with { Mtls = MtlsMode.Strict, DefaultDeny = true },
        Deploy = model.Deploy with { Edge = model.Deploy.Edge with { Kind = "gateway-api", Class = "envoy", Namespace = "gateway", Host = model.Deploy.Edge.Host ?? "shop.example.com" } },
    };

    [GeneratedRegex(" within .*$")]
    private static partial Regex Within();
}
