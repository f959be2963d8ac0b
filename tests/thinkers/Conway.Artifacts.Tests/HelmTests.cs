using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Conway.Artifacts.Tests;

/// <summary>Charts, rendered by the real helm.</summary>
public sealed partial class HelmTests
{
    // The same system elsewhere: everything that may be otherwise is.
    internal static readonly string Elsewhere = Some.Cluster
        .Replace("registry: ghcr.io/acme", "registry: other.example.com:5000/b", StringComparison.Ordinal).Replace("version: 1.4.2", "version: 2.0.0-rc.1", StringComparison.Ordinal)
        .Replace("namespace: shop-production", "namespace: a-place-whose-name-is-too-long-for-what-is-made-of-it--staging", StringComparison.Ordinal)
        .Replace("http://collector.observability:4318", "https://$(X).example.com", StringComparison.Ordinal).Replace("secret-store: vault", "secret-store: safe", StringComparison.Ordinal)
        .Replace("storage-class: fast", "storage-class: slow", StringComparison.Ordinal).Replace("class: envoy, host: shop.example.com, namespace: envoy-gateway-system, certificate: shop-cert", "class: other, host: staging.example.com, namespace: way-in", StringComparison.Ordinal)
        .Replace("postgresql: \"10.20.0.0/16:5432\", broker: \"kafka:9092\"", "postgresql: \"data:6432\", broker: \"10.0.0.0/8:9093\"", StringComparison.Ordinal)
        .Replace("replicas: 3", "replicas: 7", StringComparison.Ordinal).Replace("resources: { cpu: 250m, memory: 384MiB }", "resources: { cpu: \"1.5\", memory: 2GiB }", StringComparison.Ordinal)
        .Replace("size: 10GiB", "size: 20GiB", StringComparison.Ordinal).Replace("FEATURE_X: on", "FEATURE_X: off, MORE: \"{{ 'a' }}: \\\"b\\\"\\n# c\"", StringComparison.Ordinal)
        .Replace("\"0  2 * * *\", zone: Europe/Paris", "\"5 3 * * 1\", zone: Asia/Tokyo", StringComparison.Ordinal).Replace("orders-config: { command: node a.js, replicas: 0 }", "orders-config: { command: node a.js, replicas: 2, environment: { X: \"1\" } }", StringComparison.Ordinal);

    public static TheoryData<string> Systems => ["shop", "cluster", "workloads", "rabbit", "scaled", "hard", "one", "large", "bare", "ingress"];

    [Theory, MemberData(nameof(Systems))]
    public async Task A_chart_with_its_own_values_gives_exactly_the_plain_manifests(string system)
    {
        var rendered = await Rendered.OfAsync(Rendered.Model(system));
        Assert.Equal([], rendered.Lint);
        Assert.Equal([], rendered.Helm);
        Assert.True(rendered.Plain > 5);
    }

    [Fact]
    public async Task What_a_chart_gives_too_much_too_little_or_otherwise_is_seen()
    {
        var rendered = await Rendered.OfAsync(Some.Model(Some.Cluster), change: (path, text) =>
            path == "helm/shop/templates/orders/deployment.yaml" ? text.Replace("enableServiceLinks: false", "enableServiceLinks: true", StringComparison.Ordinal)
            : path == "helm/shop/templates/basket/service.yaml" ? text.Replace("  name: basket\n", "  name: other\n", StringComparison.Ordinal)
            : text);
        Assert.Equal(["Deployment shop-production/orders /spec/template/spec/enableServiceLinks: false -> true", "Service shop-production/basket: is missing", "Service shop-production/other: is too many"], rendered.Helm);
    }

    [Fact]
    public async Task The_values_of_one_environment_in_the_chart_of_another_give_the_manifests_of_the_one()
    {
        var (here, there) = (Some.Model(Some.Cluster), Some.Model(Elsewhere));
        var values = Some.Written("helm", there)["helm/shop/values.yaml"].Text;
        var rendered = await Rendered.OfAsync(here, new JsonObject { ["there"] = values }, plain: there);
        Assert.Equal([], rendered.Cases["there"]);
        Assert.NotEmpty(rendered.Helm);

        // So the templates are those of every environment.
        static IEnumerable<(string, string)> Templates(Dictionary<string, WrittenFile> files) => files.Where(file => file.Key.Contains("/templates/", StringComparison.Ordinal)).Select(file => (file.Key, file.Value.Text));
        Assert.Equal(Templates(Some.Written("helm", here)), Templates(Some.Written("helm", there)));
    }

