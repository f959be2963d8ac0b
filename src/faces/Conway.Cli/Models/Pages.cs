using System.Reflection;

namespace Conway.Cli;

/// <summary>The pages of the documentation that <c>explain</c> prints; they travel inside the program.</summary>
internal static class Pages
{
    private static readonly Assembly Here = typeof(Pages).Assembly;

    /// <summary>Names of the pages in a folder, without ending, in order: <c>CW2104</c>.</summary>
    public static IReadOnlyList<string> In(string folder) =>
    [
        .. Here.GetManifestResourceNames()
            .Where(n => n.StartsWith(folder + "/", StringComparison.Ordinal) && n.EndsWith(".md", StringComparison.Ordinal))
            .Select(n => n[(folder.Length + 1)..^3])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a page; null when there is none of that name.</summary>
    public static string? Read(string folder, string name)
    {
        using var stream = Here.GetManifestResourceStream($"{folder}/{name}.md");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The title of a page, without its code: <c># CW2104 Timeout over …</c> gives <c>Timeout over …</c></summary>
    public static string TitleOf(string page, string name)
    {
        var head = page.Split('\n')[0].TrimStart('#', ' ');
        return head.StartsWith(name + " ", StringComparison.Ordinal) ? head[(name.Length + 1)..] : head;
    }
}
