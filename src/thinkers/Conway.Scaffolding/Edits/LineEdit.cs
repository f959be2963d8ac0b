namespace Conway.Scaffolding;

/// <summary>A line that is put into a file below the last line that begins as one of some texts, with that line's indent and line end.</summary>
/// <param name="File">Relative to the system's folder.</param>
/// <param name="Line">Without indent and line end.</param>
/// <param name="After">How the line above begins, without its indent: the last one that begins with the first text, else with the second, and so on.</param>
public sealed record LineEdit(string File, string Line, IReadOnlyList<string> After) : FileEdit(File)
{
    /// <summary>A line that holds this says the same already. Unset: the whole line.</summary>
    public string? Known { get; init; }

    /// <summary>The line begins the file when no line begins as in <see cref="After"/>.</summary>
    public bool OrFirst { get; init; }

    /// <summary>The line goes above the line that was found, further in: for the end of an element or a list.</summary>
    public bool Above { get; init; }

    /// <summary>How many columns further in.</summary>
    public int Deeper { get; init; } = 2;

    public override string Text => Line;

    public override string Where => OrFirst ? "at the beginning" : $"{(Above ? "above" : "below")} the line that begins with '{After[0]}'";

    public override string? Apply(string text)
    {
        var lines = Lines(text);
        if (lines.Any(line => Known is { } known ? text.AsSpan(line.Start, line.Length).Contains(known, StringComparison.Ordinal) : text.AsSpan(line.Start, line.Length).Trim().SequenceEqual(Line)))
        {
            return text;
        }

        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        foreach (var start in After)
        {
            var at = lines.FindLastIndex(line => text.AsSpan(line.Start, line.Length).TrimStart().StartsWith(start, StringComparison.Ordinal));
            if (at < 0)
            {
                continue;
            }

            var (from, length) = lines[at];
            var indent = text.AsSpan(from, length - text.AsSpan(from, length).TrimStart().Length).ToString();
            return Above ? text.Insert(from, $"{indent}{new string(' ', Deeper)}{Line}{newLine}") : text.Insert(from + length, $"{newLine}{indent}{Line}");
        }

        return OrFirst ? text.Insert(text.StartsWith('\uFEFF') ? 1 : 0, Line + newLine) : null;
    }

    private static List<(int Start, int Length)> Lines(string text)
    {
        var lines = new List<(int, int)>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            lines.Add((start, end > start && text[end - 1] == '\r' ? end - 1 - start : end - start));
            start = end + 1;
        }

        return lines;
    }
}
