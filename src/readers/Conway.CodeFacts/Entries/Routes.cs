namespace Conway.CodeFacts.Entries;

/// <summary>Route templates.</summary>
internal static class Routes
{
    /// <summary>One slash between the parts, one before them, none behind.</summary>
    public static string Join(string before, string after)
    {
        var route = string.Join('/', new[] { before.Trim('/'), after.Trim('/') }.Where(p => p.Length > 0));
        return route.Length == 0 ? "" : "/" + route;
    }

    /// <summary>From the root; never empty.</summary>
    public static string Rooted(string route) => Join("", route) is { Length: > 0 } rooted ? rooted : "/";

    /// <summary><c>[controller]</c> and its like replaced.</summary>
    public static string Fill(string template, string controller, string action, string? area) =>
        template.Replace("[controller]", controller, StringComparison.OrdinalIgnoreCase).Replace("[action]", action, StringComparison.OrdinalIgnoreCase).Replace("[area]", area ?? "", StringComparison.OrdinalIgnoreCase);

    public static bool IsAbsolute(string template) => template.StartsWith('/') || template.StartsWith("~/", StringComparison.Ordinal);
}
