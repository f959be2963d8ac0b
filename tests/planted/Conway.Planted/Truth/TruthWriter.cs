using System.Text;

namespace Conway.Planted.Truth;

/// <summary>Writes truth files as <see cref="TruthReader"/> reads them; the same truth gives the same bytes.</summary>
public static class TruthWriter
{
    public static string Write(TruthFile truth)
    {
        var text = new StringBuilder($"system: {Quote(truth.System)}\n\nservices:\n");
        foreach (var service in truth.Services)
        {
            text.Append($"  {Quote(service.Name)}:\n    purpose: {Quote(service.Purpose)}\n    types:\n");
            Lines(text, service.Types, "      ");
        }

        Section(text, "shared", truth.Shared);
        Section(text, "technical", truth.Technical);
        if (truth.Contested.Count > 0)
        {
            text.Append("\ncontested:\n");
            foreach (var type in truth.Contested)
            {
                var services = $"[{string.Join(", ", type.Services.Select(Quote))}]";
                text.Append(type.Why is { } why ? $"  {Quote(type.Type.Text)}: {{ services: {services}, why: {Quote(why)} }}\n" : $"  {Quote(type.Type.Text)}: {services}\n");
            }
        }

        return text.ToString();
    }

    private static void Section(StringBuilder text, string name, IReadOnlyList<TypePattern> types)
    {
        if (types.Count == 0)
            return;
        text.Append($"\n{name}:\n");
        Lines(text, types, "  ");
    }

    private static void Lines(StringBuilder text, IReadOnlyList<TypePattern> types, string indent)
    {
        foreach (var type in types)
            text.Append($"{indent}- {Quote(type.Text)}\n");
    }

    // Plain where nobody could take it for something else, else as a JSON string, which YAML reads.
    private static string Quote(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !Words.Contains(text.ToLowerInvariant())
            ? text
            : $"\"{string.Concat(text.Select(Escape))}\"";

    private static readonly HashSet<string> Words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

    private static string Escape(char c) => c is '"' or '\\' ? $"\\{c}" : c < ' ' ? $"\\x{(int)c:x2}" : c.ToString();
}
