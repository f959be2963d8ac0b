using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Conway.ManifestLint.Manifests;

namespace Conway.ManifestLint.Tests;

/// <summary>The table of fields against the descriptions of the API from which it is drawn.</summary>
public sealed class FieldTableTests
{
    private const string Table = "src/thinkers/Conway.ManifestLint/Manifests/fields.txt";

    [Fact]
    public void The_table_knows_the_kinds_that_people_write()
    {
        var kinds = FieldTable.Read(FieldTable.Text());
        Assert.All(["v1 Pod", "v1 Service", "v1 ConfigMap", "apps/v1 Deployment", "apps/v1 StatefulSet", "batch/v1 CronJob", "networking.k8s.io/v1 Ingress", "networking.k8s.io/v1 NetworkPolicy", "autoscaling/v2 HorizontalPodAutoscaler", "policy/v1 PodDisruptionBudget"], k => Assert.Contains(k, kinds.Keys));
        Assert.All(kinds.Values, k => Assert.Contains("metadata", k.Fields.Keys));
        Assert.Equal("Container", kinds["apps/v1 Deployment"].Fields["spec"].Inside!.Fields["template"].Inside!.Fields["spec"].Inside!.Fields["containers"].Inside!.Name);
    }

    [Theory]
    [InlineData("ImagePullPolicy", "imagePullPolicy")]
    [InlineData("imagePullPolcy", "imagePullPolicy")]
    [InlineData("readynessProbe", "readinessProbe")]
    [InlineData("enviroment", null)]
    [InlineData("evn", "env")]
    [InlineData("hostNetwork", null)]
    public void What_was_meant_is_told_when_something_is_near(string word, string? near) =>
        Assert.Equal(near, FieldTable.Read(FieldTable.Text())["v1 Pod"].Fields["spec"].Inside!.Fields["containers"].Inside!.Near(word));

    [Fact]
    public void A_field_that_a_kind_does_not_have_is_told_with_its_place_and_what_was_meant()
    {
        const string text = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: a }\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n      - { name: a, imagePullPolcy: Always }\n---\napiVersion: example.com/v1\nkind: DaemonSet\nmetadata: { name: a }\nspec: { replicas: 3 }\n";
        var findings = ManifestLinter.Lint([("a.yaml", text)], new LintOptions { Only = ["schema-validation"] }, TestContext.Current.CancellationToken).Findings;
        Assert.Equal(
            [
                "a.yaml:5:13 K8S-unknown-field DaemonSet 'a': has the field 'spec.replicas', which DaemonSetSpec does not have.",
                "a.yaml:9:36 K8S-unknown-field DaemonSet 'a': has the field 'spec.template.spec.containers[0].imagePullPolcy', which Container does not have, but 'imagePullPolicy'.",
            ], findings.Select(f => f.ToString()));
        Assert.Equal("Did you mean 'imagePullPolicy'? Write that.", findings[1].Mend);
    }

    [Fact]
    public void The_table_is_drawn_from_the_descriptions_of_the_api()
    {
        var drawn = Descriptions() is { Length: > 0 } files ? Drawn(files) : null;
        if (drawn is not null && Environment.GetEnvironmentVariable("CONWAY_ACCEPT") is { Length: > 0 })
        {
            File.WriteAllText(Path.Combine(RepositoryFolder.Root, Table), drawn);
        }

        var text = File.ReadAllText(Path.Combine(RepositoryFolder.Root, Table));
        Assert.Equal(drawn ?? text, text);
        Assert.DoesNotContain('\r', text);
    }

    /// <summary>Where this machine has them: <c>shared/data/k8s</c> in a folder above the repository.</summary>
    private static string[] Descriptions()
    {
        for (var folder = new DirectoryInfo(RepositoryFolder.Root); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "shared", "data", "k8s") is var data && Directory.Exists(data))
            {
                return [.. Directory.GetFiles(data, "*-definitions.json.gz").Order(StringComparer.Ordinal)];
            }
        }

        return [];
    }

    /// <summary>What any of the versions has, in versions that are neither alpha nor beta.</summary>
    private static string Drawn(string[] files)
    {
        var all = new Dictionary<string, List<JsonElement>>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            using var document = JsonDocument.Parse(stream);
            foreach (var one in document.RootElement.GetProperty("definitions").EnumerateObject())
            {
                (all.TryGetValue(one.Name, out var known) ? known : all[one.Name] = []).Add(one.Value.Clone());
            }
        }

        var kinds = all.Select(one => (one.Key, Kinds: one.Value.SelectMany(Kinds).Distinct().Order(StringComparer.Ordinal).ToArray())).Where(one => one.Kinds.Length > 0).ToDictionary(one => one.Key, one => one.Kinds);
        var (objects, open) = (new Dictionary<string, SortedDictionary<string, (string Object, string Star)?>>(StringComparer.Ordinal), new Stack<string>(kinds.Keys));
        while (open.TryPop(out var name))
        {
            if (!objects.TryAdd(name, new(StringComparer.Ordinal)))
            {
                continue;
            }

            foreach (var field in all[name].Where(d => d.TryGetProperty("properties", out _)).SelectMany(d => d.GetProperty("properties").EnumerateObject()))
            {
                objects[name][field.Name] = Inside(field.Value, all) ?? objects[name].GetValueOrDefault(field.Name);
                if (objects[name][field.Name] is { } inside)
                {
                    open.Push(inside.Object);
                }
            }
        }

        var twice = objects.Keys.GroupBy(Last).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        string Short(string name) => twice.Contains(Last(name)) ? string.Join('.', name.Split('.')[^3..]) : Last(name);
        var text = new StringBuilder();
        foreach (var (name, fields) in objects.OrderBy(o => Short(o.Key), StringComparer.Ordinal))
        {
            text.Append(Short(name)).Append(kinds.TryGetValue(name, out var of) ? $" = {string.Join(", ", of)}" : "").Append('\n');
            text.Append("  ").AppendJoin(' ', fields.Select(f => f.Value is { } inside ? $"{f.Key}:{Short(inside.Object)}{inside.Star}" : f.Key)).Append('\n');
        }

        return text.ToString();
    }

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    private static IEnumerable<string> Kinds(JsonElement definition) =>
        !definition.TryGetProperty("x-kubernetes-group-version-kind", out var kinds) || !definition.TryGetProperty("properties", out var properties) || !properties.TryGetProperty("metadata", out _) ? []
        : from kind in kinds.EnumerateArray()
          let version = kind.GetProperty("version").GetString()!
          let name = kind.GetProperty("kind").GetString()!
          where !version.Contains("alpha", StringComparison.Ordinal) && !version.Contains("beta", StringComparison.Ordinal) && !name.EndsWith("List", StringComparison.Ordinal) && name is not ("DeleteOptions" or "WatchEvent")
          select $"{(kind.GetProperty("group").GetString() is { Length: > 0 } group ? group + "/" : "")}{version} {name}";

    private static (string Object, string Star)? Inside(JsonElement field, Dictionary<string, List<JsonElement>> all)
    {
        if (field.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            return all.TryGetValue(name, out var definitions) && definitions.Any(d => d.TryGetProperty("properties", out _)) ? (name, "") : null;
        }

        return field.TryGetProperty("allOf", out var several) ? Inside(several[0], all)
            : field.TryGetProperty("items", out var items) ? Inside(items, all)
            : field.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object && Inside(values, all) is { } inside ? (inside.Object, "*")
            : null;
    }
}
