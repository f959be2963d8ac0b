using System.Text.RegularExpressions;

namespace Conway.Cli.Tests;

public sealed partial class HelpTests
{
    public static TheoryData<string> Verbs => [.. VerbCatalog.All.Select(v => v.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_has_help_with_examples_that_fits_80_columns(string verb)
    {
        var ended = await Shell.ConwayAsync("/", verb, "--help");
        Assert.Equal(0, ended.Code);
        Assert.Equal("", ended.Error);
        Assert.Contains("\nUsage  conway " + verb, ended.Output, StringComparison.Ordinal);
        Assert.Contains("\nExamples\n  ", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ended.Output.Split('\n'), l => l.Length > 80);
        Assert.DoesNotContain('\u001b', ended.Output);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_has_a_section_on_the_page_that_names_its_options(string verb)
    {
        var page = Repository.Page("cli.md");
        var section = Section().Matches(page).FirstOrDefault(m => m.Groups["verbs"].Value.Split(", ").Contains(verb))?.Groups["text"].Value;
        Assert.True(section is not null, $"docs/reference/cli.md has no section '## {verb}'.");
        var options = VerbCatalog.Find(verb)!.Create().Symbols.OfType<System.CommandLine.Option>().Select(o => o.Name).Where(o => o != "--output" || !section.Contains("-o ", StringComparison.Ordinal));
        Assert.All(options, o => Assert.Contains(o, section, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void The_examples_of_a_verb_are_command_lines_that_it_understands(string verb)
    {
        foreach (var example in VerbCatalog.Find(verb)!.Create().Examples)
        {
            var words = Words().Matches(example.Line).Select(m => m.Value.Trim('\'')).SkipWhile(w => w != "conway" && !w.EndsWith("(conway", StringComparison.Ordinal)).Skip(1).TakeWhile(w => w is not ("|" or ">")).Select(w => w.TrimEnd(')')).ToArray();
            Assert.True(words.Length > 0 && words[0] == verb, $"'{example.Line}' is no example of {verb}.");
            var entry = VerbCatalog.Find(verb)!;
            var made = entry.Create();
            Assert.Null(UsageProblem.UnknownOption(entry, made, words[1..]));
            Assert.Empty(CommandLine.CommandFor(entry, made).Parse(words[1..]).Errors);
        }
    }

    [Fact]
    public async Task The_list_of_verbs_says_what_each_does()
    {
        var ended = await Shell.ConwayAsync("/", "--help");
        Assert.Equal(0, ended.Code);
        Assert.All(VerbCatalog.All, v => Assert.Contains($"  {v.Name}", ended.Output, StringComparison.Ordinal));
        Assert.DoesNotContain(ended.Output.Split('\n'), l => l.Length > 80);
    }

    [Fact]
    public async Task Help_costs_less_than_300_ms_of_a_processor()
    {
        // Processor time, and the best of five: how long it takes on the wall depends on what else this machine does.
        var best = double.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var ended = await Shell.RunAsync("/", null, ["bash", "-c", $"TIMEFORMAT='%U %S'; time '{Repository.Conway}' --help >/dev/null"]);
            best = Math.Min(best, ended.Error.Split(' ').Sum(s => double.Parse(s, System.Globalization.CultureInfo.InvariantCulture)));
        }

        Assert.InRange(best, 0.001, 0.3);
    }

    [GeneratedRegex("'[^']*'|[^ ]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"^## (?<verbs>[^\n]+)\n(?<text>.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();
}
