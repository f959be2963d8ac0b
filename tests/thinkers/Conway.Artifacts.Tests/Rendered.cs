using System.Text.Json;
using System.Text.Json.Nodes;
using Conway.Model;
using Conway.Reader;

namespace Conway.Artifacts.Tests;

/// <summary>What the real helm and the real kubectl make of generated files, beside the plain manifests.</summary>
internal sealed record Rendered(int Plain, string[] Lint, string[] Helm, string[] Kustomize, IReadOnlyDictionary<string, string[]> Cases, string Notes, string Said)
{
    /// <summary>Models by name: the sample as it goes to production, a large one, and those at the edges.</summary>
    public static SystemModel Model(string system) => system switch
    {
        "shop" => Shop(),
        "cluster" => Some.Model(Some.Cluster),
        "workloads" => Some.Model(Some.Workloads),
        "rabbit" => Some.Model(Some.WorkloadsElsewhere),
        "scaled" => Some.Model(Some.WorkloadsPlain),
        "hard" => Some.Model(Some.Hard),
        "one" => Some.Large(1),
        "large" => Some.Large(60),
        "bare" => Some.Model("conway: 1\nsystem: bare\nservices: { web: { command: a, image: \"a/b:1\" } }"),
        "ingress" => Some.Model("""
            conway: 1
            system: shop
            deploy: { registry: "localhost:5000", version: "1", namespace: shop-with-a-name-as-long-as-the-name-of-a-namespace-may-ever-be, secret-store: vault, edge: { kind: ingress, class: nginx, host: shop.example.com, namespace: ingress }, reach: { redis: "[fd00::]/8:6379" } }
            services: { web: { command: node a.js, owns: { seen: redis }, environment: { A: "{{ .Values.x }}", B: "$(HOST) {{{", KEY: "${secret:key}" } } }
            gateway: { routes: [{ path: "/**", to: web }, { path: /b, to: web, host: other.example.com }] }
            """),
        _ => throw new ArgumentOutOfRangeException(nameof(system), system, null),
    };

    public static SystemModel Shop()
    {
        var read = ModelReader.Read(new DiskFileTree(Path.Combine(RepositoryFolder.Root, "samples", "shop")), "conway.yaml", new ReadOptions { Environment = "production" });
        Assert.False(read.HasErrors);
        return read.Model;
    }

    /// <summary>Renders a model; each case of values by its name.</summary>
    /// <param name="change">What is done to the text of each file before.</param>
    /// <param name="target">What is rendered beside the plain manifests: helm or kustomize.</param>
    /// <param name="plain">Another model, to compare with its plain manifests.</param>
    public static async Task<Rendered> OfAsync(SystemModel model, JsonObject? cases = null, Func<string, string, string>? change = null, SystemModel? plain = null, string target = "helm")
    {
        using var folder = new TemporaryFolder();
        foreach (var one in new[] { "kubernetes", target })
        {
            folder.Write(Some.Written(one, one == "kubernetes" ? plain ?? model : model).Values.Select(file => file with { Text = change?.Invoke(file.Path, file.Text) ?? file.Text }));
        }

        var input = new JsonObject { ["folder"] = folder.Path, ["values"] = cases ?? [], ["asksForNotes"] = cases is not null };
        var ended = await NpmClient.ExecuteAsync("node", ["renderings.js"], await NpmClient.FolderAsync("deploy"), TimeSpan.FromMinutes(5), input.ToJsonString());
        Assert.True(ended.Code == 0, ended.Said);
        return JsonSerializer.Deserialize<Rendered>(ended.Output, JsonSerializerOptions.Web)!;
    }
}
