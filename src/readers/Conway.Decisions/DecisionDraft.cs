using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Conway.Decisions;

/// <summary>A new decision, and what changes in the one that it takes the place of. Pure.</summary>
public static partial class DecisionDraft
{
    private const int SlugMax = 60;

    /// <summary><c>0004-one-broker-for-all.md</c></summary>
    public static string FileName(int number, string title)
    {
        var words = new StringBuilder();
        foreach (var letter in title.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter))
            {
                words.Append(letter);
            }
            else if (words.Length > 0 && words[^1] != '-')
            {
                words.Append('-');
            }
        }

        var slug = words.ToString(0, Math.Min(words.Length, SlugMax)).Trim('-');
        return string.Create(CultureInfo.InvariantCulture, $"{number:0000}-{(slug.Length > 0 ? slug : "decision")}.md");
    }

    /// <summary>The text to be filled in.</summary>
    public static string Text(int number, string title, string date, IReadOnlyList<string> decides, int? supersedes)
    {
        var text = new StringBuilder("---\n");
        text.Append(CultureInfo.InvariantCulture, $"status: {(supersedes is null ? "proposed" : "accepted")}\ndate: {date}\ndecides: [{string.Join(", ", decides)}]\n");
        if (supersedes is { } older)
        {
            text.Append(CultureInfo.InvariantCulture, $"supersedes: [{older}]\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"""
            ---

            # {number:0000} · {title}

            ## The forces

            What asks for a decision: what is true today, what is wanted, and what stands against it.

            ## What we could do

            * **One way.** What it gives, and what it costs.
            * **Another.** The same.

            ## Decision

            What is done, in one or two sentences.

            ## What follows

            What gets easier, and what gets harder.

            ## We would change our mind if

            What would have to be seen.

            """).ToString();
    }

    /// <summary>The older one's text, with its status told as superseded; null when it has none that could be changed.</summary>
    public static string? Superseded(string text, int by)
    {
        if (text.StartsWith("---", StringComparison.Ordinal) && MatterStatus().IsMatch(text))
        {
            return MatterStatus().Replace(text, string.Create(CultureInfo.InvariantCulture, $"$1status: superseded by {by}"), 1);
        }

        return SectionStatus().IsMatch(text) ? SectionStatus().Replace(text, string.Create(CultureInfo.InvariantCulture, $"$1Superseded by {by:0000}"), 1) : null;
    }

    // Within the front matter only: no line of '---' before it.
    [GeneratedRegex("\\A(---[ \\t]*\\r?\\n(?:(?!---)[^\\n]*\\n)*?)status:[^\\r\\n]*")]
    private static partial Regex MatterStatus();

    [GeneratedRegex("^(## Status[ \\t]*\\r?\\n(?:[ \\t]*\\r?\\n)*)[^\\r\\n#]+", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex SectionStatus();
}
