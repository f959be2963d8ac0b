namespace Conway.Supervision;

/// <summary>Of what a process printed before it ended, the one line that says why.</summary>
internal static class LastWords
{
    private const int LengthMax = 200;

    private static readonly string[] Telling = ["exception", "error", "panic", "fatal", "cannot", "failed"];

    /// <summary>The last line that begins at the margin and names a failure; else the last that is not empty; null when there is none.</summary>
    /// <remarks>Programs say what went wrong at the margin and where below it, indented; Node.js ends with its version, .NET with the trace.</remarks>
    public static string? Of(IReadOnlyList<string> lines)
    {
        var said = lines.LastOrDefault(line => line.Length > 0 && !char.IsWhiteSpace(line[0]) && Telling.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)))
            ?? lines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line));
        return said?.Trim() is not { } text ? null : text.Length <= LengthMax ? text : text[..LengthMax] + "…";
    }
}
