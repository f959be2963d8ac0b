using System.Text;
using System.Text.RegularExpressions;

namespace Conway.Cli.Tests;

/// <summary>Every console example of docs/reference/cli.md is run, beside the model that the page shows.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string, string, int> Examples
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (var block in Console().Matches(Repository.Page("cli.md")).Select(m => m.Groups[1].Value))
            {
                // $ conway …      what it prints      $? exit code, when it is not 0
                foreach (var example in block.Split("$ conway", StringSplitOptions.RemoveEmptyEntries))
                {
                    var lines = example.TrimEnd('\n').Split('\n');
                    var code = lines[^1].StartsWith("$? ", StringComparison.Ordinal) ? int.Parse(lines[^1][3..], System.Globalization.CultureInfo.InvariantCulture) : 0;
                    data.Add(lines[0].Trim(), string.Join('\n', lines[1..(code == 0 ? lines.Length : ^1)]), code);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_page_shows_what_is_printed(string line, string shown, int code)
    {
        using var folder = new SystemFolder(Yaml().Match(Repository.Page("cli.md")).Groups[1].Value);
        var ended = await Shell.ConwayAsync(folder.Path, line.Split(' '));
        Assert.Equal(code, ended.Code);
        var printed = (ended.Output + ended.Error).TrimEnd('\n');
        var pattern = new StringBuilder("^").AppendJoin(".*", shown.Split('…').Select(Regex.Escape)).Append('$').ToString();
        if (!Regex.IsMatch(printed, pattern, RegexOptions.Singleline))
        {
            Assert.Equal(shown, printed);
        }
    }

    [Fact]
    public void There_are_examples() => Assert.InRange(Examples.Count, 10, 100);

    [GeneratedRegex("^```console\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Console();

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
