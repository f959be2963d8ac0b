using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Conway.Artifacts.Tests.Mesh;
using Conway.Model;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>Entries of Consul's mesh, and whether they decide about requests as the model does.</summary>
public sealed class ConsulTests
{
    private const int Samples = 5000;

    // Where a single word is wrong, few requests are near it.
    private const int SamplesOfAWord = 30_000;

    // Everything that Consul's mesh decides by: who, method, path; and what it can't, which is told.
    private const string Everything = """
        conway: 1
        system: shop
        mesh: consul
        policies: { mtls: strict, default-deny: true }
        deploy:
          registry: ghcr.io/acme
          version: 1.4.2
          namespace: shop-production
          nodes: 3
          prometheus: monitoring
          telemetry: http://collector.observability:4318
          edge: { class: consul, host: shop.example.com, namespace: consul-gateway }
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
          catalog: { command: node a.js, replicas: 4, calls: { payments: { retries: 1, only: ["/quotes/**"] } } }
          catalog-next: { command: node a.js, calls: { catalog: { retries: 3, timeout: 400ms } } }
          payments: { command: node a.js, expose: { as: load-balancer, from: [203.0.113.0/24, "2001:db8::/32"] } }
          agent: { command: node a.js, placement: each-node }
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
            - { path: "/api/products/**", to: catalog, split: { catalog-next: 10% } }
            - { path: "/only", to: catalog, query: { preview: "1" }, rewrite: /deep/inside }
            - { path: "/status", to: catalog, host: eu.pay.example.com, methods: [GET] }
        """;

    // Read once: what is wrong in these tests is in the entries.
    private static readonly Lazy<Task<KubeObjects>> Everywhere = new(() => ReadAsync(Model("everything")));

    public static TheoryData<string> Systems => ["everything", "shop", "large", "cluster", "workloads", "hard", "one", "open", "permissive", "asked"];

    [Theory, MemberData(nameof(Systems))]
    public async Task Every_entry_keeps_to_the_fields_of_its_kind_and_is_one_for_its_service(string system)
    {
        var entries = await EntriesAsync(Model(system));
        Assert.Equal([], entries.SelectMany(ConsulFields.Unknown));
        Assert.All(entries, one => Assert.Matches("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", Name(one)));
        Assert.Equal(entries.Count, entries.Select(one => $"{Kind(one)} {Name(one)}").Distinct().Count());
        Assert.All(entries.Where(one => Kind(one) == "ServiceIntentions"), one =>
        {
            Assert.Equal(Name(one), one["spec"]!["destination"]!["name"]!.GetValue<string>());
            var sources = one["spec"]!["sources"]!.AsArray();
            Assert.Equal(sources.Count, sources.Select(source => source!["name"]!.GetValue<string>()).Distinct().Count());
            Assert.Equal("{\"name\":\"*\",\"action\":\"deny\"}", sources[^1]!.ToJsonString());
            Assert.All(sources.SelectMany(source => source!["permissions"]?.AsArray() ?? []), permission => Assert.Single(permission!["http"]!.AsObject(), field => field.Key.StartsWith("path", StringComparison.Ordinal)));
        });
        Assert.Equal("mesh", Name(Assert.Single(entries, one => Kind(one) == "Mesh")));
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Five_thousand_requests_are_decided_as_the_model_reads(string system)
    {
        var model = Model(system);
        var entries = await EntriesAsync(model);
        var cluster = system == "everything" ? await Everywhere.Value : await ReadAsync(model);

        // Whatever Consul says where no intention does.
        foreach (var isAllowedByDefault in new[] { false, true })
        {
            var (wrong, answered) = Differences(model, Rules(model, entries, cluster, isAllowedByDefault));
            Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join('\n', wrong.Take(8))}");

            // Neither side is won by saying one thing to all.
            Assert.InRange(answered, system is "one" ? 1 : Samples / 100, Samples - (Samples / 20));
        }
    }

