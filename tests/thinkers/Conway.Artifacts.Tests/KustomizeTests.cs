namespace Conway.Artifacts.Tests;

/// <summary>Bases and overlays, rendered by the real kubectl.</summary>
public sealed class KustomizeTests
{
    public static TheoryData<string> Systems => HelmTests.Systems;

    [Theory, MemberData(nameof(Systems))]
    public async Task An_overlay_on_its_base_gives_exactly_the_plain_manifests(string system)
    {
        var rendered = await Rendered.OfAsync(Rendered.Model(system), target: "kustomize");
        Assert.Equal([], rendered.Kustomize);
        Assert.Equal("", rendered.Said);
        Assert.True(rendered.Plain > 5);
    }

    [Fact]
    public async Task What_an_overlay_gives_too_much_too_little_or_otherwise_is_seen()
    {
        var rendered = await Rendered.OfAsync(Some.Model(Some.Cluster), target: "kustomize", change: (path, text) =>
            path == "kustomize/overlay/kustomization.yaml" ? text.Replace("newTag: \"1.4.2\"", "newTag: \"1.4.3\"", StringComparison.Ordinal).Replace("  - resources/1-edge.yaml\n", "", StringComparison.Ordinal)
            : path == "kustomize/base/basket.yaml" ? text.Replace("kind: PodDisruptionBudget\nmetadata:\n  name: basket\n", "kind: PodDisruptionBudget\nmetadata:\n  name: other\n", StringComparison.Ordinal)
            : text);
        Assert.Contains("Gateway envoy-gateway-system/shop: is missing", rendered.Kustomize);
        Assert.Contains("PodDisruptionBudget shop-production/other: is too many", rendered.Kustomize);
        Assert.Contains("Deployment shop-production/orders /spec/template/spec/containers/0/image: \"ghcr.io/acme/shop/orders:1.4.2\" -> \"ghcr.io/acme/shop/orders:1.4.3\"", rendered.Kustomize);
    }

    [Fact]
    public void Environments_of_one_shape_have_one_base()
    {
        static Dictionary<string, string> Base(string text, string environment) => Some.Written("kustomize", Some.Model(text), environment: environment)
            .Where(file => file.Key.StartsWith("kustomize/base/", StringComparison.Ordinal)).ToDictionary(file => file.Key, file => file.Value.Text[file.Value.Text.IndexOf('\n', StringComparison.Ordinal)..], StringComparer.Ordinal);
        var (here, there) = (Base(Some.Cluster, "production"), Base(HelmTests.Elsewhere.Replace("replicas: 2, environment", "replicas: 0, environment", StringComparison.Ordinal), "staging"));
        Assert.Equal(here, there);
        foreach (var text in here.Values)
        {
            Assert.DoesNotContain("shop-production", text, StringComparison.Ordinal);
            Assert.DoesNotContain("1.4.2", text, StringComparison.Ordinal);
            Assert.DoesNotContain("example.com", text.Replace("basket.example.com", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_services_of_one_image_in_two_versions_keep_theirs()
    {
        var model = Some.Model("""
            conway: 1
            system: shop
            services:
              one: { command: a, image: "a/b:1" }
              two: { command: a, image: "a/b:2" }
              three: { command: a, image: "c/d@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
            """);
        var rendered = await Rendered.OfAsync(model, target: "kustomize");
        Assert.Equal([], rendered.Kustomize);
    }

    [Theory, MemberData(nameof(Systems))]
    public void The_same_model_gives_the_same_bytes_and_every_line_knows_its_rule(string system)
    {
        var files = Some.Written("kustomize", Rendered.Model(system));
        Assert.Equal(files.Select(file => file.Value.Text), Some.Written("kustomize", Rendered.Model(system)).Select(file => file.Value.Text));
        Assert.All(files.Values, file => Assert.Equal(file.Text.Count(c => c == '\n'), file.Origins.Count));
        Assert.All(files.Values.SelectMany(file => file.Origins), origin => Assert.Contains(origin!.Rule, ArtifactRules.All));
    }
}
