using Conway.Reader.Yaml;

namespace Conway.Reader.Editing;

/// <summary>Writes a node on one line, so that it can stand between brackets.</summary>
internal static class FlowText
{
    public static string Of(Node node) =>
        node switch
        {
            MapNode { Entries.Count: 0 } => "{}",
            MapNode map => "{ " + string.Join(", ", map.Entries.Select(e => $"{Of(e.Key)}: {Of(e.Value)}")) + " }",
            ListNode list => "[" + string.Join(", ", list.Items.Select(Of)) + "]",
            ScalarNode { IsNull: true } => "null",
            ScalarNode scalar => Scalar(scalar),
            _ => throw new InvalidOperationException($"{node.GetType()} cannot be written."),
        };

    /// <summary>A key as it can stand anywhere.</summary>
    public static string Key(string key) => Scalar(new ScalarNode(new SourceText("", ""), 0, 0, key, CoreSchema.KindOf(new ScalarNode(new SourceText("", ""), 0, 0, key, true)) == "text"));

    private static string Scalar(ScalarNode scalar)
    {
        var means = CoreSchema.KindOf(scalar with { IsPlain = true });
        var needsQuotes = scalar.Text.Length == 0 || scalar.Text != scalar.Text.Trim() || "-?:,[]{}#&*!|>'\"%@`".Contains(scalar.Text[0], StringComparison.Ordinal)
            || scalar.Text.AsSpan().ContainsAny("[]{},#") || scalar.Text.Contains(": ", StringComparison.Ordinal) || scalar.Text[^1] == ':' || scalar.Text.Any(char.IsControl)
            || (!scalar.IsPlain && (means != "text" || new ScalarNode(scalar.Source, 0, 0, scalar.Text, true).IsNull));
        return needsQuotes ? System.Text.Json.JsonSerializer.Serialize(scalar.Text, QuotedOptions) : scalar.Text;
    }

    private static readonly System.Text.Json.JsonSerializerOptions QuotedOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
