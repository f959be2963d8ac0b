using System.Text;
using System.Text.RegularExpressions;

namespace Conway.Cli.Tests;

/// <summary>The examples of docs/reference/scaffolding.md, in order, each on what the one before has left.</summary>
public sealed partial class ScaffoldDocumentTests
{
    [Fact]
    public async Task The_page_shows_what_is_printed()
    {
        using var folder = new ScaffoldFolder();
        var count = 0;
        foreach (var example in Console().Matches(Repository.Page("scaffolding.md")).SelectMany(m => m.Groups[1].Value.Split("$ conway", StringSplitOptions.RemoveEmptyEntries)))
        {
            var lines = example.TrimEnd('\n').Split('\n');
            var code = lines[^1].StartsWith("$? ", StringComparison.Ordinal) ? int.Parse(lines[^1][3..], System.Globalization.CultureInfo.InvariantCulture) : 0;
            var shown = string.Join('\n', lines[1..(code == 0 ? lines.Length : ^1)]);
            var ended = await folder.ConwayAsync([.. Words().Matches(lines[0]).Select(m => m.Value.Trim('"', '\''))]);
            var printed = (ended.Output + ended.Error).TrimEnd('\n');
            Assert.True(code == ended.Code, $"{lines[0]}: {ended.Code}\n{printed}");
            if (!Regex.IsMatch(printed, new StringBuilder("^").AppendJoin(".*", shown.Split('…').Select(Regex.Escape)).Append('$').ToString(), RegexOptions.Singleline))
            {
                Assert.Equal(shown, printed);
            }

            count++;
        }

        Assert.InRange(count, 4, 100);
    }

    [GeneratedRegex("^```console\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Console();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|[^ ]+")]
    private static partial Regex Words();
}
