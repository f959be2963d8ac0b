using System.Text.Json.Nodes;
using Conway.ManifestFacts.Yaml;

namespace Conway.ManifestLint.Tests;

/// <summary>A set of manifests that is as it should be, into which mistakes are planted.</summary>
internal sealed class SeededSet
{
    /// <summary>Everything that makes pods.</summary>
    public static readonly string[] Hosts = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "Job", "CronJob", "Pod"];

    private static readonly JsonObject[] Good =
        [.. YamlText.Read("good.yaml", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "good.yaml"))).Documents.Select(d => (JsonObject)Node(d)!)];

    private readonly List<JsonObject> _objects;
    private readonly List<string> _texts = [];
    private readonly JsonObject _pod;

    public SeededSet(string host)
    {
        _objects = [.. Good.Select(g => (JsonObject)g.DeepClone())];
        var workload = Find("Deployment")!;
        var template = (JsonObject)workload["spec"]!["template"]!;
        _pod = (JsonObject)template["spec"]!;
        switch (host)
        {
            case "Pod":
                workload["apiVersion"] = "v1";
                workload["spec"] = _pod.DeepClone();
                _pod = (JsonObject)workload["spec"]!;
                break;
            case "Job" or "CronJob":
                _pod["restartPolicy"] = "Never";
                _pod.Remove("topologySpreadConstraints");
                var made = template.DeepClone();
                _pod = (JsonObject)made["spec"]!;
                workload["apiVersion"] = "batch/v1";
                workload["spec"] = host == "Job" ? new JsonObject { ["ttlSecondsAfterFinished"] = 3600, ["template"] = made }
                    : new JsonObject { ["schedule"] = "0 3 * * *", ["startingDeadlineSeconds"] = 300, ["jobTemplate"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = made } } };
                break;
            case "Rollout":
                workload["apiVersion"] = "argoproj.io/v1alpha1";
                break;
            case "StatefulSet":
                workload["spec"]!["serviceName"] = "orders-headless";
                _objects.Add((JsonObject)JsonNode.Parse("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"orders-headless","namespace":"shop"},"spec":{"clusterIP":"None","selector":{"app.kubernetes.io/name":"orders"},"ports":[{"name":"http","port":8080,"targetPort":"http"}]}}""")!);
                break;
            case "DaemonSet":
                ((JsonObject)workload["spec"]!).Remove("replicas");
                break;
        }

        if (host != "Deployment" && workload["spec"] is JsonObject spec)
        {
            spec.Remove("strategy");
        }

        workload["kind"] = host;
        Host = workload;
    }

    public JsonObject Host { get; }

    /// <summary>
    /// <c>c PATH = JSON</c> in the container, <c>i</c> in the init container, <c>p</c> in the pod's spec, <c>w</c> in the workload, <c>KIND PATH</c> in the object of that kind;
    /// <c>PATH = -</c> removes; <c>+ JSON</c> adds an object of the namespace; <c>* YAML</c> adds a document as it stands; <c>- KIND</c> removes all of a kind. Several with <c> ;; </c> between.
    /// </summary>
    public void Plant(string seed)
    {
        foreach (var step in seed.Split(" ;; ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (step.StartsWith("+ ", StringComparison.Ordinal))
            {
                var added = (JsonObject)JsonNode.Parse(step[2..])!;
                var metadata = added["metadata"] as JsonObject ?? [];
                added["metadata"] = metadata;
                if (metadata["namespace"] is null)
                {
                    metadata["namespace"] = "shop";
                }

                _objects.Add(added);
            }
            else if (step.StartsWith("* ", StringComparison.Ordinal))
            {
                _texts.Add(step[2..]);
            }
            else if (step.StartsWith("- ", StringComparison.Ordinal))
            {
                _objects.RemoveAll(o => (string?)o["kind"] == step[2..]);
            }
            else
            {
                var (left, value) = step.Split(" = ", 2) is [var l, var v] ? (l, v) : throw new InvalidOperationException($"no value: {step}");
                var (where, path) = left.Split(' ', 2) is [var w, var p] ? (w, p) : throw new InvalidOperationException($"no path: {step}");
                JsonNode root = where switch
                {
                    "c" => _pod["containers"]![0]!,
                    "i" => _pod["initContainers"]![0]!,
                    "p" => _pod,
                    "w" => Host,
                    _ => Find(where) ?? throw new InvalidOperationException($"no {where}: {step}"),
                };
                Set(root, path.Split('/'), value == "-" ? null : JsonNode.Parse(value), value == "-");
            }
        }
    }

    public string Text => string.Join("\n---\n", _objects.Select(o => o.ToJsonString()).Concat(_texts));

    private JsonObject? Find(string kind) => _objects.FirstOrDefault(o => (string?)o["kind"] == kind);

    private static void Set(JsonNode at, string[] path, JsonNode? value, bool remove)
    {
        foreach (var part in path[..^1])
        {
            var key = part.Replace("~", "/", StringComparison.Ordinal);
            at = at is JsonArray list ? list[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)]! : at[key] ?? (at[key] = new JsonObject());
        }

        var last = path[^1].Replace("~", "/", StringComparison.Ordinal);
        if (at is JsonArray array)
        {
            if (last == "+")
            {
                array.Add(value);
            }
            else
            {
                array[int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)] = value;
            }
        }
        else if (remove)
        {
            ((JsonObject)at).Remove(last);
        }
        else
        {
            at[last] = value;
        }
    }

    private static JsonNode? Node(Part part) =>
        part.Items.Count > 0 ? new JsonArray([.. part.Items.Select(Node)])
        : part.Entries.Count > 0 ? new JsonObject(part.Entries.Select(e => KeyValuePair.Create(e.Key, Node(e.Value))))
        : part.Text is not { } text ? new JsonObject()
        : part.IsQuoted ? text
        : text switch { "true" => true, "false" => false, _ => long.TryParse(text, out var number) ? number : text };
}
