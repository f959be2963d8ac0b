using System.Globalization;
using System.Text.Json;

namespace Conway.Console.Tests;

/// <summary>A value in an answer by its path: <c>spans[0].attributes/http.route</c>; after a slash comes a name that may have dots.</summary>
internal static class JsonAt
{
    public static string TextAt(this JsonElement from, string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        foreach (var step in (slash < 0 ? path : path[..slash]).Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            from = from.ValueKind == JsonValueKind.Array ? from[int.Parse(step, CultureInfo.InvariantCulture)] : from.GetProperty(step);
        }

        from = slash < 0 ? from : from.GetProperty(path[(slash + 1)..]);
        return from.ValueKind == JsonValueKind.String ? from.GetString()! : from.GetRawText();
    }
}
