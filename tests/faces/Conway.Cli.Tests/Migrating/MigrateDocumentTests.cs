using System.Text;
using System.Text.RegularExpressions;
using Conway.Cli.Tests.Decomposing;
using Conway.Migration.Plans;
using Conway.Reader;

namespace Conway.Cli.Tests.Migrating;

/// <summary>docs/reference/migration-plan.md says what is so.</summary>
public sealed partial class MigrateDocumentTests
{
    private const string Mark = "<!-- generated from the records of Conway.Migration; ./test --accept Cli writes it anew -->";

    public static TheoryData<string, string, int> Examples
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (var example in Console().Matches(Repository.Page("migration-plan.md")).SelectMany(m => m.Groups[1].Value.Split("$ conway", StringSplitOptions.RemoveEmptyEntries)))
            {
                var lines = example.TrimEnd('\n').Split('\n');
                var code = lines[^1].StartsWith("$? ", StringComparison.Ordinal) ? int.Parse(lines[^1][3..], System.Globalization.CultureInfo.InvariantCulture) : 0;
                data.Add(lines[0].Trim(), string.Join('\n', lines[1..(code == 0 ? lines.Length : ^1)]), code);
            }

            return data;
        }
    }

    [Fact]
    public void There_are_examples() => Assert.InRange(Examples.Count, 3, 50);

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_page_shows_what_is_printed(string line, string shown, int code)
    {
        using var folder = new SystemFolder();
        SmallShop.WriteTo(folder);
        var ended = await Shell.ConwayAsync(folder.Path, [.. line.Split(' ')]);
        Assert.Equal(code, ended.Code);
        var printed = (ended.Output + ended.Error).TrimEnd('\n').Replace(Path.GetFileName(folder.Path), "shop", StringComparison.Ordinal);
        var pattern = "^" + string.Join(".*", shown.Split('…').Select(Regex.Escape)) + "$";
        if (!Regex.IsMatch(printed, pattern, RegexOptions.Singleline))
        {
            Assert.Equal(shown, printed);
        }
    }

    [Fact]
    public void The_example_of_the_page_is_a_plan_without_a_finding()
    {
        var text = Yaml().Match(Repository.Page("migration-plan.md")).Groups[1].Value;
        var read = PlanFile.Read("plan.yaml", Encoding.UTF8.GetBytes(text));
        Assert.Empty(read.Findings);
        Assert.Equal(StepState.Doing, read.Value.Phases.Single().Steps.Single().State);
        Assert.Equal(5, read.Value.Weights.InDegree);
    }

    [Fact]
    public void The_page_of_another_version_gives_the_finding_that_it_explains()
    {
        var text = Yaml().Match(Repository.Page("findings/CW1801.md")).Groups[1].Value;
        Assert.Equal("CW1801", Assert.Single(PlanFile.Read("plan.yaml", Encoding.UTF8.GetBytes(text)).Findings).Code);
    }

    [Fact]
    public void Every_key_is_explained()
    {
        var path = Path.Combine(Repository.Root, "docs", "reference", "migration-plan.md");
        var page = File.ReadAllText(path);
        var renewed = ModelPage.Renew(page, Mark, ModelPage.Write<MigrationPlan>("plan.yaml"));
        if (Environment.GetEnvironmentVariable("CONWAY_ACCEPT") == "1")
        {
            File.WriteAllText(path, renewed);
        }
        else
        {
            Assert.Equal(renewed, page);
        }
    }

    [GeneratedRegex("^```console\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Console();

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
