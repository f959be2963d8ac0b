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
        await ShowsAsync(line, shown, code, Shell.ProcessAsync);

        // What other tests ask in their own process says the same.
        await ShowsAsync(line, shown, code, Shell.ConwayAsync);
    }

    /// <summary>A verb that is only ever asked in the tests' own process could miss a file beside the program, and nobody would see it.</summary>
    [Fact]
    public void Every_verb_is_started_as_a_process_by_an_example_or_by_a_test_of_its_own()
    {
        string[] elsewhere = ["completion", "describe", "doctor", "logs", "mcp", "open", "restart", "run", "schema", "start", "stop", "wait"];
        Assert.Equal(VerbCatalog.All.Select(v => v.Name).Order(StringComparer.Ordinal), Examples.Select(e => e.Data.Item1.Split(' ')[0]).Where(v => VerbCatalog.Find(v) is not null).Concat(elsewhere).Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task ShowsAsync(string line, string shown, int code, Func<string, string[], Task<Ended>> conway)
    {
        using var folder = new SystemFolder(Yaml().Match(Repository.Page("cli.md")).Groups[1].Value);
        var ended = await conway(folder.Path, line.Split(' '));
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
