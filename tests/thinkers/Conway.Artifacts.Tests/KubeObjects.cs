using System.Text.Json.Nodes;
using Conway.Model;

namespace Conway.Artifacts.Tests;

/// <summary>Generated manifests as a cluster would read them: parsed by a YAML reader of others, from files.</summary>
internal sealed record KubeObjects(IReadOnlyList<JsonObject> All, IReadOnlyList<string> Problems)
{
    /// <summary>Kubernetes' schemas, where this machine has them: <c>shared/data/k8s</c> in a folder above the repository.</summary>
    public static string? Schemas { get; } = Above(RepositoryFolder.Root);

    public static async Task<KubeObjects> ReadAsync(SystemModel model, Func<string, string>? change = null, bool validate = false)
    {
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("kubernetes", model).Values.Select(file => file with { Text = change?.Invoke(file.Text) ?? file.Text }));
        return await ReadFolderAsync(Path.Combine(folder.Path, "kubernetes"), validate);
    }

    /// <summary>All documents of a folder; with <paramref name="validate"/> against the schemas where this machine has them.</summary>
    public static async Task<KubeObjects> ReadFolderAsync(string path, bool validate)
    {
        string[] arguments = ["objects.js", path, .. validate && Schemas is { } schemas ? new[] { schemas } : []];
        var read = await NpmClient.RunAsync("deploy", TimeSpan.FromMinutes(5), arguments);
        Assert.True(read.Code == 0, read.Said);
        var answer = JsonNode.Parse(read.Output)!;
        return new([.. answer["objects"]!.AsArray().Select(one => one!["object"]!.AsObject())], [.. answer["problems"]!.AsArray().Select(problem => problem!.GetValue<string>())]);
    }

    /// <summary>What watches a system, as objects that keep to their schemas.</summary>
    public static async Task<KubeObjects> ReadObservabilityAsync(SystemModel model)
    {
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("observability", model).Values);
        var objects = await ReadFolderAsync(Path.Combine(folder.Path, "observability", "kubernetes"), validate: true);
        Assert.Equal([], objects.Problems);
        return objects;
    }

    /// <summary>The text that a ConfigMap holds, read as YAML in its turn.</summary>
    public async Task<JsonObject> ConfigAsync(string map, string key)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, key), Of("ConfigMap").Single(one => Name(one) == map)["data"]![key]!.GetValue<string>(), TestContext.Current.CancellationToken);
        return (await ReadFolderAsync(folder.Path, validate: false)).All.Single();
    }

    public IEnumerable<JsonObject> Of(params string[] kinds) => All.Where(one => kinds.Contains(Kind(one)));

    public IEnumerable<(JsonObject Owner, JsonObject Template)> Templates() =>
        Of("Deployment", "StatefulSet", "DaemonSet", "Job").Select(one => (one, one["spec"]!["template"]!.AsObject()))
            .Concat(Of("CronJob").Select(one => (one, one["spec"]!["jobTemplate"]!["spec"]!["template"]!.AsObject())));

    public static string Kind(JsonObject one) => one["kind"]!.GetValue<string>();

    public static string Name(JsonObject one) => one["metadata"]!["name"]!.GetValue<string>();

    public static Dictionary<string, string> Labels(JsonNode? labels) => labels?.AsObject().ToDictionary(label => label.Key, label => label.Value!.GetValue<string>(), StringComparer.Ordinal) ?? [];

    /// <summary>Whether a label selector selects these labels; an empty one selects all.</summary>
    public static bool Selects(JsonNode? selector, Dictionary<string, string> labels) => Labels(selector?["matchLabels"]).All(label => labels.GetValueOrDefault(label.Key) == label.Value);

    /// <summary>Fails for a field that is none of these.</summary>
    /// <remarks>Asked for each of thousands of requests: xunit's own assertions for all and for one of several would take most of the time.</remarks>
    public static void Known(JsonObject one, params ReadOnlySpan<string> keys)
    {
        foreach (var (key, _) in one)
        {
            if (!keys.Contains(key))
            {
                Assert.Fail($"'{key}' is not known: {one.ToJsonString()}");
            }
        }
    }

    private static string? Above(string? folder) =>
        folder is null ? null
        : Directory.Exists(Path.Combine(folder, "shared", "data", "k8s")) ? Path.Combine(folder, "shared", "data", "k8s")
        : Above(Path.GetDirectoryName(folder));
}
