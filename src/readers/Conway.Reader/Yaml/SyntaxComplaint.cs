using System.Text.RegularExpressions;

namespace Conway.Reader.Yaml;

/// <summary>Says in a person's words what the parser complains about.</summary>
internal static partial class SyntaxComplaint
{
    private static readonly (string Part, string Message, string Mend)[] Known =
    [
        ("plain scalar value, found invalid mapping", "A second ': ' makes this line two keys in one.", "Put the next key on a line of its own, or quote the text when the colon belongs to it."),
        ("multiline plain scalar, found invalid mapping", "The line before this one is neither a key nor a list item.", "Write 'key: value', with a colon and a space."),
        ("did not find expected key", "This line is indented differently from the lines it belongs to.", "Indent it as far as the keys beside it."),
        ("expected '-' indicator", "A list goes on here with something that is not an item.", "Begin it with '- ', or indent it as far as the key it belongs to."),
        ("expected ',' or '}'", "Something is missing between this and what comes before it.", "Separate the entries of { } by commas, and close it with }."),
        ("expected ',' or ']'", "Something is missing between this and what comes before it.", "Separate the items of [ ] by commas, and close it with ]."),
        ("cannot start any token", "No value may begin with this character.", "Quote the text: \"…\"."),
        ("unknown escape character", "The \\ in double quotes begins an escape that does not exist.", "Write \\\\ for a backslash, or use single quotes."),
        ("expected node content", "A bracket closes here that was never opened, or a value is missing.", "Remove it, or quote it when it is text."),
        ("could not find expected ':'", "This looks like a key, but no colon follows it.", "Write 'key: value', with a colon and a space."),
        ("expected hexdecimal", "The escape in double quotes needs more hexadecimal digits.", "Write \\u and four digits, or use single quotes."),
        ("tag", "The tag that begins here is not well formed.", "Remove it; quote the value if it is text that starts with '!'."),
        ("anchor", "The anchor or alias that begins here has no proper name.", "Quote the value if it is text that starts with & or *."),
        ("alias", "The anchor or alias that begins here has no proper name.", "Quote the value if it is text that starts with & or *."),
        ("directive", "A line that starts with % is a directive, and this one is unknown.", "Remove the line, or quote the text."),
        ("block sequence entries are not allowed", "A list item cannot begin on the same line as its key.", "Put it on the next line, or write [a, b]."),
        ("block scalar", "The first line of this text block is not well formed.", "Write '|' or '>' alone on the line, and indent the text below it."),
        ("mapping values are not allowed", "A colon is not allowed here.", "Quote the text when the colon belongs to it."),
        ("mapping keys are not allowed", "A key is not allowed here.", "Put it on a line of its own."),
    ];

    /// <param name="line">The line that is complained about.</param>
    public static (string Message, string Mend) Explain(string complaint, string line)
    {
        var text = line.Trim();
        if (KeyWithoutSpace().Match(text) is { Success: true } key)
        {
            return ("A space is missing after the colon.", $"Write '{key.Groups["key"].Value}: {key.Groups["value"].Value}'.");
        }

        if (IsAboutKeys(complaint) && text.StartsWith("- ", StringComparison.Ordinal))
        {
            return ("A list item stands here among keys.", "Indent it below the key it belongs to, or write it as a key: 'name:'.");
        }

        if (IsAboutKeys(complaint) && !text.Contains(':', StringComparison.Ordinal))
        {
            return ("This looks like a key, but no colon follows it.", "Write 'key: value', with a colon and a space.");
        }

        foreach (var (part, message, mend) in Known)
        {
            if (complaint.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return (message, mend);
            }
        }

        return ("The text cannot be understood from here.", "Look for a missing colon, quote or bracket, or wrong indentation, here or on the line before.");
    }

    private static bool IsAboutKeys(string complaint) =>
        complaint.Contains("expected key", StringComparison.Ordinal) || complaint.Contains("multiline plain scalar", StringComparison.Ordinal) || complaint.Contains("expected ':'", StringComparison.Ordinal);

    [GeneratedRegex(@"^(- )?(?<key>[A-Za-z][A-Za-z0-9-]*):(?<value>[^\s:/][^:]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyWithoutSpace();
}
