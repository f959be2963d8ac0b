using System.Text.Encodings.Web;
using System.Text.Json;

namespace Conway.Artifacts.Yaml;

/// <summary>Writes an object as JSON, each line with its origin. The line that opens it is the head of the file and is not among them.</summary>
internal static class JsonWriter
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<ArtifactLine> Write(YamlMap root)
    {
        var lines = new List<ArtifactLine>();
        var origin = root.Origin ?? throw new InvalidOperationException("A document needs an origin.");
        Map(root, "  ", origin, lines);
        lines.Add(new("}", origin));
        return lines;
    }

    private static void Map(YamlMap map, string indent, Origin around, List<ArtifactLine> lines)
    {
        for (var i = 0; i < map.Entries.Count; i++)
        {
            Value($"{indent}{Quoted(map.Entries[i].Key)}: ", map.Entries[i].Value, i < map.Entries.Count - 1 ? "," : "", indent, around, lines);
        }
    }

    private static void Value(string head, YamlNode value, string end, string indent, Origin around, List<ArtifactLine> lines)
    {
        var origin = value.Origin ?? around;
        switch (value)
        {
            case YamlMap { IsEmpty: true }:
                lines.Add(new($"{head}{{}}{end}", origin));
                break;
            case YamlMap map:
                lines.Add(new(head + "{", origin));
                Map(map, indent + "  ", origin, lines);
                lines.Add(new($"{indent}}}{end}", origin));
                break;
            case YamlList list when list.Items.All(item => item is YamlText or YamlPlain):
                lines.Add(new($"{head}[{string.Join(", ", list.Items.Select(Scalar))}]{end}", origin));
                break;
            case YamlList list:
                lines.Add(new(head + "[", origin));
                for (var i = 0; i < list.Items.Count; i++)
                {
                    Value(indent + "  ", list.Items[i], i < list.Items.Count - 1 ? "," : "", indent + "  ", origin, lines);
                }

                lines.Add(new($"{indent}]{end}", origin));
                break;
            default:
                lines.Add(new($"{head}{Scalar(value)}{end}", origin));
                break;
        }
    }

    private static string Scalar(YamlNode node) => node switch
    {
        YamlText text => Quoted(text.Text),
        YamlPlain plain => plain.Text,
        _ => throw new InvalidOperationException($"{node.GetType().Name} is no JSON."),
    };

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);
}
