namespace Conway.Artifacts;

/// <summary>Regions of a generated file that belong to whoever edits it: <c># conway:keep begin env</c> … <c># conway:keep end</c>.</summary>
internal static class Keep
{
    public const string End = "# conway:keep end";

    private const string BeginWords = "# conway:keep begin ";

    public static string Begin(string name) => BeginWords + name;

    /// <summary>The name of the region that a line opens; null when it opens none.</summary>
    public static string? Opened(string line) =>
        line.TrimStart() is var text && text.StartsWith(BeginWords, StringComparison.Ordinal) ? text[BeginWords.Length..].Trim() : null;

    public static bool Closes(string line) => line.Trim() == End;

    /// <summary>What stands in each region of a text, by name; of two with one name the first.</summary>
    public static Dictionary<string, IReadOnlyList<string>> In(IReadOnlyList<string> lines)
    {
        var kept = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            if (Opened(lines[i]) is not { } name)
            {
                continue;
            }

            var from = ++i;
            while (i < lines.Count && !Closes(lines[i]))
            {
                i++;
            }

            kept.TryAdd(name, [.. lines.Skip(from).Take(i - from)]);
        }

        return kept;
    }

    /// <summary>The lines without what stands in regions.</summary>
    public static IEnumerable<string> Without(IReadOnlyList<string> lines)
    {
        var inside = false;
        foreach (var line in lines)
        {
            inside = inside && !Closes(line);
            if (!inside)
            {
                yield return line;
            }

            inside = inside || Opened(line) is not null;
        }
    }
}