    /// <summary>All four rows of Consul's table: the higher row decides, whatever the lower says, and of two alike the one that refuses.</summary>
    [Theory]
    [InlineData("web", "api", "*", "api")]
    [InlineData("*", "api", "web", "*")]
    [InlineData("web", "*", "*", "*")]
    [InlineData("web", "api", "web", "*")]
    [InlineData("web", "api", "*", "*")]
    [InlineData("*", "api", "*", "*")]
    public void The_higher_row_decides(string from, string to, string lowerFrom, string lowerTo)
    {
        bool Says(params (string From, string To, string Action)[] rows) => new ConsulRules([.. rows.Select(row => Intention(row.From, row.To, row.Action))], null, "edge").Receives("api", "web", "GET", "/", new Dictionary<string, string>());
        Assert.True(Says((lowerFrom, lowerTo, "deny"), (from, to, "allow")));
        Assert.False(Says((lowerFrom, lowerTo, "allow"), (from, to, "deny")));
        Assert.True(Says((from, to, "allow")));
        Assert.False(Says((from, to, "deny")));
        Assert.False(Says((from, to, "allow"), (from, to, "deny")));
        Assert.False(Says((from, to, "deny"), (from, to, "allow")));
        Assert.False(Says(("other", "api", "allow"), ("web", "other", "allow")));
    }

    [Theory]
    [InlineData("/a", true)]
    [InlineData("/a/b", false)]
    [InlineData("/b", null)]
    public void The_first_permission_that_matches_decides_and_where_none_does_the_default(string path, bool? said)
    {
        var one = Intention("web", "api", "");
        one["spec"]!["sources"]![0]!.AsObject().Remove("action");
        one["spec"]!["sources"]![0]!["permissions"] = JsonNode.Parse("""[{ "action": "deny", "http": { "pathPrefix": "/a/" } }, { "action": "allow", "http": { "pathPrefix": "/a" } }, { "action": "deny", "http": { "pathPrefix": "/a" } }]""");
        foreach (var isAllowed in new[] { true, false })
        {
            Assert.Equal(said ?? isAllowed, new ConsulRules([one, Intention("*", "api", "deny")], null, "edge", isAllowed).Receives("api", "web", "GET", path, new Dictionary<string, string>()));
        }
    }

    [Theory]
    [InlineData("- name: orders\n      permissions", "- name: nobody\n      permissions")]
    [InlineData("- name: settle-job", "- name: settled-job")]
    [InlineData("- name: shop\n", "- name: shops\n")]
    [InlineData("pathPrefix: /products/", "pathPrefix: /products")]
    [InlineData("pathExact: /reservations", "pathExact: /reservation")]
    [InlineData("pathPrefix: /orders/", "pathPrefix: /order/")]
    [InlineData("pathExact: /deep/inside", "pathExact: /deep")]
    [InlineData("/a/[^/]+/b", "/a/[^/]+/c")]
    [InlineData("- POST", "- PUT")]
    [InlineData("action: deny", "action: allow")]
    [InlineData("\"*\"", "orders")]
    [InlineData("mutualTLSMode: permissive", "mutualTLSMode: strict")]
    [InlineData("allowEnablingPermissiveMutualTLS: true", "allowEnablingPermissiveMutualTLS: false")]
    [InlineData("requestTimeout: 1600ms", "requestTimeout: 700ms")]
    [InlineData("numRetries: 2", "numRetries: 3")]
    [InlineData("- connect-failure", "- reset")]
    [InlineData("name: idempotency-key", "name: idempotent")]
    [InlineData("- DELETE", "- PATCH")]
    public async Task A_wrong_word_is_seen(string text, string wrong)
    {
        var (model, found) = (Model("everything"), false);
        var entries = await EntriesAsync(model, file =>
        {
            found |= file.Contains(text, StringComparison.Ordinal);
            return file.Replace(text, wrong, StringComparison.Ordinal);
        });
        Assert.True(found, $"'{text}' is in no file.");
        Assert.NotEmpty(Differences(model, Rules(model, entries, await Everywhere.Value), SamplesOfAWord, untilOne: true).Wrong);
    }

