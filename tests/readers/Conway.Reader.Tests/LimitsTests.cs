using System.Diagnostics;

namespace Conway.Reader.Tests;

/// <summary>Text made to hurt the reader: it answers quickly, with one finding that says what is wrong.</summary>
public sealed class LimitsTests
{
    private const int Deep = 100_000;

    public static TheoryData<string, string> DeepTexts => new()
    {
        { "lists in brackets", new string('[', Deep) },
        { "closed lists in brackets", new string('[', Deep) + new string(']', Deep) },
        { "maps in braces", string.Concat(Enumerable.Repeat("{a: ", Deep)) },
        { "lists by dashes", string.Concat(Enumerable.Repeat("- ", Deep)) + "x" },
        { "questions", string.Concat(Enumerable.Repeat("? ", Deep)) + "x" },
        { "lists by indentation", string.Concat(Enumerable.Range(0, 2000).Select(i => new string(' ', i) + "-\n")) },
        { "maps by indentation", string.Concat(Enumerable.Range(0, 2000).Select(i => new string(' ', i) + "a:\n")) },
    };

    [Theory, MemberData(nameof(DeepTexts))]
    public void Nesting_100_000_deep_is_one_finding(string name, string text)
    {
        var watch = Stopwatch.StartNew();
        var read = Read.Model("conway: 1\nsystem: s\ndescription:\n  " + text.Replace("\n", "\n  "));
        Assert.NotEmpty(name);
        Assert.Contains(read.Findings, f => f.Rule == ReaderFindings.TooDeep);
        Assert.True(read.Findings.Count <= 2, string.Join('\n', read.Findings));
        Assert.Equal("s", read.Model.System);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Fact]
    public void Sixty_levels_are_read()
    {
        var read = Read.Model("conway: 1\nsystem: s\njourneys: { j: { steps: [{ post: /x, body: " + new string('[', 55) + "1" + new string(']', 55) + " }] } }");
        Assert.Empty(read.Findings);
    }

    [Fact]
    public void A_billion_laughs_are_one_finding()
    {
        var text = "conway: 1\nsystem: s\njourneys: { j: { steps: [{ post: /x, body:\n  - &a0 [lol, lol]\n";
        text = "conway: 1\nsystem: s\njourneys:\n  j:\n    steps:\n      - post: /x\n        body:\n          - &a0 [lol, lol]\n"
            + string.Concat(Enumerable.Range(1, 40).Select(i => $"          - &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n"));
        var read = Read.Model(text);
        Assert.Contains(read.Findings, f => f.Rule == ReaderFindings.AliasBomb);
    }

    [Fact]
    public void Aliases_do_not_get_deeper_than_text()
    {
        var text = "conway: 1\nsystem: s\nx:\n  - &a0 [0]\n" + string.Concat(Enumerable.Range(1, 100).Select(i => $"  - &a{i} [*a{i - 1}]\n"));
        Assert.Contains(Read.Model(text).Findings, f => f.Rule == ReaderFindings.TooDeep);
    }

    [Fact]
    public void A_file_over_the_limit_is_not_read()
    {
        var read = Read.Model("# " + new string('x', 4 << 20));
        Assert.Equal(["CW1004"], Read.Codes(read));
    }

    [Fact]
    public void More_values_than_any_model_has_are_one_finding()
    {
        var watch = Stopwatch.StartNew();
        var read = Read.Model("conway: 1\nsystem: s\ndescription: [" + string.Concat(Enumerable.Repeat("1,", 400_000)) + "]\n");
        Assert.Contains(read.Findings, f => f.Rule == ReaderFindings.TooLarge);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_file_full_of_mistakes_is_given_up_after_25()
    {
        var read = Read.Model("conway: 1\nsystem: s\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"k{i}: @\n")));
        Assert.Contains(read.Findings, f => f.Rule == ReaderFindings.GaveUp);
        Assert.True(read.Findings.Count is > 20 and < 40, $"{read.Findings.Count}");
    }

    [Fact]
    public void A_large_file_full_of_mistakes_does_not_take_long()
    {
        var watch = Stopwatch.StartNew();
        var read = Read.Model("conway: 1\nsystem: s\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"k{i}: {{ a: 1, b: [1, 2 }}\n")));
        Assert.Contains(read.Findings, f => f.Rule == ReaderFindings.GaveUp);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_missing_file_is_a_finding()
    {
        var read = ModelReader.Read(new MemoryFileTree([KeyValuePair.Create("conwy.yaml", "")]), "conway.yaml", new ReadOptions());
        Assert.Equal("CW1001 There is no file 'conway.yaml'.", Assert.Single(read.Findings).ToString());
        Assert.Equal("Write 'conwy.yaml'.", read.Findings[0].Mend);
        Assert.Equal(["conway.yaml"], read.Files);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_a_finding()
    {
        var read = ModelReader.Read(new MemoryFileTree([KeyValuePair.Create("conway.yaml/x", "")]), "conway.yaml", new ReadOptions());
        Assert.Equal("CW1002 'conway.yaml' is a folder.", Assert.Single(read.Findings).ToString());
    }
}
