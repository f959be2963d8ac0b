namespace Conway.Findings.Tests;

public sealed class BaselineTests
{
    private static Finding About(string path) => new()
    {
        Rule = new("CW2103", Severity.Warning, "Call without a timeout", "It hangs."),
        Message = $"\"{path}\" <hangs> – ü.",
        Mend = "Do.",
        ModelPath = path,
    };

    [Fact]
    public void What_is_written_is_read_again_and_the_text_is_the_same_whatever_the_order_was()
    {
        var text = Baseline.Of([About("services.b"), About("services.a")]).Write();
        Assert.Equal(text, Baseline.Of([About("services.a"), About("services.b")]).Write());
        Assert.Equal(text, Baseline.Read(text, out _)!.Write());
        Assert.Equal(["services.a", "services.b"], Baseline.Read(text, out _)!.Entries.Select(e => e.About));
    }

    [Fact]
    public void New_known_and_gone_are_told_apart()
    {
        var baseline = Baseline.Of([About("services.a"), About("services.gone")]);
        var comparison = baseline.Compare([About("services.new"), About("services.a")]);
        Assert.Equal([false, true], comparison.IsKnown);
        Assert.Equal("services.gone", Assert.Single(comparison.Gone).About);
    }

    [Fact]
    public void An_empty_baseline_knows_nothing() => Assert.Equal([false], Baseline.Read(Baseline.Of([]).Write(), out _)!.Compare([About("services.a")]).IsKnown);

    [Theory]
    [InlineData("", "it is not JSON (line 1)")]
    [InlineData("[]", "it has no 'conway' and 'findings', which every baseline has")]
    [InlineData("{\"version\": 1}", "it has no 'conway' and 'findings', which every baseline has")]
    [InlineData("{\"conway\": 2, \"findings\": []}", "it is of version 2, and this Conway reads version 1")]
    [InlineData("{\"conway\": \"1\", \"findings\": []}", "it is of version \"1\", and this Conway reads version 1")]
    [InlineData("{\"conway\": 1, \"findings\": [{\"fingerprint\": \"a\"}, {}]}", "its finding number 2 has no fingerprint")]
    [InlineData("{\"conway\": 1, \"findings\": [3]}", "its finding number 1 has no fingerprint")]
    public void What_is_no_baseline_is_refused_with_the_reason(string text, string problem)
    {
        Assert.Null(Baseline.Read(text, out var said));
        Assert.Equal(problem, said);
    }
}
