using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Conway.Artifacts.Tests.Mesh;
using Conway.Model;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>The way in by the Gateway API, and whether it decides about requests as the model does.</summary>
public sealed class GatewayApiTests
{
    private const int Samples = 5000;

    // What the routes of a mesh do not have: methods of a rewritten beginning, each thing that one match has more than another, matches alike, a slash at the end.
    private const string More = """

            - { path: "/many/**", to: orders, methods: [GET, PUT], rewrite: /less }
            - { path: "/many/**", to: catalog, rewrite: /all/ }
            - { path: "/many/**", to: payments, headers: { X-Version: v2 }, split: { catalog: 25% } }
            - { path: "/many/**", to: catalog-next, query: { preview: "1" }, timeout: 90ms }
            - { path: "/alike/**", to: catalog, headers: { X-Version: v2 }, rewrite: /one }
            - { path: "/alike/**", to: catalog, headers: { X-Other: x }, rewrite: /other }
            - { path: "/old/**", to: orders, query: { preview: "1" } }
            - { path: "/old/**", to: catalog, query: { also: "1" } }
            - { path: "/exact", to: orders, methods: [GET, POST], rewrite: /new/ }
            - { path: "/to-nothing", to: orders, rewrite: / }
        """;

    private static readonly Lazy<Task<KubeObjects>> Everything = new(() => ReadAsync(Model("everything")));

    public static TheoryData<string> Systems => ["everything", "shop", "large", "cluster", "workloads", "hard", "one", "istio", "consul", "linkerd"];

