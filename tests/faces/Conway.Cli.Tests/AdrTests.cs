namespace Conway.Cli.Tests;

public sealed class AdrTests
{
    [Fact]
    public async Task A_new_decision_supersedes_an_older_one_and_both_say_so()
    {
        using var folder = new SystemFolder(Models.Clean);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "adr", "new", "One broker", "--decides", "services.orders")).Code);
        folder.Write("decisions/0001-one-broker.md", File.ReadAllText(Path.Combine(folder.Path, "decisions", "0001-one-broker.md")).Replace("proposed", "accepted", StringComparison.Ordinal));
        Assert.Equal(new Ended(0, "decisions/0002-a-broker-each.md\n", "fill it in; decisions/0001-one-broker.md is told as superseded\n"), await Shell.ConwayAsync(folder.Path, "adr", "new", "A broker each", "--supersedes", "1"));
        Assert.Equal(
            "NO    STATUS           DECIDES          TITLE\n0001  superseded by 2  services.orders  One broker\n0002  accepted         services.orders  A broker each\n",
            (await Shell.ConwayAsync(folder.Path, "adr")).Output);
        Assert.Equal(["0001-one-broker.md", "0002-a-broker-each.md"], Directory.EnumerateFiles(Path.Combine(folder.Path, "decisions")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // They agree with each other and with the model.
        Assert.DoesNotContain("CW185", (await Shell.ConwayAsync(folder.Path, "check", "-o", "json")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Shell.ConwayAsync(folder.Path, "adr", "new", "Again", "--supersedes", "1")).Code);
    }

    [Fact]
    public async Task A_check_tells_a_decision_about_something_that_is_gone()
    {
        using var folder = new SystemFolder(Models.Clean);
        folder.Write("docs/adr/0001-a.md", "---\nstatus: accepted\ndecides: [services.gone]\n---\n# A\n");
        var ended = await Shell.ConwayAsync(folder.Path, "check");
        Assert.Contains("docs/adr/0001-a.md:3:11  warning CW1852  Decision 1 decides 'services.gone', which is not in the model.", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adr nwe x", "adr cannot 'nwe'. Did you mean 'new'?")]
    [InlineData("adr new", "what is decided?")]
    [InlineData("adr new one broker", "conway adr new \"one broker\"")]
    [InlineData("adr new x --decides services.order", "'services.order' is not in the model.")]
    [InlineData("adr new x --supersedes 3", "there is no decision 3. There are none yet.")]
    [InlineData("adr --supersedes 3", "--decides and --supersedes are for 'conway adr new TITLE'.")]
    public async Task What_cannot_be_done_is_answered_with_a_sentence(string line, string sentence)
    {
        using var folder = new SystemFolder(Models.Clean);
        var ended = await Shell.ConwayAsync(folder.Path, line.Split(' '));
        Assert.Equal((2, ""), (ended.Code, ended.Output));
        Assert.Contains(sentence, ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "decisions")), "Nothing was written.");
    }

    [Fact]
    public async Task A_pipe_named_like_a_decision_does_not_hold_up_a_check()
    {
        using var folder = new SystemFolder(Models.Clean);
        folder.Write("decisions/0002-b.md", "---\nstatus: accepted\n---\n# B\n");
        Assert.Equal(0, (await Shell.RunAsync(folder.Path, null, ["mkfifo", "decisions/0001-a.md"])).Code);
        Assert.Contains("0002  accepted", (await Shell.ConwayAsync(folder.Path, "adr")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "check")).Code);
    }

    [Fact]
    public async Task What_has_no_status_is_not_superseded_and_nothing_is_written()
    {
        using var folder = new SystemFolder(Models.Clean);
        folder.Write("decisions/0001-a.md", "# A\n");
        var ended = await Shell.ConwayAsync(folder.Path, "adr", "new", "B", "--supersedes", "1");
        Assert.Equal(2, ended.Code);
        Assert.Contains("decisions/0001-a.md has no status that could be changed, so nothing was written.", ended.Error, StringComparison.Ordinal);
        Assert.Equal(["0001-a.md"], Directory.EnumerateFiles(Path.Combine(folder.Path, "decisions")).Select(Path.GetFileName));
    }
}