    [Fact]
    public async Task Another_order_is_seen()
    {
        var model = Model("everything");
        foreach (var (kind, list) in new[] { ("ServiceRouter", "routes"), ("ServiceIntentions", "permissions") })
        {
            var entries = await EntriesAsync(model);
            var lists = entries.Where(one => Kind(one) == kind).SelectMany(one => list == "routes" ? [one["spec"]![list]!.AsArray()] : one["spec"]!["sources"]!.AsArray().Select(source => source![list]?.AsArray()).OfType<JsonArray>());
            foreach (var one in lists.Where(one => one.Count > 1))
            {
                var last = one[^1]!;
                one.RemoveAt(one.Count - 1);
                one.Insert(0, last);
            }

            Assert.NotEmpty(Differences(model, Rules(model, entries, await Everywhere.Value), SamplesOfAWord, untilOne: true).Wrong);
        }
    }

    [Theory, MemberData(nameof(Systems))]
    public void The_same_model_gives_the_same_bytes_and_every_line_knows_its_rule(string system) => MeshFiles.AreTheSameAgainAndKnowTheirRules("consul", Model(system));

    [Theory, MemberData(nameof(Systems))]
    public void Nothing_that_is_generated_has_a_finding_of_the_linter(string system) => MeshFiles.HaveNoFinding("consul", Model(system), system == "hard" ? Some.HardFacts : null);

    [Fact]
    public async Task Pods_join_the_mesh_and_may_reach_each_other_by_their_proxies_alone()
    {
        var (plain, joined) = (await ReadAsync(Model("everything") with { Mesh = null }), await ReadAsync(Model("everything"), validate: true));
        Assert.Equal([], joined.Problems);
        Assert.Equal("true", Labels(joined.Of("Namespace").Single()["metadata"]!["labels"])["consul.hashicorp.com/transparent-proxy"]);
        Assert.All(joined.Templates(), one =>
        {
            var annotations = Labels(one.Template["metadata"]!["annotations"]);
            Assert.All(new[] { "connect-inject", "enable-consul-dataplane-as-sidecar", "transparent-proxy", "transparent-proxy-overwrite-probes", "enable-metrics" }, name => Assert.Equal("true", annotations[$"consul.hashicorp.com/{name}"]));
            Assert.Equal(("100m", "192Mi", "20200"), (annotations["consul.hashicorp.com/sidecar-proxy-cpu-request"], annotations["consul.hashicorp.com/sidecar-proxy-memory-limit"], annotations["consul.hashicorp.com/prometheus-scrape-port"]));

            // The injector looks for the token of the account at this path, in any container.
            var spec = one.Template["spec"]!;
            var mount = Assert.Single(spec["containers"]![0]!["volumeMounts"]!.AsArray(), mount => mount!["mountPath"]!.GetValue<string>() == "/var/run/secrets/kubernetes.io/serviceaccount")!;
            Assert.Equal("token", spec["volumes"]!.AsArray().Single(volume => volume!["name"]!.GetValue<string>() == mount["name"]!.GetValue<string>())!["projected"]!["sources"]![0]!["serviceAccountToken"]!["path"]!.GetValue<string>());

            // Nobody may be the user of the proxy.
            Assert.NotEqual(5995, spec["securityContext"]!["runAsUser"]!.GetValue<int>());
        });

        // From pods the proxy's port, from addresses beyond the cluster that of the service; to Consul's servers; and what the proxy counts for Prometheus.
        var policies = joined.Of("NetworkPolicy").Where(one => Name(one) != "default-deny").ToArray();
        static IEnumerable<int> Ports(JsonNode? rule) => rule!["ports"]!.AsArray().Select(port => port!["port"]!.GetValue<int>());
        static bool IsAny(JsonNode? rule, string direction, string kind) => rule![direction]!.AsArray().Any(peer => peer![kind] is not null);
        Assert.All(policies.SelectMany(one => one["spec"]!["ingress"]!.AsArray()), rule => Assert.Equal(IsAny(rule, "from", "ipBlock") ? [8080] : rule!["from"]!.ToJsonString().Contains("monitoring", StringComparison.Ordinal) ? [20200] : new[] { 20000 }, Ports(rule)));
        Assert.All(policies.SelectMany(one => one["spec"]!["egress"]!.AsArray()).Where(rule => rule!["to"]!.AsArray().All(peer => peer!["podSelector"] is not null && peer["namespaceSelector"] is null)), rule => Assert.Equal([20000], Ports(rule)));
        Assert.All(policies, one => Assert.Contains(one["spec"]!["egress"]!.AsArray(), rule => Ports(rule).SequenceEqual([8500, 8501, 8502]) && rule!["to"]!.ToJsonString().Contains("\"kubernetes.io/metadata.name\":\"consul\"", StringComparison.Ordinal)));
        Assert.Equal(policies.Length - 1, policies.Count(one => one["spec"]!["ingress"]!.AsArray().Any(rule => Ports(rule).Contains(20200))));

        // Consul knows no pod by two names, and the job by its own.
        Assert.Equal("true", Labels(joined.Of("Service").Single(one => Name(one) == "payments-outside")["metadata"]!["labels"])["consul.hashicorp.com/service-ignore"]);
        Assert.Equal("settle-job", joined.Of("CronJob").Single()["spec"]!["jobTemplate"]!["spec"]!["template"]!["spec"]!["serviceAccountName"]!.GetValue<string>());

        // The quota has room for the proxies.
        int Number(KubeObjects objects, string key) => int.Parse(Regex.Match(objects.Of("ResourceQuota").Single()["spec"]!["hard"]![key]!.GetValue<string>(), "^[0-9]+").Value, CultureInfo.InvariantCulture);
        Assert.Equal((Number(plain, "requests.cpu") + (100 * Number(plain, "pods")), Number(plain, "limits.memory") + (192 * Number(plain, "pods"))), (Number(joined, "requests.cpu"), Number(joined, "limits.memory")));

        // Who is asked nothing comes by either port.
        var open = await ReadAsync(Model("open"));
        Assert.Contains(open.Of("NetworkPolicy").Single(one => Name(one) == "catalog")["spec"]!["ingress"]!.AsArray(), rule => Ports(rule).SequenceEqual([8080, 20000]));
    }