    [Fact]
    public async Task A_value_changes_what_it_says_and_nothing_else()
    {
        const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        var rendered = await Rendered.OfAsync(Some.Model(Some.Cluster), Json($$"""
            {
              "more": { "services": { "orders": { "replicas": { "max": 10 } } } },
              "fixed": { "services": { "orders": { "replicas": { "max": 3 } } } },
              "none": { "services": { "basket": { "replicas": 0 } } },
              "pinned": { "services": { "catalog": { "image": { "digest": "{{Digest}}", "registry": "mirror.example.com" } } } },
              "settings": { "services": { "catalog": { "environment": { "LOG_LEVEL": "debug" }, "extraEnv": [{ "name": "NODE", "valueFrom": { "fieldRef": { "fieldPath": "spec.nodeName" } } }] } } },
              "placed": { "services": { "settle": { "nodeSelector": { "disk": "ssd" }, "tolerations": [{ "key": "gpu", "operator": "Exists" }], "podAnnotations": { "a.b/c": "1" } } }, "imagePullSecrets": [{ "name": "pull" }] },
              "quiet": { "jobs": { "settle-job": { "suspend": true } }, "namespace": { "create": false }, "secretStore": "", "storageClass": "" }
            }
            """));
        // One pod of 'orders' more: 750m and 3000m of cpu, 288Mi of memory, 256Mi of disk; so much more room.
        Assert.Equal("HorizontalPodAutoscaler shop-production/orders /spec/maxReplicas: 9 -> 10", rendered.Cases["more"][0]);
        Assert.Equal(
            [("pods", 1), ("requests.cpu", 750), ("limits.cpu", 3000), ("requests.memory", 288), ("limits.memory", 288), ("requests.ephemeral-storage", 256), ("limits.ephemeral-storage", 256)],
            rendered.Cases["more"].Skip(1).Select(line => Hard().Match(line)).Select(match => (match.Groups[1].Value, int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture) - int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))));
        Assert.Equal(["Deployment shop-production/orders /spec/replicas: undefined -> 3", "HorizontalPodAutoscaler shop-production/orders: is missing"], rendered.Cases["fixed"].Where(line => !line.StartsWith("ResourceQuota", StringComparison.Ordinal)));
        Assert.Equal(["PodDisruptionBudget shop-production/basket: is missing", "StatefulSet shop-production/basket /spec/replicas: 1 -> 0"], rendered.Cases["none"].Where(line => !line.StartsWith("ResourceQuota", StringComparison.Ordinal)));
        Assert.Equal([$"Deployment shop-production/catalog /spec/template/spec/containers/0/image: \"ghcr.io/acme/shop/catalog:1.4.2\" -> \"mirror.example.com/shop/catalog:1.4.2@{Digest}\""], rendered.Cases["pinned"]);
        Assert.Equal(
            [
                "ConfigMap shop-production/catalog-config: is too many",
                "Deployment shop-production/catalog /spec/template/metadata/annotations: undefined -> {\"checksum/config\":\"5d02b6a7eb25eb09\"}",
                "Deployment shop-production/catalog /spec/template/spec/containers/0/env/8: undefined -> {\"name\":\"NODE\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"spec.nodeName\"}}}",
                "Deployment shop-production/catalog /spec/template/spec/containers/0/envFrom: undefined -> [{\"configMapRef\":{\"name\":\"catalog-config\"}}]",
            ],
            rendered.Cases["settings"].Select(line => line.Contains("checksum", StringComparison.Ordinal) ? line[..line.IndexOf("\":\"", StringComparison.Ordinal)] + "\":\"5d02b6a7eb25eb09\"}" : line));
        Assert.Equal(
            ["annotations: undefined -> {\"a.b/c\":\"1\"}", "nodeSelector: undefined -> {\"disk\":\"ssd\"}", "tolerations: undefined -> [{\"key\":\"gpu\",\"operator\":\"Exists\"}]"],
            rendered.Cases["placed"].Where(line => !line.Contains("imagePullSecrets", StringComparison.Ordinal)).Select(line => line[(line.LastIndexOf('/', line.IndexOf(':', StringComparison.Ordinal)) + 1)..]).Order(StringComparer.Ordinal));
        Assert.Equal(7, rendered.Cases["placed"].Count(line => line.Contains("imagePullSecrets: undefined -> [{\"name\":\"pull\"}]", StringComparison.Ordinal)));
        Assert.Equal(
            [
                "CronJob shop-production/settle-job /spec/suspend: undefined -> true", "ExternalSecret shop-production/orders-secrets: is missing", "Namespace shop-production: is missing",
                "StatefulSet shop-production/basket /spec/volumeClaimTemplates/0/spec/storageClassName: \"fast\" -> undefined", "StatefulSet shop-production/basket /spec/volumeClaimTemplates/1/spec/storageClassName: \"fast\" -> undefined",
            ],
            rendered.Cases["quiet"]);
        Assert.Contains("shop 1.4.2 is being started in the namespace shop-production.", rendered.Notes, StringComparison.Ordinal);
        Assert.Contains("  https://basket.example.com/", rendered.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("conway:generated", rendered.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "services": { "orders": { "replicas": { "max": "10" } } } }""", "at '/services/orders/replicas/max': got string, want integer")]
    [InlineData("""{ "services": { "orders": { "replicas": 3 } } }""", "at '/services/orders/replicas': got number, want object")]
    [InlineData("""{ "services": { "orders": { "replica": 3 } } }""", "at '/services/orders': additional properties 'replica' not allowed")]
    [InlineData("""{ "service": {} }""", "at '': additional properties 'service' not allowed")]
    [InlineData("""{ "services": { "basket": { "replicas": 2 } } }""", "at '/services/basket/replicas': maximum: got 2, want 1")]
    [InlineData("""{ "images": { "registry": "https://ghcr.io" } }""", "at '/images/registry': 'https://ghcr.io' does not match pattern")]
    [InlineData("""{ "services": { "catalog": { "resources": { "limits": { "memory": "1 GB" } } } } }""", "at '/services/catalog/resources/limits/memory': '1 GB' does not match pattern")]
    [InlineData("""{ "services": { "orders": { "environment": { "PORT": "80" } } } }""", "services.orders.environment: PORT is set for every service and cannot be another; take it out.")]
    [InlineData("""{ "reach": { "postgresql": "10.0.0.0/8:99999" } }""", "at '/reach/postgresql': '10.0.0.0/8:99999' does not match pattern")]
    [InlineData("""{ "services": { "orders": null } }""", "at '/services': missing property 'orders'")]
    [InlineData("""{ "namespace": { "name": "kube-system" } }""", "namespace.name: 'kube-system' belongs to the cluster; write a name of the system's own.")]
    [InlineData("""{ "images": { "version": "latest" } }""", "images.version: 'latest' is another image tomorrow; write the tag of a version.")]
    [InlineData("""{ "services": { "orders": { "replicas": { "max": 2 } } } }""", "services.orders.replicas: min is 3, and max only 2; raise max or lower min.")]
    [InlineData("""{ "services": { "orders": { "replicas": { "min": 0 } } } }""", "services.orders.replicas: an autoscaler cannot begin with none; write at least 1 for min, or 0 for max too.")]
    [InlineData("""{ "services": { "catalog": { "resources": { "requests": { "cpu": 2 } } } } }""", "services.catalog.resources: 2 of cpu are asked for, and only 1000m allowed; raise limits.cpu.")]
    [InlineData("""{ "services": { "catalog": { "resources": { "requests": { "memory": "1Gi" } } } } }""", "services.catalog.resources: 1Gi of memory are asked for, and only 384Mi allowed; raise limits.memory.")]
    public async Task A_wrong_value_is_refused_by_a_sentence_that_names_it(string values, string sentence)
    {
        var refused = await Refused.Value;
        Assert.Contains(refused[values], line => line.Contains(sentence, StringComparison.Ordinal));
    }

    // One start for all of them.
    private static readonly Lazy<Task<IReadOnlyDictionary<string, string[]>>> Refused = new(async () =>
    {
        var cases = new JsonObject();
        foreach (var values in typeof(HelmTests).GetMethod(nameof(A_wrong_value_is_refused_by_a_sentence_that_names_it))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(data => (string)data.Data[0]!))
        {
            cases[values] = JsonNode.Parse(values);
        }

        return (await Rendered.OfAsync(Some.Model(Some.Cluster), cases)).Cases;
    });

    [Theory, MemberData(nameof(Systems))]
    public void The_same_model_gives_the_same_bytes_and_every_line_knows_its_rule(string system)
    {
        var files = Some.Written("helm", Rendered.Model(system));
        Assert.Equal(files.Select(file => file.Value.Text), Some.Written("helm", Rendered.Model(system)).Select(file => file.Value.Text));
        Assert.All(files.Values, file =>
        {
            Assert.Equal(file.Text.Count(c => c == '\n'), file.Origins.Count);
            Assert.All(file.Origins, origin => Assert.Contains(origin!.Rule, ArtifactRules.All));
            Assert.True(FileHead.IsUnedited(file.Text), file.Path);
            Assert.Equal(file.Path, FileHead.Of(file.Text)!.Path);
        });
        using var schema = JsonDocument.Parse(files.Single(file => file.Key.EndsWith(".json", StringComparison.Ordinal)).Value.Text);
        Assert.StartsWith("conway:generated helm/", schema.RootElement.GetProperty("$comment").GetString(), StringComparison.Ordinal);
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    [GeneratedRegex("^ResourceQuota shop-production/whole /spec/hard/([a-z.-]+): \"([0-9]+)[a-zA-Z]*\" -> \"([0-9]+)[a-zA-Z]*\"$")]
    private static partial Regex Hard();
}
