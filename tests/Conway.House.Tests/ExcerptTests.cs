using System.Text.RegularExpressions;

namespace Conway.House;

/// <summary>A page that shows a part of a file shows it as it is.</summary>
public sealed partial class ExcerptTests
{
    [Fact]
    public void Every_excerpt_stands_in_the_file_it_is_from() =>
        Said.Nothing(Tree.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal)).SelectMany(f => Strayed(f, Tree.Read(f), Tree.Exists, Tree.Read)));

    [Theory]
    [InlineData("<!-- from a.yaml -->\n```yaml\none: 1\n# …\nthree: 3\n```\n", null)]
    [InlineData("<!-- from a.yaml -->\n```yaml\none: 1\nthree: 3\n```\n", "p.md: an excerpt of a.yaml is not in it any more: 'one: 1'. Lines left out are marked by '# …'.")]
    [InlineData("<!-- from b.yaml -->\n```yaml\none: 1\n```\n", "p.md: shows a part of b.yaml, which does not exist.")]
    public void An_excerpt_that_strayed_from_its_file_is_told(string page, string? said) =>
        Assert.Equal(said is null ? [] : [said], Strayed("p.md", page, f => f == "a.yaml", _ => "one: 1\ntwo: 2\nthree: 3\n"));

    private static IEnumerable<string> Strayed(string page, string text, Func<string, bool> exists, Func<string, string> read)
    {
        foreach (Match excerpt in Excerpt().Matches(text))
        {
            var (file, body) = (excerpt.Groups[1].Value, excerpt.Groups[2].Value);
            if (!exists(file))
            {
                yield return $"{page}: shows a part of {file}, which does not exist.";
                continue;
            }

            var whole = read(file);
            foreach (var part in LeftOut().Split(body).Where(p => !whole.Contains(p, StringComparison.Ordinal)))
            {
                yield return $"{page}: an excerpt of {file} is not in it any more: '{part.Split('\n')[0]}'. Lines left out are marked by '# …'.";
            }
        }
    }

    [GeneratedRegex(@"<!-- from (\S+) -->\n```\w*\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Excerpt();

    [GeneratedRegex(@"^ *# …\n", RegexOptions.Multiline)]
    private static partial Regex LeftOut();
}