    [Theory, InlineData("helm"), InlineData("kustomize")]
    public Task The_chart_and_the_overlay_give_the_same_pods_of_a_mesh(string target) => MeshFiles.AreRenderedAlikeAsync(target, Model("everything"), Model("workloads"));

    [Fact]
    public async Task What_the_model_says_stands_in_the_entries()
    {
        var entries = await EntriesAsync(Model("everything"));
        JsonNode One(string kind, string name) => entries.Single(one => Kind(one) == kind && Name(one) == name)["spec"]!;
        Assert.Equal(("http", "http2", "http"), (One("ServiceDefaults", "orders")["protocol"]!.GetValue<string>(), One("ServiceDefaults", "payments")["protocol"]!.GetValue<string>(), One("ServiceDefaults", "alone")["protocol"]!.GetValue<string>()));
        Assert.Equal(("strict", "permissive"), (One("ServiceDefaults", "orders")["mutualTLSMode"]!.GetValue<string>(), One("ServiceDefaults", "payments")["mutualTLSMode"]!.GetValue<string>()));
        Assert.StartsWith(
            "[{\"name\":\"catalog\",\"passiveHealthCheck\":{\"interval\":\"10s\",\"maxFailures\":5,\"enforcingConsecutive5xx\":100,\"maxEjectionPercent\":10,\"baseEjectionTime\":\"30s\"}},{\"name\":\"orders\",\"passiveHealthCheck\":{\"enforcingConsecutive5xx\":0}},",
            One("ServiceDefaults", "orders")["upstreamConfig"]!["overrides"]!.ToJsonString());
        Assert.Equal("{\"connectTimeout\":\"1s\",\"loadBalancer\":{\"policy\":\"least_request\"}}", One("ServiceResolver", "catalog").ToJsonString());
        Assert.Equal("least_request", One("ServiceResolver", "catalog-next")["loadBalancer"]!["policy"]!.GetValue<string>());
        Assert.Equal("round_robin", One("ServiceResolver", "orders")["loadBalancer"]!["policy"]!.GetValue<string>());

        // The proxy of the callee waits no shorter than anybody who asks: a route, two attempts of it, or a caller.
        Assert.Equal((4000, 30000), (One("ServiceDefaults", "orders")["localRequestTimeoutMs"]!.GetValue<int>(), One("ServiceDefaults", "alone")["localRequestTimeoutMs"]!.GetValue<int>()));
        Assert.Equal("[{\"name\":\"*\",\"action\":\"deny\"}]", One("ServiceIntentions", "alone")["sources"]!.ToJsonString());
        Assert.DoesNotContain(entries, one => Kind(one) is "ServiceRouter" or "ServiceResolver" && Name(one) == "alone");
    }

