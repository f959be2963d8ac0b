using System.Text.RegularExpressions;

namespace Conway.House;

public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_in_the_docs_leads_somewhere() =>
        Said.Nothing(Tree.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal)).SelectMany(f => Broken(f, Tree.Read(f), Tree.Exists, Tree.Read)));

    [Theory]
    [InlineData("[a](b.md)", "docs/x.md: the link 'b.md' leads nowhere (docs/b.md does not exist).")]
    [InlineData("[a](../src)", "docs/x.md: the link '../src' leads nowhere (src does not exist).")]
    [InlineData("[a](there.md#gone)", "docs/x.md: the link 'there.md#gone' leads nowhere (docs/there.md has no heading '#gone').")]
    [InlineData("[a](there.md#a-heading) [b](https://example.com) [c](#here) `[d](code.md)`\n# Here", null)]
    public void A_link_that_leads_nowhere_is_told(string text, string? said) =>
        Assert.Equal(said is null ? [] : [said], Broken("docs/x.md", text, path => path == "docs/there.md", _ => "# A heading\n"));

    private static IEnumerable<string> Broken(string page, string text, Func<string, bool> exists, Func<string, string> read)
    {
        foreach (var target in Link().Matches(Code().Replace(text, "")).Select(m => m.Groups[1].Value))
        {
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            {
                continue;
            }

            var (path, mark) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
            var file = path.Length == 0 ? page : Resolve(page, path);
            if (path.Length > 0 && !exists(file))
            {
                yield return $"{page}: the link '{target}' leads nowhere ({file} does not exist).";
            }
            else if (mark is { Length: > 0 } && file.EndsWith(".md", StringComparison.Ordinal)
                && !Headings(path.Length == 0 ? text : read(file)).Contains(mark))
            {
                yield return $"{page}: the link '{target}' leads nowhere ({file} has no heading '#{mark}').";
            }
        }
    }

    /// <summary>A path from the root, for a link as it stands in a page.</summary>
    public static string Resolve(string page, string link)
    {
        var parts = new List<string>(Path.GetDirectoryName(page)!.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in link.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return link; // above the root: such a file is not ours
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>Headings as anchors, the way code hosts make them: lower case, spaces to hyphens, punctuation away.</summary>
    private static HashSet<string> Headings(string text) =>
        [.. Heading().Matches(Fence().Replace(text, "")).Select(m => Punctuation().Replace(m.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
