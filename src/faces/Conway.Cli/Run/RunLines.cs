using System.Globalization;

namespace Conway.Cli;

/// <summary>A run for a pipe: one line for each change, <c>TIME SERVICE STATE why</c>. Pure.</summary>
public static class RunLines
{
    /// <summary>What to print when a service went from one state to another: <c>22:15:32 orders waiting waits for catalog</c>. Null when nothing a person needs has changed.</summary>
    public static string? Changed(RunService? before, RunService after, DateTimeOffset now)
    {
        var isNews = before is null || before.State != after.State
            || before.HealthyReplicas != after.HealthyReplicas
            || before.Reason != after.Reason
            || !before.WaitingFor.SequenceEqual(after.WaitingFor);
        if (!isNews)
        {
            return null;
        }

        // The last log line belongs to the logs; here it would make every line different.
        var note = (after with { LastLog = null }).Note;
        var took = before is not null && after.State == "healthy" && before.State != "healthy" ? $"after {Spans.Short(now - before.Since)}" : "";
        return Line(now, $"{after.Name} {after.State} {took} {note}");
    }

    /// <summary>Where a line's own text begins, so that what does not fit goes on below it: behind the indent, behind <c>22:15:32 </c>, behind <c>  1. </c>.</summary>
    public static int TextColumn(string line)
    {
        var plain = line.TrimStart(' ');
        var indent = line.Length - plain.Length;
        return plain.Length > TimeWidth && TimeOnly.TryParseExact(plain[..TimeWidth], "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? indent + TimeWidth + 1
            : plain.Length > 3 && char.IsAsciiDigit(plain[0]) && plain[1] == '.' && plain[2] == ' ' ? indent + 3
            : indent;
    }

    private const int TimeWidth = 8;

    /// <summary>Anything else worth a line.</summary>
    public static string Line(DateTimeOffset now, string text) =>
        $"{now.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {string.Join(' ', SafeText.OneLine(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))}";
}