    [Theory]
    [InlineData("\nmesh: Consul has one set of names")]
    [InlineData("\nservices.orders.calls.catalog.budget: 'orders' waits as long as the most patient caller of 'catalog', 1600ms.")]
    [InlineData("\nservices.orders.calls.catalog.timeout: One attempt has no limit of its own")]
    [InlineData("\nservices.catalog-next.calls.catalog.retries: 'catalog-next' tries 2 times more")]
    [InlineData("\nservices.catalog.calls.payments.protocol: Arrives at 'payments' as HTTP/2")]
    [InlineData("\nservices.orders.calls.catalog.balance: Latency does not count")]
    [InlineData("\nservices.payments.expose: What comes without TLS is asked nothing")]
    [InlineData("\nservices.agent.placement: ")]
    [InlineData("\ngateway.routes[4].auth: The route '/api/orders/*/lines' asks for no token")]
    [InlineData("\ngateway.routes[4].limit: ")]
    [InlineData("\ngateway.routes[6].rewrite: Consul's gateway does not rewrite the whole path '/only'")]
    [InlineData("\ngateway.routes[1].retries: The route '/abc/**' is tried once.")]
    public void What_it_does_not_say_is_told(string said) =>
        Assert.Contains(said, Some.Written("consul", Model("everything"))["consul/not-said.txt"].Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("mesh: consul", "mesh: none", "CW1911 The system is in no mesh of this kind: 'mesh' is 'none'.")]
    [InlineData("mtls: strict", "mtls: \"off\"", "CW1915 The mesh does not ask who calls: without TLS between services nobody can prove who he is.")]
    [InlineData("system: shop", "system: alone", "CW1911 Consul would know the gateway as 'alone', and that is the name of a service.")]
    [InlineData("\"/quotes/**\"", "\"/quo*\"", "CW1911 '/quo*' can't be matched: '*' stands for a whole segment.")]
    [InlineData("path: \"/abc\"", "path: \"/**/abc\"", "CW1911 The path '/**/abc' can't be matched: '**' may stand only at its end.")]
    public void What_is_missing_is_told(string from, string to, string said) =>
        Assert.Contains(said, ArtifactCatalog.Find("consul")!.Generate(Some.Model(Everything.Replace(from, to, StringComparison.Ordinal)), null, new BuildFacts()).Findings.Select(finding => finding.ToString()));

    [Fact]
    public void Five_hundred_services_have_a_file_each_and_twice_as_many_say_twice_as_much()
    {
        var (large, half) = (Some.Written("consul", Meshed(Some.Large(500))), Some.Written("consul", Meshed(Some.Large(250))));
        Assert.All(Enumerable.Range(0, 500), i => Assert.Contains($"s{i}\n", large["consul/s" + i + ".yaml"].Text, StringComparison.Ordinal));
        Assert.Equal(250, large.Count - half.Count);

        // What everybody is told of everybody grows by four; how long it takes is measured by benchmarks/generate.
        Assert.InRange(large.Values.Sum(file => (double)file.Text.Length) / half.Values.Sum(file => file.Text.Length), 1.8, 2.4);
    }

    private static JsonObject Intention(string from, string to, string action) =>
        JsonNode.Parse($$"""{ "kind": "ServiceIntentions", "spec": { "destination": { "name": "{{to}}" }, "sources": [{ "name": "{{from}}", "action": "{{action}}" }] } }""")!.AsObject();

