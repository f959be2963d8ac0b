namespace Conway.Findings.Tests;

public sealed class FindingTextTests
{
    private static readonly Finding Timeout = new()
    {
        Rule = new FindingRule("CW2104", Severity.Error, "Timeout over the caller's budget", "Callers of 'checkout' will have given up before 'pricing' is allowed to answer."),
        Message = "'checkout' waits up to 2 s for 'pricing', but its own budget is 800 ms.",
        Mend = "Lower the timeout of checkout -> pricing below 800 ms, or raise the budget of 'checkout'.",
        ModelPath = "services.checkout.calls.pricing.timeout",
        Place = new SourceSpan("conway.yaml", 41, 27, 2),
        SourceLine = "      pricing: { timeout: 2s }",
    };

    [Fact]
    public void A_finding_says_what_where_why_and_how_to_mend_it() =>
        Assert.Equal(
            """
            conway.yaml:41:27  error CW2104  'checkout' waits up to 2 s for 'pricing', but its own budget is 800 ms.
               41 |       pricing: { timeout: 2s }
                  |                           ^^
                why   Callers of 'checkout' will have given up before 'pricing' is allowed to answer.
                mend  Lower the timeout of checkout -> pricing below 800 ms, or raise the budget of 'checkout'.
                more  conway explain CW2104

            """,
            FindingText.Of(Timeout, new FindingTextOptions()));

    [Fact]
    public void What_was_seen_and_what_would_refute_it_stand_below_the_reason()
    {
        var finding = Timeout with
        {
            Rule = Timeout.Rule with { Unless = "the call is never made in a request" },
            Evidence = [new Evidence("12 calls in trace 4bf9"), new Evidence("declared here", new SourceSpan("a.yaml", 3, 1, 1)), .. Enumerable.Range(0, 4).Select(i => new Evidence($"more {i}"))],
        };
        Assert.Contains(
            """
                seen  12 calls in trace 4bf9
                      a.yaml:3:1  declared here
                      more 0
                      more 1
                      and 2 more (-o json)
                mend  Lower the timeout of checkout -> pricing below 800 ms, or raise the budget of 'checkout'.
                but   not if the call is never made in a request.
                more  conway explain CW2104
            """,
            FindingText.Of(finding, new FindingTextOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void At_60_columns_no_line_is_longer_and_nothing_is_lost()
    {
        var text = FindingText.Of(Timeout, new FindingTextOptions { Width = 60 });
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 60, line));
        Assert.Equal(
            """
            conway.yaml:41:27  error CW2104
                'checkout' waits up to 2 s for 'pricing', but its own
                budget is 800 ms.
               41 |       pricing: { timeout: 2s }
                  |                           ^^
                why   Callers of 'checkout' will have given up before
                      'pricing' is allowed to answer.
                mend  Lower the timeout of checkout -> pricing below 800
                      ms, or raise the budget of 'checkout'.
                more  conway explain CW2104

            """,
            text);
    }

    [Fact]
    public void A_long_line_of_source_is_cut_around_the_caret()
    {
        var line = new string('a', 200) + "WRONG" + new string('b', 200);
        var text = FindingText.Of(Timeout with { SourceLine = line, Place = new SourceSpan("m.yaml", 1, 201, 5) }, new FindingTextOptions { Width = 80 }).Split('\n');
        Assert.All(text, l => Assert.True(l.Length <= 80, l));
        var (source, caret) = (text.First(l => l.Contains("WRONG")), text.First(l => l.EndsWith('^')));
        Assert.Equal(source.IndexOf("WRONG", StringComparison.Ordinal), caret.IndexOf('^'));
        Assert.Equal(5, caret.Count(c => c == '^'));
    }

    [Fact]
    public void The_caret_stands_below_its_text_after_tabs_and_wide_signs()
    {
        var text = FindingText.Of(Timeout with { SourceLine = "\té👍🏽: x", Place = new SourceSpan("m.yaml", 1, 9, 1) }, new FindingTextOptions()).Split('\n');
        Assert.Equal("      | \t    ^", text[2]);
    }

    [Fact]
    public void An_escape_sequence_in_a_name_does_not_reach_the_terminal()
    {
        var text = FindingText.Of(Timeout with { Message = "'\e[2Jx' is unknown.", SourceLine = "\e]0;title\a", Place = new SourceSpan("m\e[1m.yaml", 1, 1, 1) }, new FindingTextOptions());
        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain('\a', text);
    }

    [Fact]
    public void Colour_adds_nothing_but_colour()
    {
        var colored = FindingText.Of(Timeout, new FindingTextOptions { Color = true });
        Assert.Contains("\e[31merror CW2104\e[0m", colored);
        Assert.Equal(FindingText.Of(Timeout, new FindingTextOptions()), System.Text.RegularExpressions.Regex.Replace(colored, "\e\\[[0-9]+m", ""));
    }

    [Fact]
    public void A_finding_without_a_place_has_no_source() =>
        Assert.StartsWith("error CW2104  'checkout' waits", FindingText.Of(Timeout with { Place = null, SourceLine = null }, new FindingTextOptions()));

    [Theory]
    [InlineData(0, 0, 0, "no findings")]
    [InlineData(1, 0, 0, "1 error")]
    [InlineData(2, 1, 3, "2 errors, 1 warning, 3 info")]
    public void Findings_are_counted_by_weight(int errors, int warnings, int infos, string expected)
    {
        Finding Of(Severity severity) => Timeout with { Weight = severity };
        var all = Enumerable.Repeat(Of(Severity.Info), infos).Concat(Enumerable.Repeat(Of(Severity.Error), errors)).Concat(Enumerable.Repeat(Of(Severity.Warning), warnings));
        Assert.Equal(expected, FindingText.Count(all));
    }

    [Fact]
    public void As_json_a_finding_has_the_same_facts() =>
        Assert.Equal(
            """[{"code":"CW2104","severity":"error","title":"Timeout over the caller's budget","message":"'checkout' waits up to 2 s for 'pricing', but its own budget is 800 ms.","why":"Callers of 'checkout' will have given up before 'pricing' is allowed to answer.","mend":"Lower the timeout of checkout -> pricing below 800 ms, or raise the budget of 'checkout'.","modelPath":"services.checkout.calls.pricing.timeout","place":{"file":"conway.yaml","line":41,"column":27,"length":2},"sourceLine":"      pricing: { timeout: 2s }"}]""",
            FindingJson.Of([Timeout]));
}