    [Theory, MemberData(nameof(Systems))]
    public async Task Five_thousand_requests_are_led_as_the_model_reads(string system)
    {
        var model = Model(system);
        var (rules, reading, told, wrong) = (new GatewayApiRules((system == "everything" ? await Everything.Value : await ReadAsync(model)).All), new ModelReading(model), Told(model), new List<string>());
        var (answered, open) = (0, 0);
        foreach (var asked in Requests(model).Take(Samples))
        {
            var (decided, meant) = (rules.Decide(asked, 443).Select(one => one.ToString()).Distinct().ToArray(), reading.EnterOnce(asked));
            answered += meant.Answers.Count > 0 ? 1 : 0;
            open += decided.Length > 1 ? 1 : 0;

            // Where controllers may differ, that is told of a route that takes the request, and one of them does what the model says.
            if (!decided.Contains(meant.ToString()) || (decided.Length > 1 && !reading.IsTakenBy(told, asked)))
            {
                wrong.Add($"{asked}\n  is    {string.Join("\n  or    ", decided)}\n  meant {meant}");
            }

            var plain = rules.Decide(asked, 80).Select(one => one.ToString()).Distinct().Single();
            if (plain != (IsKnown(model, asked.Host) ? $"301 https://{asked.Host}{asked.Path}" : "refused"))
            {
                wrong.Add($"{asked}\n  is without TLS {plain}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join('\n', wrong.Take(8))}");
        if (model.Gateway.Routes.Count == 0)
        {
            Assert.Empty(rules.Routes);
            return;
        }

        Assert.InRange(answered, Samples / 100, Samples - (Samples / 100));
        Assert.InRange(open, told.Count == 0 ? 0 : 1, told.Count == 0 ? 0 : Samples / 2);
    }

    [Theory]
    [InlineData("\"weight\":90", "\"weight\":80")]
    [InlineData("\"weight\":8725", "\"weight\":8825")]
    [InlineData("\"type\":\"Exact\",\"value\":\"/status\"", "\"type\":\"PathPrefix\",\"value\":\"/status\"")]
    [InlineData("\"type\":\"PathPrefix\",\"value\":\"/abc\"", "\"type\":\"Exact\",\"value\":\"/abc\"")]
    [InlineData("\"type\":\"PathPrefix\",\"value\":\"/api/fine\"", "\"type\":\"PathPrefix\",\"value\":\"/api\"")]
    [InlineData("\"*.pay.example.com\"", "\"pay.example.com\"")]
    [InlineData("\"eu.pay.example.com\"", "\"us.pay.example.com\"")]
    [InlineData("\"replaceFullPath\":\"/deep/inside\"", "\"replaceFullPath\":\"/deep\"")]
    [InlineData("\"replacePrefixMatch\":\"/orders/admin\"", "\"replacePrefixMatch\":\"/orders\"")]
    [InlineData("\"replacePrefixMatch\":\"/all\"", "\"replacePrefixMatch\":\"/all/\"")]
    [InlineData("\"method\":\"DELETE\"", "\"method\":\"PUT\"")]
    [InlineData("\"name\":\"X-Version\"", "\"name\":\"X-Versions\"")]
    [InlineData("\"name\":\"preview\",\"value\":\"1\"", "\"name\":\"preview\",\"value\":\"2\"")]
    [InlineData("\"request\":\"2500ms\"", "\"request\":\"2s\"")]
    [InlineData("\"sectionName\":\"https\"", "\"sectionName\":\"http\"")]
    [InlineData("\"kubernetes.io/metadata.name\":\"shop-production\"", "\"kubernetes.io/metadata.name\":\"shop\"")]
    [InlineData("\"port\":8080", "\"port\":8081")]
    public async Task A_wrong_word_is_seen(string text, string wrong)
    {
        var objects = (await Everything.Value).Of("Gateway", "HTTPRoute").Select(one => one.ToJsonString()).ToArray();
        Assert.Contains(objects, one => one.Contains(text, StringComparison.Ordinal));
        Assert.True(await IsSeenAsync(objects.Select(one => JsonNode.Parse(one.Replace(text, wrong, StringComparison.Ordinal))!.AsObject())));
    }

    [Fact]
    public async Task Another_order_of_rules_is_seen_where_matches_are_alike_and_only_there()
    {
        JsonObject[] Reversed(IEnumerable<JsonObject> objects, bool alike) => [.. objects.Select(one =>
        {
            var other = one.DeepClone().AsObject();
            if (Kind(other) == "HTTPRoute")
            {
                var rules = other["spec"]!["rules"]!.AsArray();
                var kept = rules.Where(rule => alike || rule!["matches"]?[0]!["path"]!["value"]!.GetValue<string>() != "/alike").Reverse().Concat(rules.Where(rule => !alike && rule!["matches"]?[0]!["path"]!["value"]!.GetValue<string>() == "/alike"));
                other["spec"]!["rules"] = new JsonArray([.. kept.Select(rule => rule!.DeepClone())]);
            }

            return other;
        })];
        var objects = (await Everything.Value).Of("Gateway", "HTTPRoute").ToArray();
        Assert.True(await IsSeenAsync(Reversed(objects, alike: true)));
        Assert.False(await IsSeenAsync(Reversed(objects, alike: false)));
    }

    [Fact]
    public void What_controllers_decide_is_told() => Assert.Equal(
        [
            "CW1915 The route '/api/orders/*/lines' has a pattern in it and a place before or after '/**', which is not carried over to the cluster.",
            "CW1915 The route '/api/products/{id}/stock/**' has a pattern in it and a place before or after '/**', which is not carried over to the cluster.",
            "CW1915 The route '/**' of '*.pay.example.com' answers where 'eu.pay.example.com' has no route, which is not carried over to the cluster.",
            "CW1915 The route '/v1/**' of '*.example.com' answers where 'shop.example.com' has no route, which is not carried over to the cluster.",
            "CW1915 The route '/old/**' comes after '/old/**' to 'orders', where both take a request, which is not carried over to the cluster.",
        ],
        Findings(Model("everything")).Where(one => IsOrder(one.Message)).Select(one => one.ToString()));

    [Theory]
    [InlineData("{ path: \"/a/*/b\", to: web }, { path: /a/x/b, to: next }")]
    [InlineData("{ path: \"/a/*/b\", to: web }, { path: \"/c/**\", to: next }, { path: \"/a/x/b/c/**\", to: next }")]
    [InlineData("{ path: \"/a/*/b\", to: web, methods: [GET] }, { path: \"/a/**\", to: next, methods: [PUT] }")]
    [InlineData("{ path: \"/a/*/b\", to: web, host: x.example.com }, { path: \"/a/**\", to: next }")]
    [InlineData("{ path: /a, to: web, headers: { A: \"1\" } }, { path: /a, to: next, headers: { a: \"2\" } }")]
    [InlineData("{ path: /a, to: web, headers: { A: \"1\" } }, { path: /a, to: next, query: { a: \"2\" } }")]
    [InlineData("{ path: /a, to: web, host: \"*.example.org\" }, { path: /a, to: next, host: example.org }")]
    public void What_nobody_decides_otherwise_is_not_told(string routes) => Assert.DoesNotContain(Findings(Some.Model($$"""
        conway: 1
        system: shop
        deploy: { registry: "localhost:5000", version: "1", edge: { class: envoy, host: shop.example.com, namespace: edge } }
        services: { web: { command: node a.js }, next: { command: node a.js } }
        gateway: { routes: [{{routes}}] }
        """)), one => IsOrder(one.Message));

    [Fact]
    public async Task Hundreds_of_matches_are_shared_among_objects_that_a_cluster_takes()
    {
        var routes = string.Join(", ", Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{ path: \"/p{i}/**\", to: web, methods: [GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS, TRACE, CONNECT]{(i % 4 == 0 ? ", rewrite: /x" : "")} }}")));
        var objects = await ReadAsync(Some.Model($$"""
            conway: 1
            system: shop
            deploy: { registry: "localhost:5000", version: "1", edge: { class: envoy, host: shop.example.com, namespace: edge } }
            services: { web: { command: node a.js } }
            gateway: { routes: [{{routes}}] }
            """), validate: true);
        Assert.Equal([], objects.Problems);
        var rules = new GatewayApiRules(objects.All);
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"web 100 {(i % 4 == 0 ? "/x" : $"/p{i}")}/a within any time"),
            rules.Decide(new Asked(Asked.Outside, "", "shop.example.com", "TRACE", string.Create(CultureInfo.InvariantCulture, $"/p{i}/a"), new Dictionary<string, string>(), new Dictionary<string, string>(), null), 443).Select(one => one.ToString()).Distinct().Single()));
    }

    private static async Task<bool> IsSeenAsync(IEnumerable<JsonObject> edge)
    {
        var (model, others) = (Model("everything"), (await Everything.Value).Of("Service"));
        var (rules, reading, told) = (new GatewayApiRules([.. edge, .. others]), new ModelReading(model), Told(model));
        return Requests(model).Take(Samples).Any(asked => rules.Decide(asked, 443).Select(one => one.ToString()).Distinct().ToArray() is var decided
            && (!decided.Contains(reading.EnterOnce(asked).ToString()) || (decided.Length > 1 && !reading.IsTakenBy(told, asked))));
    }

    // What comes from outside by a path that means the same to everybody; others are no matter of the specification.
    private static IEnumerable<Asked> Requests(SystemModel model)
    {
        var requests = new SampledRequests(model, ["nobody"], 7);
        while (model.Gateway.Routes.Count > 0)
        {
            if (requests.Next() is { From: Asked.Outside } asked && ModelReading.IsPlain(asked.Path))
            {
                yield return asked;
            }
        }
    }

    private static bool IsKnown(SystemModel model, string host) => model.Gateway.Routes.Select(route => route.Host ?? model.Deploy.Edge.Host!)
        .Any(known => known == host || (known.StartsWith("*.", StringComparison.Ordinal) && host.Length >= known.Length && host.EndsWith(known[1..], StringComparison.Ordinal)));

    private static IEnumerable<Findings.Finding> Findings(SystemModel model) => ArtifactCatalog.Find("kubernetes")!.Generate(model, null, new BuildFacts()).Findings;

    // Routes of which it is told that controllers differ, by number.
    private static HashSet<int> Told(SystemModel model) =>
        [.. Findings(model).Where(one => IsOrder(one.Message)).Select(one => int.Parse(Regex.Match(one.ModelPath!, "[0-9]+").Value, CultureInfo.InvariantCulture))];

    private static bool IsOrder(string message) => Regex.IsMatch(message, "a place before or after|answers where|comes after");

    internal static SystemModel Model(string system)
    {
        if (system is "everything" or "istio" or "consul" or "linkerd")
        {
            var text = IstioTests.Everything.Replace("kind: istio, class: ingressgateway", "class: envoy", StringComparison.Ordinal).Replace("{ X-Version: v2 }, rewrite: /", "{ X-Version: v2 }", StringComparison.Ordinal) + More;
            return Some.Model(text.Replace("mesh: istio", $"mesh: {(system == "everything" ? "none" : system)}", StringComparison.Ordinal));
        }

        var model = MeshFiles.Plain(system);
        return model with
        {
            Deploy = model.Deploy with { Edge = model.Deploy.Edge with { Kind = "gateway-api", Class = "envoy", Namespace = model.Deploy.Edge.Namespace ?? "edge", Host = model.Deploy.Edge.Host ?? "shop.example.com" } },
        };
    }
}
