using Conway.ManifestFacts.Yaml;

namespace Conway.ManifestFacts;

/// <summary>Texts of manifests to values.</summary>
/// <remarks>Pure; never throws for what is written. A file is told by what it says and not by its name: <c>services:</c> at the top is Compose, <c>kind:</c> and
/// <c>apiVersion:</c> are Kubernetes, everything else is passed over. Templates (<c>{{</c>) cannot be read before they are rendered and are passed over too.</remarks>
public static class ManifestReader
{
    /// <param name="files">Names as people would type them, and texts.</param>
    public static Deployment Read(IEnumerable<(string File, string Text)> files)
    {
        var (workloads, entrances, exposed) = (new List<Workload>(), new List<Entrance>(), new List<Entrance>());
        var (read, unread, pipelines, scaled) = (new List<string>(), new List<UnreadManifest>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (file, text) in files.OrderBy(f => f.File, StringComparer.Ordinal))
        {
            if (ManifestFiles.IsPipeline(file))
            {
                pipelines.Add(file);
                continue;
            }

            // Go templates hold {{ }} in places where YAML holds values.
            if (text.Contains("{{", StringComparison.Ordinal) && !text.Contains("kind: Workflow", StringComparison.Ordinal))
            {
                unread.Add(new UnreadManifest(file, "it is a template; render it first"));
                continue;
            }

            var before = (workloads.Count, entrances.Count, exposed.Count);
            var documents = Documents.Read(file, text, out var why);
            foreach (var document in documents)
            {
                if (document["kind"]?.Text is not null && document["apiVersion"]?.Text is not null)
                {
                    Kubernetes.Read(document, workloads, entrances, exposed, scaled);
                }
                else if (document["services"] is { Entries.Count: > 0 } services && ManifestFiles.IsCompose(file))
                {
                    Compose.Read(services, workloads);
                }
            }

            if (why is not null)
            {
                unread.Add(new UnreadManifest(file, why));
            }

            if (before != (workloads.Count, entrances.Count, exposed.Count))
            {
                read.Add(file);
            }
        }

        return new Deployment
        {
            Workloads = [.. workloads.Select(w => scaled.Contains(w.Name) ? w with { IsScaled = true } : w)],
            Entrances = [.. entrances],
            Exposed = [.. exposed],
            Pipelines = [.. pipelines],
            Files = [.. read],
            Unread = [.. unread],
        };
    }
}
