using System.Text.RegularExpressions;
using Conway.Findings;

namespace Conway.Decisions.Tests;

public sealed partial class DecisionTests
{
    private static Decision Read(string text, out IReadOnlyList<Finding> findings, string file = "decisions/0003-some.md")
    {
        var found = new List<Finding>();
        findings = found;
        return DecisionReader.Read(file, text, found);
    }

    [Fact]
    public void The_page_s_examples_are_read_as_it_says()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "reference", "decisions.md"));
        var examples = Markdown().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        var matter = Read(examples[0], out var findings);
        Assert.Empty(findings);
        Assert.Equal(("Last known prices when the catalog is away", DecisionStatus.Accepted, "2026-11-22"), (matter.Title, matter.Status, matter.Date));
        Assert.Equal(["services.basket.calls.catalog"], matter.Decides.Select(one => one.Path));
        Assert.Equal([2], matter.Supersedes.Select(one => one.Number));
        var section = Read(examples[1], out findings);
        Assert.Empty(findings);
        Assert.Equal(("One broker for all", DecisionStatus.Accepted), (section.Title, section.Status));
        Assert.Equal([2], section.Supersedes.Select(one => one.Number));
    }

    [Theory]
    [InlineData("---\nstatus: proposed\n---\n# A\n", DecisionStatus.Proposed, null)]
    [InlineData("---\r\nstatus: \"accepted\"\r\n---\r\n# A\r\n", DecisionStatus.Accepted, null)]
    [InlineData("---\nstatus: superseded by [ADR-0007](0007-x.md)\n---\n", DecisionStatus.Superseded, 7)]
    [InlineData("---\nstatus: rejected  # by all\n---\n", DecisionStatus.Rejected, null)]
    [InlineData("# A\n\n## Status\n\nAccepted\n\nSuperceded by [9. B](0009-b.md)\n\n## Context\n\nRejected\n", DecisionStatus.Superseded, 9)]
    [InlineData("# A\n\n## Status\nDeprecated\n", DecisionStatus.Deprecated, null)]
    public void Where_it_stands_is_read_in_either_form(string text, DecisionStatus status, int? by)
    {
        var decision = Read(text, out var findings);
        Assert.Equal((status, by), (decision.Status, decision.SupersededBy?.Number));
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("---\nstatus: maybe\n---\n# A\n", "decisions/0003-some.md:2:9 CW1851 Decision 3 has the status 'maybe'.")]
    [InlineData("# A\n", "decisions/0003-some.md:1:1 CW1851 Decision 3, 'A', has no status.")]
    [InlineData("", "decisions/0003-some.md:1:1 CW1851 Decision 3, 'decisions/0003-some.md', has no status.")]
    [InlineData("---\nstatus: accepted\n# never closed\n", "decisions/0003-some.md:1:1 CW1851 Decision 3, 'never closed', has no status.")]
    public void What_says_no_known_word_is_told(string text, string finding)
    {
        Read(text, out var findings);
        Assert.Equal(finding, Assert.Single(findings).ToString());
    }

    [Fact]
    public void Keys_are_read_from_brackets_and_from_lines_each_with_its_place()
    {
        var brackets = Read("---\nstatus: accepted\ndecides: [services.orders, 'gateway.routes' , \"teams.a\"]  # three\nothers: [x]\n---\n", out _);
        Assert.Equal(["services.orders 3:11", "gateway.routes 3:28", "teams.a 3:47"], brackets.Decides.Select(one => $"{one.Path} {one.Place.Line}:{one.Place.Column}"));
        var lines = Read("---\nstatus: accepted\ndecides:\n  - services.orders\n  - gateway\nsupersedes: 4\n---\n", out _);
        Assert.Equal(["services.orders 4", "gateway 5"], lines.Decides.Select(one => $"{one.Path} {one.Place.Line}"));
        Assert.Equal([4], lines.Supersedes.Select(one => one.Number));
    }

    [Fact]
    public void What_is_wrong_between_decisions_and_with_the_model_is_told_at_its_place()
    {
        var log = DecisionLog.Read(
        [
            ("d/0001-a.md", "---\nstatus: superseded by 2\ndecides: [services.old, services.orders]\n---\n# A\n"),
            ("d/0002-b.md", "---\nstatus: accepted\n---\n# B\n"),
            ("d/0003-c.md", "---\nstatus: accepted\nsupersedes: [2, 9]\n---\n# C\n"),
            ("d/0003-d.md", "---\nstatus: superseded by 8\n---\n# D\n"),
            ("d/0004-e.md", "---\nstatus: proposed\nsupersedes: [2]\ndecides: [gateway]\n---\n# E\n"),
            ("d/readme.md", "no decision"),
        ]);
        Assert.Equal([1, 2, 3, 3, 4], log.Decisions.Select(one => one.Number));
        Assert.Empty(log.Findings);
        Assert.Equal(
            [
                "d/0003-d.md:1:1 CW1854 d/0003-d.md and d/0003-c.md are both decision 3.",
                "d/0001-a.md:3:11 CW1852 Decision 1 decides 'services.old', which is not in the model.",
                "d/0001-a.md:2:9 CW1853 Decision 1 is superseded by 2, which does not say so.",
                "d/0003-c.md:3:14 CW1853 Decision 3 supersedes 2, which is told as accepted.",
                "d/0003-c.md:3:17 CW1853 Decision 3 supersedes 9, which is not there.",
                "d/0003-d.md:2:9 CW1853 Decision 3 is superseded by 8, which is not there.",
                "d/0001-a.md:3:25 CW1855 'services.orders' stands in the model, and decision 1, which decides it, holds no longer.",
            ],
            log.Judge(path => path is "services.orders" or "gateway").Select(finding => finding.ToString()));
    }

    [Fact]
    public void Decisions_that_agree_are_quiet()
    {
        var log = DecisionLog.Read([("d/1-a.md", "---\nstatus: superseded by 2\ndecides: [x]\n---\n"), ("d/2-b.md", "---\nstatus: accepted\nsupersedes: 1\ndecides: [x]\n---\n")]);
        Assert.Empty(log.Judge(_ => true));
    }

    [Theory]
    [InlineData("One broker, for all!", "0012-one-broker-for-all.md")]
    [InlineData("Prüfung der Größe", "0012-prüfung-der-größe.md")]
    [InlineData("日本", "0012-日本.md")]
    [InlineData("?!", "0012-decision.md")]
    [InlineData("../../etc/passwd", "0012-etc-passwd.md")]
    public void A_title_becomes_a_plain_file_name(string title, string name) => Assert.Equal(name, DecisionDraft.FileName(12, title));

    [Fact]
    public void A_draft_is_read_back_as_it_was_meant()
    {
        var decision = Read(DecisionDraft.Text(3, "Some title", "2026-11-22", ["services.orders"], 2), out var findings);
        Assert.Empty(findings);
        Assert.Equal(("Some title", DecisionStatus.Accepted, "2026-11-22"), (decision.Title, decision.Status, decision.Date));
        Assert.Equal((2, "services.orders"), (decision.Supersedes.Single().Number, decision.Decides.Single().Path));
    }

    [Theory]
    [InlineData("---\ndate: x\nstatus: accepted # yes\n---\nstatus: accepted\n", "---\ndate: x\nstatus: superseded by 7\n---\nstatus: accepted\n")]
    [InlineData("# A\n\n## Status\n\nAccepted\n\n## Context\n", "# A\n\n## Status\n\nSuperseded by 0007\n\n## Context\n")]
    [InlineData("# A\n\nstatus: accepted\n", null)]
    [InlineData("---\ndate: x\n---\nstatus: accepted\n", null)]
    public void Only_the_status_changes_in_what_is_superseded(string text, string? changed) => Assert.Equal(changed, DecisionDraft.Superseded(text, 7));

    [Theory]
    [InlineData("CW1851", "decisions/0003-some.md")]
    [InlineData("CW1852", "decisions/0003-some.md")]
    [InlineData("CW1853", "decisions/0003-some.md")]
    [InlineData("CW1855", "decisions/0003-some.md")]
    public void The_example_of_a_page_gives_the_finding_that_it_explains(string code, string file)
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "reference", "findings", $"{code}.md"));
        var log = DecisionLog.Read([(file, Markdown().Match(page).Groups[1].Value)]);
        Assert.Equal([code], log.Findings.Concat(log.Judge(path => path == "services.orders")).Select(finding => finding.Code));
    }

    [Fact]
    public void The_files_of_a_page_have_one_number()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "reference", "findings", "CW1854.md"));
        var log = DecisionLog.Read(page.Split('\n').Where(line => line.StartsWith("decisions/", StringComparison.Ordinal)).Select(file => (file, "---\nstatus: accepted\n---\n")));
        Assert.Equal(["CW1854"], log.Judge(_ => true).Select(finding => finding.Code));
    }

    [Fact]
    public void Any_text_is_read_without_a_fault()
    {
        var random = new Random(7);
        string[] parts = ["---\n", "status: ", "accepted", "superseded by ", "99999999999999", "decides: [", "]", "\n", "- x", "# ", "## Status\n", "\"", "'", ",", "\r\n", "#", "😀", "supersedes: "];
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => parts[random.Next(parts.Length)]));
            var decision = Read(text, out _);
            Assert.All(decision.Decides, one => Assert.InRange(one.Place.Column, 1, text.Length + 1));
            Assert.NotNull(DecisionLog.Read([("d/0003-some.md", text)]).Judge(_ => false).ToArray());
            _ = DecisionDraft.Superseded(text, 7);
        }
    }

    [GeneratedRegex("^```markdown\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Markdown();
}
