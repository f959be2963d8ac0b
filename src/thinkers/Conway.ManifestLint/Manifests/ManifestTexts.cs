using System.Text.RegularExpressions;
using Conway.Findings;
using Conway.ManifestFacts.Yaml;

namespace Conway.ManifestLint.Manifests;

/// <summary>Texts to objects, and what could not be read of them.</summary>
public sealed partial class ManifestTexts
{
    /// <summary>Most scalars, lists and maps of one file: some 25,000 objects.</summary>
    public const int PartsMax = 4_000_000;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _lines = new(StringComparer.Ordinal);

    private ManifestTexts()
    {
    }

    internal List<KubeObject> Objects { get; } = [];

    internal List<Finding> Problems { get; } = [];

    internal List<string> Files { get; } = [];

    internal int Ignored { get; private set; }

    internal static ManifestTexts Read(IEnumerable<(string File, string Text)> files, string defaultNamespace, CancellationToken cancellationToken)
    {
        var all = new ManifestTexts();
        var (read, patches, charts) = (new List<(string File, YamlText Yaml)>(), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (file, text) in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            all.Files.Add(file);
            all._texts[file] = text;
            if (Path.GetFileName(file) is "Chart.yaml")
            {
                charts.Add(Folder(file) + "templates/");
            }

            // What Helm renders reads like YAML in part, and would be judged by its braces.
            if (OfHelm().IsMatch(text))
            {
                all.Problems.Add(Template(file, 1));
                continue;
            }

            var yaml = YamlText.Read(file, text, PartsMax);
            read.Add((file, yaml));
            foreach (var document in yaml.Documents.Where(d => IsKustomization(file, d)))
            {
                patches.UnionWith(Patches(document).Select(p => Resolved(Folder(file), p)));
            }
        }

        foreach (var (file, yaml) in read)
        {
            if (patches.Contains(file))
            {
                // A patch holds only what it changes.
                all.Ignored += yaml.Documents.Count;
                continue;
            }

            if (yaml.Problem is { } problem)
            {
                all.Problems.Add(all._texts[file].Contains("{{", StringComparison.Ordinal) || charts.Any(c => file.StartsWith(c, StringComparison.Ordinal))
                    ? Template(file, yaml.At.Line)
                    : all.Unreadable(yaml.At, problem));
            }

            foreach (var document in yaml.Documents)
            {
                all.Take(file, document, defaultNamespace, 0);
            }
        }

        return all;
    }

    /// <summary>The line of a place; null when the file has no such line.</summary>
    internal string? Line(SourceSpan place)
    {
        if (!_texts.TryGetValue(place.File, out var text))
        {
            return null;
        }

        if (!_lines.TryGetValue(place.File, out var starts))
        {
            _lines[place.File] = starts = [0, .. text.Index().Where(c => c.Item == '\n').Select(c => c.Index + 1)];
        }

        if (place.Line < 1 || place.Line > starts.Length)
        {
            return null;
        }

        var end = place.Line < starts.Length ? starts[place.Line] : text.Length;
        var line = text[starts[place.Line - 1]..end].TrimEnd('\r', '\n');

        // A line of a megabyte is nobody's to read.
        return line.Length > 400 ? null : line;
    }

    private void Take(string file, Part document, string defaultNamespace, int depth)
    {
        if (document["kind"].Word() is not { } kind || document["apiVersion"].Word() is not { } version || IsKustomization(file, document))
        {
            Ignored++;
            return;
        }

        if (version == "v1" && kind.EndsWith("List", StringComparison.Ordinal) && document["items"] is { } items)
        {
            foreach (var item in items.Items.Where(_ => depth < 8))
            {
                Take(file, item, defaultNamespace, depth + 1);
            }

            return;
        }

        Objects.Add(new KubeObject(document, defaultNamespace));
    }

    private Finding Unreadable(SourceSpan at, string problem) => new()
    {
        Rule = RuleCatalog.Find("K8S-unreadable")!.Rule,
        Message = $"'{at.File}' could not be read on: {problem}.",
        Mend = "Mend the file there; what stands before it was judged.",
        Place = at,
        SourceLine = Line(at),
        Subject = at.File,
    };

    private static Finding Template(string file, int line) => new()
    {
        Rule = RuleCatalog.Find("K8S-template")!.Rule,
        Message = $"'{file}' is a template and no manifest yet, so it was not judged.",
        Mend = "Render it first: 'helm template DIR > all.yaml', and lint what comes out.",
        Place = new SourceSpan(file, line, 1, 1),
        Subject = file,
    };

    private static bool IsKustomization(string file, Part document) =>
        document["kind"]?.Text is "Kustomization" or "Component" && document["apiVersion"]?.Text?.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal) == true
        || Path.GetFileName(file) is "kustomization.yaml" or "kustomization.yml" or "Kustomization";

    private static IEnumerable<string> Patches(Part kustomization) =>
        kustomization["patchesStrategicMerge"].List().Select(p => p.Text)
            .Concat(kustomization["patches"].List().Concat(kustomization["patchesJson6902"].List()).Select(p => p["path"]?.Text))
            .OfType<string>().Where(p => !p.Contains('\n', StringComparison.Ordinal));

    private static string Folder(string file) => file[..(file.LastIndexOf('/') + 1)];

    private static string Resolved(string folder, string path)
    {
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
            }
            else if (part is not "." and not "")
            {
                parts.Add(part);
            }
        }

        return (folder.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }

    // {{ .Values.x }}, {{- if .Release.IsInstall }}; not the {{ $labels.job }} of Prometheus, nor {{ .GroupLabels.Values }} of Alertmanager.
    [GeneratedRegex(@"\{\{[^}\n]{0,200}(?<![\w)\].])\.(?:Values|Release|Chart|Capabilities)\b", RegexOptions.CultureInvariant)]
    private static partial Regex OfHelm();
}
