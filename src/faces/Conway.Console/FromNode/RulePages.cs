using System.Reflection;

namespace Conway.Console.FromNode;

/// <summary>The pages of rules, as they stand in <c>docs/reference/findings</c>.</summary>
internal static class RulePages
{
    public static Api.Rule? Find(string code)
    {
        using var page = Assembly.GetExecutingAssembly().GetManifestResourceStream($"rules/{code.ToUpperInvariant()}.md");
        if (page is null)
        {
            return null;
        }

        using var reader = new StreamReader(page);
        var text = reader.ReadToEnd();
        var title = text[..text.IndexOf('\n', StringComparison.Ordinal)].TrimStart('#', ' ').Trim();
        return new(code.ToUpperInvariant(), title.StartsWith(code, StringComparison.OrdinalIgnoreCase) ? title[code.Length..].TrimStart(' ', ':') : title, text);
    }
}
