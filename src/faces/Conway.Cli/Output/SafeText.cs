using System.Text;

namespace Conway.Cli;

/// <summary>Makes text from elsewhere (logs, models, answers) harmless for a terminal.</summary>
internal static class SafeText
{
    /// <summary>One line without control characters: a log line must not move the cursor, change the title or clear the screen.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            safe.Append(c switch { '\t' => ' ', '\n' => '⏎', '\r' => "", _ when char.IsControl(c) => '·', _ => c });
        }

        return safe.ToString();
    }

    /// <summary>At most so many columns; what is cut is shown by an ellipsis.</summary>
    public static string Cut(string text, int columnsMax) => TextColumns.Cut(text, columnsMax);
}