    private static (List<string> Wrong, int Answered) Differences(SystemModel model, ConsulRules rules, int samples = Samples, bool untilOne = false)
    {
        // What Consul does not say is taken out of what is read, and tested to be told: tokens of routes.
        var told = model with { Gateway = model.Gateway with { Routes = [.. model.Gateway.Routes.Select(route => route with { Auth = null })] } };
        var (reading, requests, wrong, answered) = (new ModelReading(told), new SampledRequests(told, [.. rules.Workloads], 7), new List<string>(), 0);
        for (var i = 0; i < samples && !(untilOne && wrong.Count > 0); i++)
        {
            var asked = requests.Next();
            var meant = reading.Decide(asked);
            answered += meant.Answers.Count > 0 ? 1 : 0;
            if (asked.From == Asked.Outside)
            {
                // Which route it takes is said by the Gateway API. Whomever a route leads to lets it in; what a browser asks first is not led anywhere there.
                var isFirst = asked.Method == "OPTIONS" && asked.Headers.ContainsKey("Access-Control-Request-Method");
                wrong.AddRange(isFirst ? [] : meant.Answers.Where(answer => answer.Split(' ') is var words && !rules.Receives(words[0], ConsulEdge(model), asked.Method, words[2], asked.Headers)).Select(answer => $"{asked}\n  does not reach {answer}"));
                continue;
            }

            var (is_, should) = (rules.Decide(asked).ToString(), Told(model, asked, meant).ToString());
            if (is_ != should)
            {
                wrong.Add($"{asked}\n  is    {is_}\n  meant {should}");
            }
        }

        return (wrong, answered);
    }

    /// <summary>What is kept at the callee for all of its callers together, as the page says: the longest time, the fewest attempts, and none for one alone.</summary>
    private static Decided Told(SystemModel model, Asked asked, Decided meant)
    {
        if (meant.Answers is not [var answer] || answer.IndexOf(" within ", StringComparison.Ordinal) is var at && at < 0)
        {
            return meant;
        }

        var calls = model.Services.SelectMany(service => service.Value.Calls.Where(call => ModelReading.Label(call.Key) == asked.To).Select(call => (service.Value.Api.Budget, Call: call.Value))).ToArray();
        var longest = calls.Max(one => one.Call.Budget ?? (one.Call.Timeout ?? one.Budget ?? TimeSpan.FromSeconds(30)) * (one.Call.Retries + 1));
        var (fewest, isAgain) = (calls.Min(one => one.Call.Retries), asked.Method is "GET" or "HEAD" or "OPTIONS" or "PUT" or "DELETE" or "TRACE" || asked.Headers.ContainsKey("Idempotency-Key"));
        var time = longest.TotalMilliseconds % 1000 == 0 ? $"{longest.TotalSeconds}s" : $"{longest.TotalMilliseconds}ms";
        var limits = fewest > 0 && isAgain ? $"{fewest} connect-failure,refused-stream,reset,gateway-error,unavailable" : "2 connect-failure,refused-stream";

        // Of a single caller that is what the model says of its call, but for the time of one attempt.
        Assert.True(calls.Length > 1 || answer[at..] == Regex.Replace(answer[at..], "^ within .*? [0-9]+(x[0-9a-z]+) .*$", match => $" within {time} {limits.Replace(" ", match.Groups[1].Value + " ", StringComparison.Ordinal)}"));
        return new([$"{answer[..at]} within {time} {limits}"]);
    }

    private static ConsulRules Rules(SystemModel model, IReadOnlyList<JsonObject> entries, KubeObjects cluster, bool isAllowedByDefault = false) =>
        new(entries, cluster, ConsulEdge(model), isAllowedByDefault, model.Policies.Mtls == MtlsMode.Off || (model.Policies.Mtls == MtlsMode.Permissive && !model.Policies.DefaultDeny));

    // Consul knows its gateway by the name of the Gateway.
    private static string ConsulEdge(SystemModel model) => Plans.ObjectNames.Label(model.System);

    private static async Task<IReadOnlyList<JsonObject>> EntriesAsync(SystemModel model, Func<string, string>? change = null) => (await MeshFiles.ReadAsync("consul", model, change)).All;

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
        Mesh = "consul",
        Policies = model.Policies with { Mtls = MtlsMode.Strict, DefaultDeny = true },
        Deploy = model.Deploy with { Edge = model.Deploy.Edge with { Kind = "gateway-api", Class = "consul", Namespace = "consul-gateway", Host = model.Deploy.Edge.Host ?? "shop.example.com" } },
    };
}
