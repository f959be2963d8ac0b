using System.Text.RegularExpressions;
using Conway.Findings;

namespace Conway.Checks.Tests;

public sealed partial class SuppressionTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    [InlineData("services.orders.calls.ledger")]
    [InlineData("services.orders")]
    [InlineData("services.*.calls")]
    [InlineData("services")]
    public void A_finding_at_or_below_the_place_is_not_told(string at)
    {
        var report = Judge($"{{ finding: CW2103, at: {at}, reason: soon }}");
        Assert.DoesNotContain(report.Findings, f => f.Code == "CW2103" || f.Code.StartsWith("CW15", StringComparison.Ordinal));
        var suppressed = Assert.Single(report.Suppressed);
        Assert.Equal(("CW2103", "soon", null), (suppressed.Finding.Code, suppressed.Reason, suppressed.Until));
    }

    [Theory]
    [InlineData("services.order")]
    [InlineData("services.orders.calls.ledger.timeout")]
    [InlineData("services.*.*.ledgers")]
    [InlineData("orders")]
    public void A_place_beside_or_below_the_finding_covers_nothing_and_that_is_told(string at)
    {
        var report = Judge($"{{ finding: CW2103, at: {at}, reason: soon }}");
        Assert.Contains(report.Findings, f => f.Code == "CW2103");
        Assert.Equal($"Nothing at {at} is told as CW2103, so there is nothing to suppress.", Assert.Single(report.Findings, f => f.Code == "CW1502").Message);
        Assert.Empty(report.Suppressed);
    }

    [Fact]
    public void On_its_last_day_it_holds_and_on_the_next_the_finding_is_told_again_with_the_reason()
    {
        Assert.DoesNotContain(Judge("{ finding: CW2103, reason: soon, until: 2026-11-21 }").Findings, f => f.Code is "CW2103" or "CW1501");
        var report = Judge("{ finding: CW2103, reason: soon., until: 2026-11-20 }");
        Assert.Contains(report.Findings, f => f.Code == "CW2103");
        Assert.Equal("The suppression of CW2103 ended on 2026-11-20: soon.", Assert.Single(report.Findings, f => f.Code == "CW1501").Message);
    }

    [Fact]
    public void Of_two_the_one_that_still_holds_counts_and_the_other_is_told() =>
        Assert.Equal(["CW1501"], Judge("{ finding: CW2103, reason: a, until: 2020-01-01 }, { finding: CW2103, reason: b }").Findings.Where(f => f.Code is "CW2103" || f.Code.StartsWith("CW15", StringComparison.Ordinal)).Select(f => f.Code));

    [Theory]
    [InlineData("CW1502")]
    [InlineData("CW1110")]
    public void What_makes_a_model_unreadable_and_suppressions_themselves_cannot_be_suppressed(string code)
    {
        var finding = Assert.Single(Judge($"{{ finding: {code}, reason: no }}").Findings, f => f.Code == "CW1503");
        Assert.Equal(Severity.Error, finding.Severity);
    }

    [Fact]
    public void An_error_of_reading_is_told_whatever_is_suppressed()
    {
        var (model, map) = Checking.Read("suppress: [{ finding: CW1110, reason: no }]");
        var unreadable = new Finding { Rule = new("CW1110", Severity.Error, "t", "w"), Message = "m", Mend = "m" };
        Assert.Contains(unreadable, CheckCatalog.Judge(new CheckSubject(model), [unreadable]).Findings);
        Assert.NotNull(map);
    }

    [Fact]
    public void A_note_of_reading_can_be_suppressed()
    {
        var (model, _) = Checking.Read("suppress: [{ finding: CW1901, reason: we know }]");
        var note = new Finding { Rule = new("CW1901", Severity.Info, "t", "w"), Message = "m", Mend = "m", ModelPath = "sagas" };
        var report = CheckCatalog.Judge(new CheckSubject(model), [note]);
        Assert.Equal((0, 1), (report.Findings.Count, report.Suppressed.Count));
    }

    [Theory]
    [InlineData("CW1501")]
    [InlineData("CW1502")]
    [InlineData("CW1503")]
    public void The_example_on_its_page_gives_the_finding_it_shows(string code)
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "reference", "findings", $"{code}.md"));
        var (model, _) = Checking.Read(Block().Match(page).Groups[1].Value);
        var shown = Regex.Match(page, "```finding\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal([shown], CheckCatalog.Judge(new CheckSubject(model) { Today = Today }, []).Findings.Where(f => f.Code == code).Select(f => $"{f.Code} {f.Message}"));
    }

    private static CheckReport Judge(string suppressions)
    {
        var (model, _) = Checking.Read($$"""
            suppress: [{{suppressions}}]
            services:
              orders: { calls: [ledger] }
              ledger: {}
            """);
        return CheckCatalog.Judge(new CheckSubject(model) { Today = Today }, []);
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
