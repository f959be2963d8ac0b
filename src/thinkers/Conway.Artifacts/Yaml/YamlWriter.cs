using System.Globalization;

namespace Conway.Artifacts.Yaml;

/// <summary>Writes documents in block style, two columns a level, each line with its origin.</summary>
internal static class YamlWriter
{
    /// <summary>The documents one after the other, parted by <c>---</c>.</summary>
    public static IReadOnlyList<ArtifactLine> Write(IReadOnlyList<YamlMap> documents)
    {
        var lines = new List<ArtifactLine>();
        for (var i = 0; i < documents.Count; i++)
        {
            var origin = documents[i].Origin ?? throw new InvalidOperationException("A document needs an origin.");
            if (i > 0)
            {
                lines.Add(new("---", origin));
            }

            Map(documents[i], "", origin, lines);
        }

        return lines;
    }

    /// <summary>A file of objects with the region <c>more</c> at its end, for objects of somebody's own.</summary>
    /// <param name="modelPath">The part of the model that the region belongs to.</param>
    public static ArtifactFile File(string path, string modelPath, params IReadOnlyList<YamlMap> documents)
    {
        var origin = new Origin(modelPath, ArtifactRules.KeepRegion);
        return new ArtifactFile(path, [.. Write(documents), new(Keep.Begin("more"), origin), new(Keep.End, origin)]);
    }

    /// <summary>One document that is a list.</summary>
    public static IReadOnlyList<ArtifactLine> Write(YamlList list)
    {
        var lines = new List<ArtifactLine>();
        List(list, "", list.Origin ?? throw new InvalidOperationException("A document needs an origin."), lines);
        return lines;
    }

    private static void Map(YamlMap map, string indent, Origin around, List<ArtifactLine> lines)
    {
        foreach (var (key, value) in map.Entries)
        {
            Entry(key.Length == 0 && value is YamlKeep or YamlLine ? "" : $"{indent}{YamlScalar.Write(key)}:", value, indent, around, lines);
        }
    }

    private static void Entry(string head, YamlNode value, string indent, Origin around, List<ArtifactLine> lines)
    {
        var origin = value.Origin ?? around;
        switch (value)
        {
            case YamlKeep keep:
                lines.Add(new(indent + Keep.Begin(keep.Name), origin));
                lines.Add(new(indent + Keep.End, origin));
                break;
            case YamlBlock block:
                lines.Add(new($"{head} |-", origin));
                lines.AddRange(block.Lines.Select(line => new ArtifactLine($"{indent}  {line}", origin)));
                break;
            case YamlLines own:
                lines.Add(new($"{head} |-", origin));
                lines.AddRange(own.Lines.Select(line => line with { Text = $"{indent}  {line.Text}" }));
                break;
            case YamlDocument document:
                lines.Add(new($"{head} |", origin));
                Map(document.Content, indent + "  ", document.Content.Origin ?? origin, lines);
                break;
            case YamlLine line when head.EndsWith(':'):
                lines.Add(new(head, origin));
                lines.Add(new($"{indent}  {Indented(line, indent.Length + 2)}", origin));
                break;
            case YamlLine line:
                lines.Add(new(indent + Indented(line, indent.Length), origin));
                break;
            case YamlMap { IsEmpty: true }:
                lines.Add(new(head + " {}", origin));
                break;
            case YamlList { Items.Count: 0 }:
                lines.Add(new(head + " []", origin));
                break;
            case YamlMap map:
                lines.Add(new(head, origin));
                Map(map, indent + "  ", origin, lines);
                break;
            case YamlList list:
                lines.Add(new(head, origin));
                List(list, indent + "  ", origin, lines);
                break;
            default:
                lines.Add(new($"{head} {Scalar(value)}", origin));
                break;
        }
    }

    private static void List(YamlList list, string indent, Origin around, List<ArtifactLine> lines)
    {
        foreach (var item in list.Items)
        {
            var origin = item.Origin ?? around;
            if (item is YamlMap { IsEmpty: false } map)
            {
                // The first entry stands behind the dash.
                var from = lines.Count;
                Map(map, indent + "  ", origin, lines);
                lines[from] = lines[from] with { Text = $"{indent}- {lines[from].Text[(indent.Length + 2)..]}" };
            }
            else if (item is YamlList { Items.Count: > 0 })
            {
                throw new InvalidOperationException("A list directly in a list is not written by any generator.");
            }
            else
            {
                Entry($"{indent}-", item, indent, origin, lines);
            }
        }
    }

    private static string Indented(YamlLine line, int columns) => line.Text.Replace("{indent}", columns.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Scalar(YamlNode node) => node switch
    {
        YamlText text => YamlScalar.Write(text.Text),
        YamlPlain plain => plain.Text,
        YamlRaw raw => raw.Text,
        _ => throw new InvalidOperationException($"{node.GetType().Name} is no scalar."),
    };
}
