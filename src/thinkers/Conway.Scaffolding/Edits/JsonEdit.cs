using System.Text;
using System.Text.Json;

namespace Conway.Scaffolding;

/// <summary>Members that are put at the end of an object of a JSON document, whose formatting stays as it is.</summary>
/// <param name="File">Relative to the system's folder.</param>
/// <param name="Path">Keys from the root to the object.</param>
/// <param name="Members">Each with its key: <c>"key": { … }</c> over one line or several, not indented. Those whose key is there are left out.</param>
public sealed record JsonEdit(string File, IReadOnlyList<string> Path, IReadOnlyList<string> Members) : FileEdit(File)
{
    private const int DepthMax = 256;

    public override string Text => string.Join(",\n", Members);

    public override string Where => $"in '{string.Join('.', Path)}'";

    public override string? Apply(string text)
    {
        var mark = text.StartsWith('\uFEFF') ? 1 : 0;
        var bytes = Encoding.UTF8.GetBytes(text[mark..]);
        if (Find(bytes) is not { } found)
        {
            return null;
        }

        var missing = Members.Where(member => !found.Keys.Contains(KeyOf(member))).ToArray();
        if (missing.Length == 0)
        {
            return text;
        }

        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var before = Encoding.UTF8.GetString(bytes, 0, found.End);
        var indent = IndentOf(Encoding.UTF8.GetString(bytes, 0, found.Start));
        var kept = before.TrimEnd();
        var put = string.Join("," + newLine, missing.Select(member => Indented(member, indent + "  ", newLine)));
        return string.Concat(text[..mark], kept, found.Keys.Count > 0 ? "," : "", newLine, put, newLine + indent, Encoding.UTF8.GetString(bytes, found.End, bytes.Length - found.End));
    }

    /// <summary>Where the object stands: its opening and closing brace, and its keys. Null when it is not there or the text is not JSON.</summary>
    private (int Start, int End, HashSet<string> Keys)? Find(byte[] bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DepthMax });
            var (matched, start, end, keys) = (0, -1, -1, new HashSet<string>(StringComparer.Ordinal));
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == matched && matched == Path.Count && start < 0)
                {
                    start = (int)reader.TokenStartIndex;
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && start < 0 && matched < Path.Count && reader.CurrentDepth == matched + 1 && reader.ValueTextEquals(Path[matched]))
                {
                    matched++;
                    if (reader.Read() && reader.TokenType != JsonTokenType.StartObject)
                    {
                        return null;
                    }

                    start = matched == Path.Count ? (int)reader.TokenStartIndex : start;
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && start >= 0 && end < 0 && reader.CurrentDepth == Path.Count + 1)
                {
                    keys.Add(reader.GetString()!);
                }
                else if (reader.TokenType == JsonTokenType.EndObject && start < 0 && matched > 0 && reader.CurrentDepth == matched)
                {
                    return null;
                }
                else if (reader.TokenType == JsonTokenType.EndObject && start >= 0 && end < 0 && reader.CurrentDepth == Path.Count)
                {
                    end = (int)reader.TokenStartIndex;
                }
            }

            return end < 0 ? null : (start, end, keys);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string KeyOf(string member)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes("{" + member + "}"));
        reader.Read();
        reader.Read();
        return reader.GetString()!;
    }

    private static string IndentOf(string before)
    {
        var line = before[(before.LastIndexOf('\n') + 1)..];
        return line[..(line.Length - line.TrimStart().Length)];
    }

    private static string Indented(string text, string indent, string newLine) => string.Join(newLine, text.Split('\n').Select(line => indent + line));
}
