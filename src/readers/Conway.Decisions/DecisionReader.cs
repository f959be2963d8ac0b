using System.Globalization;
using System.Text.RegularExpressions;
using Conway.Findings;

namespace Conway.Decisions;

/// <summary>Reads one decision record. Pure; anything that is text is read as far as it goes.</summary>
public static partial class DecisionReader
{
    private static readonly string[] Keys = ["status", "date", "decides", "supersedes"];

    /// <summary>Whether a file's name is that of a decision: a number, then <c>-</c>, and <c>.md</c>.</summary>
    public static bool IsDecision(string name) => FileName().IsMatch(name);

    /// <param name="file">Its path as it is shown to people, ending in a name that <see cref="IsDecision"/>.</param>
    /// <param name="text">What it says.</param>
    /// <param name="findings">Gets what is wrong with it.</param>
    public static Decision Read(string file, string text, ICollection<Finding> findings)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        var number = int.Parse(FileName().Match(file[(file.LastIndexOf('/') + 1)..]).Groups[1].Value, CultureInfo.InvariantCulture);
        var matter = FrontMatter(file, lines, out var body);
        var title = lines.Skip(body).FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal)) is { } heading ? HeadingNumber().Replace(heading[2..].Trim(), "") : file;
        var (status, by, said) = matter.TryGetValue("status", out var written) && written.Count > 0 ? StatusOf(written[0].Text, written[0].Place) : SectionStatus(file, lines, body);
        if (status == DecisionStatus.Unknown)
        {
            findings.Add(new Finding
            {
                Rule = DecisionFindings.Unclear,
                Message = said is { } wrong ? $"Decision {number} has the status '{wrong.Text}'." : $"Decision {number}, '{title}', has no status.",
                Mend = "Write 'status: accepted' between two lines of '---' at its beginning; proposed, rejected, deprecated and 'superseded by NUMBER' are the others.",
                Place = said?.Place ?? new SourceSpan(file, 1, 1, Math.Max(1, lines[0].Length)),
                SourceLine = lines[(said?.Place.Line ?? 1) - 1],
                Subject = file,
            });
        }

        return new Decision(
            number, title, status, matter.TryGetValue("date", out var date) && date.Count > 0 ? date[0].Text : null,
            matter.GetValueOrDefault("decides", []), [.. matter.GetValueOrDefault("supersedes", []).Select(one => (Number: NumberIn(one.Text), one.Place)).Where(one => one.Number is not null).Select(one => (one.Number!.Value, one.Place)), .. SectionSupersedes(file, lines, body)],
            by, new SourceSpan(file, 1, 1, Math.Max(1, lines[0].Length)));
    }

    /// <summary>Known keys with their values, each with its place. The front matter is the part of YAML that such records use: one key a line, a value, a list in brackets or below.</summary>
    private static Dictionary<string, List<(string Text, SourceSpan Place)>> FrontMatter(string file, string[] lines, out int body)
    {
        var found = new Dictionary<string, List<(string, SourceSpan)>>(StringComparer.Ordinal);
        var end = lines[0].TrimEnd() == "---" ? Array.FindIndex(lines, 1, line => line.TrimEnd() == "---") : -1;
        body = end + 1;
        List<(string, SourceSpan)>? list = null;
        for (var i = 1; i < end; i++)
        {
            if (Item().Match(lines[i]) is { Success: true } item)
            {
                Add(list, Uncommented().Match(item.Groups[1].Value), i, item.Groups[1].Index);
            }
            else if (Key().Match(lines[i]) is { Success: true } key)
            {
                list = Keys.Contains(key.Groups[1].Value) ? found[key.Groups[1].Value] = [] : null;
                var value = Uncommented().Match(key.Groups[2].Value).Value;
                foreach (Match part in (key.Groups[1].Value is "status" or "date" ? Whole() : Part()).Matches(value))
                {
                    Add(list, part, i, key.Groups[2].Index);
                }
            }
        }

        return found;

        void Add(List<(string, SourceSpan)>? into, Match value, int line, int offset)
        {
            var written = value.Value.Trim();
            var text = written.Trim('"', '\'').Trim();
            if (text.Length > 0)
            {
                into?.Add((text, new SourceSpan(file, line + 1, offset + value.Index + (value.Value.Length - value.Value.TrimStart().Length) + 1, written.Length)));
            }
        }
    }

    private static (DecisionStatus Status, (int, SourceSpan)? By, (string Text, SourceSpan Place)? Said) StatusOf(string text, SourceSpan place)
    {
        var status = Word().Match(text).Value.ToLowerInvariant() switch
        {
            "proposed" or "draft" or "open" => DecisionStatus.Proposed,
            "accepted" or "approved" or "done" => DecisionStatus.Accepted,
            "rejected" or "declined" => DecisionStatus.Rejected,
            "deprecated" => DecisionStatus.Deprecated,

            // adr-tools writes it with a c.
            "superseded" or "superceded" => DecisionStatus.Superseded,
            _ => DecisionStatus.Unknown,
        };
        return (status, status == DecisionStatus.Superseded && NumberIn(text) is { } number ? (number, place) : null, (text, place));
    }

    // The form of Nygard: a heading, and below it a line or several.
    private static (DecisionStatus Status, (int, SourceSpan)? By, (string Text, SourceSpan Place)? Said) SectionStatus(string file, string[] lines, int body)
    {
        (DecisionStatus Status, (int, SourceSpan)? By, (string Text, SourceSpan Place)? Said) found = (DecisionStatus.Unknown, null, null);
        foreach (var (line, index) in Section(lines, body))
        {
            var at = StatusOf(line, new SourceSpan(file, index + 1, 1, line.Length));

            // The last word counts: 'Accepted', then 'Superseded by …'.
            found = at.Status != DecisionStatus.Unknown || found.Said is null ? at : found;
        }

        return found;
    }

    private static IEnumerable<(int, SourceSpan)> SectionSupersedes(string file, string[] lines, int body) =>
        from one in Section(lines, body)
        where one.Line.StartsWith("Supersedes", StringComparison.OrdinalIgnoreCase) || one.Line.StartsWith("Supercedes", StringComparison.OrdinalIgnoreCase)
        let number = NumberIn(one.Line)
        where number is not null
        select (number.Value, new SourceSpan(file, one.Index + 1, 1, one.Line.Length));

    private static IEnumerable<(string Line, int Index)> Section(string[] lines, int body)
    {
        var heading = Array.FindIndex(lines, body, line => line.TrimEnd().Equals("## Status", StringComparison.OrdinalIgnoreCase));
        for (var i = heading + 1; heading >= 0 && i < lines.Length && !lines[i].StartsWith('#'); i++)
        {
            if (lines[i].Trim().Length > 0)
            {
                yield return (lines[i].Trim(), i);
            }
        }
    }

    private static int? NumberIn(string text) => Number().Match(text) is { Success: true } found && int.TryParse(found.Value, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex("^([0-9]{1,6})-.*\\.md$")]
    private static partial Regex FileName();

    [GeneratedRegex("^[0-9]+(\\.| ·| -|:)\\s*")]
    private static partial Regex HeadingNumber();

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9_-]*):(?:\\s+(.*))?$")]
    private static partial Regex Key();

    [GeneratedRegex("^\\s*-\\s+(.*)$")]
    private static partial Regex Item();

    // A '#' after a blank, or at the beginning, begins a comment, but not between quotes.
    [GeneratedRegex("^(?:\"[^\"]*\"|'[^']*'|(?<=\\S)#|[^#])*")]
    private static partial Regex Uncommented();

    [GeneratedRegex(".+")]
    private static partial Regex Whole();

    // The parts of a list in brackets, or the one value.
    [GeneratedRegex("\"[^\"]*\"|'[^']*'|[^,\\[\\]\"']+")]
    private static partial Regex Part();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Word();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
