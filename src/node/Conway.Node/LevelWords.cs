using System.Text;
using Conway.Telemetry;

namespace Conway.Node;

/// <summary>Finds how grave a line of text is by the word it begins with. Pure.</summary>
/// <remarks>
/// What is looked for, after colours, a time and brackets have been passed over:
/// <code>
/// fail: Orders[0]                       .NET's console
/// 2026/11/21 22:15:30 [error] 7#0: …    nginx
/// [2026-11-21T22:15:30Z WARN  app] …    Rust
/// ERROR:root:…                          Python
/// npm WARN deprecated …                 npm
/// time="…" level=error msg="…"          Go
/// Unhandled exception. System.…         .NET, and the first lines with which Node.js, Java, Go and Python die
/// </code>
/// A word in small letters counts only with a colon or a bracket behind it, so that a sentence is not taken for a level.
/// </remarks>
internal static class LevelWords
{
    private const int LookedAt = 160;
    private const int WordsMax = 4;

    private static readonly (byte[] Word, LogSeverity Level)[] Known =
    [
        .. Words(LogSeverity.Trace, "TRACE", "TRCE", "TRC", "VERBOSE", "VRB", "SILLY", "FINEST"),
        .. Words(LogSeverity.Debug, "DEBUG", "DBUG", "DBG", "FINE"),
        .. Words(LogSeverity.Information, "INFO", "INFORMATION", "INF", "NOTICE", "LOG"),
        .. Words(LogSeverity.Warning, "WARN", "WARNING", "WRN", "DEPRECATIONWARNING", "EXPERIMENTALWARNING"),
        .. Words(LogSeverity.Error, "ERROR", "FAIL", "ERR", "SEVERE", "ERR!", "EXCEPTION", "TRACEBACK"),
        .. Words(LogSeverity.Critical, "FATAL", "CRITICAL", "CRIT", "CRT", "FTL", "PANIC", "EMERG", "EMERGENCY", "ALERT"),
    ];

    private static readonly (byte[] Start, LogSeverity Level)[] LastWords =
    [
        ("Unhandled exception"u8.ToArray(), LogSeverity.Critical),
        ("Exception in thread"u8.ToArray(), LogSeverity.Error),
        ("Traceback (most recent call last)"u8.ToArray(), LogSeverity.Error),
        ("Uncaught "u8.ToArray(), LogSeverity.Error),
        ("Fatal error"u8.ToArray(), LogSeverity.Critical),
        ("Segmentation fault"u8.ToArray(), LogSeverity.Critical),
    ];

    /// <summary>The level that a word stands for; unset when it is none.</summary>
    public static LogSeverity Of(ReadOnlySpan<byte> word)
    {
        foreach (var (known, level) in Known)
        {
            if (Ascii.EqualsIgnoreCase(word, known))
            {
                return level;
            }
        }

        return LogSeverity.Unset;
    }

    /// <summary>The level a line begins with; unset when it begins with none.</summary>
    public static LogSeverity At(ReadOnlySpan<byte> line)
    {
        var rest = line[..Math.Min(line.Length, LookedAt)];
        foreach (var (start, level) in LastWords)
        {
            if (rest.TrimStart((byte)' ').StartsWith(start))
            {
                return level;
            }
        }

        if (OfField(rest) is not LogSeverity.Unset and var named)
        {
            return named;
        }

        for (var words = 0; words < WordsMax && NextWord(ref rest, out var word, out var isMarked); words++)
        {
            if (Of(word) is not LogSeverity.Unset and var level && (isMarked || word.IndexOfAnyInRange((byte)'a', (byte)'z') < 0))
            {
                return level;
            }

            if (isMarked && IsErrorType(word))
            {
                return LogSeverity.Error;
            }
        }

        return LogSeverity.Unset;
    }

    // level=error, lvl=warn, level="error"
    private static LogSeverity OfField(ReadOnlySpan<byte> line)
    {
        foreach (var key in (ReadOnlySpan<byte[]>)["level="u8.ToArray(), "lvl="u8.ToArray()])
        {
            var at = line.IndexOf(key);
            if (at < 0 || (at > 0 && line[at - 1] != ' '))
            {
                continue;
            }

            var value = line[(at + key.Length)..].TrimStart((byte)'"');
            var end = value.IndexOfAny((byte)' ', (byte)'"');
            return Of(end < 0 ? value : value[..end]);
        }

        return LogSeverity.Unset;
    }

    // TypeError: x is not a function; java.io.IOException: …; but not lastError: none
    private static bool IsErrorType(ReadOnlySpan<byte> word) =>
        (word.EndsWith("Error"u8) || word.EndsWith("Exception"u8)) && (char.IsAsciiLetterUpper((char)word[0]) || word.Contains((byte)'.'));

    /// <summary>The next run of letters and what stands before and behind it. Anything else between words is passed over; a time is no word.</summary>
    private static bool NextWord(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> word, out bool isMarked)
    {
        word = default;
        isMarked = false;
        var isFree = true;
        while (!rest.IsEmpty)
        {
            if (rest[0] == 0x1B)
            {
                rest = AfterColour(rest);
                isFree = true;
                continue;
            }

            var length = 0;
            while (length < rest.Length && (char.IsAsciiLetterOrDigit((char)rest[length]) || rest[length] is (byte)'!' or (byte)'_' or (byte)'.' || (length > 0 && IsWithinTime(rest, length))))
            {
                length++;
            }

            if (length == 0)
            {
                // What hangs on something else is no level: GET /panic: …
                isFree = rest[0] is (byte)' ' or (byte)'\t' or (byte)'[' or (byte)'(' or (byte)'<' or (byte)'|';
                rest = rest[1..];
                continue;
            }

            word = rest[..length];
            rest = rest[length..];
            if (!isFree || char.IsAsciiDigit((char)word[0]))
            {
                isFree = false;
                continue;
            }

            while (!rest.IsEmpty && rest[0] == 0x1B)
            {
                rest = AfterColour(rest);
            }

            isMarked = !rest.IsEmpty && rest[0] is (byte)':' or (byte)']' or (byte)'|' or (byte)'>';
            return true;
        }

        return false;
    }

    // 2026-11-21T22:15:30Z is one word that begins with a digit, and so is 22:15:30,412.
    private static bool IsWithinTime(ReadOnlySpan<byte> text, int at) =>
        char.IsAsciiDigit((char)text[0]) && text[at] is (byte)':' or (byte)'-' or (byte)'/' or (byte)',' or (byte)'+';

    // ESC [ … m
    private static ReadOnlySpan<byte> AfterColour(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'m');
        return end < 0 ? default : text[(end + 1)..];
    }

    private static IEnumerable<(byte[], LogSeverity)> Words(LogSeverity level, params string[] words) => words.Select(word => (Encoding.ASCII.GetBytes(word), level));
}
