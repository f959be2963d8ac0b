namespace Conway.Findings.Tests;

public sealed class FingerprintTests
{
    private static readonly FindingRule Rule = new("CW2103", Severity.Warning, "Call without a timeout", "It hangs.");

    private static readonly Finding Plain = new()
    {
        Rule = Rule,
        Message = "'a' calls 'b'.",
        Mend = "Do.",
        ModelPath = "services.a.calls.b",
        Place = new SourceSpan("conway.yaml", 4, 5, 1),
        SourceLine = "    b: {}",
    };

    [Fact]
    public void It_stays_when_lines_move_and_numbers_in_the_message_change() =>
        Assert.Equal(Of(Plain), Of(Plain with { Place = new SourceSpan("conway.yaml", 90, 9, 1), Message = "'a' calls 'b' 9 times.", SourceLine = "        b: {}" }));

    [Fact]
    public void It_differs_by_code_and_by_model_path()
    {
        Assert.NotEqual(Of(Plain), Of(Plain with { ModelPath = "services.a.calls.c" }));
        Assert.NotEqual(Of(Plain), Of(Plain with { Rule = Rule with { Code = "CW2104" } }));
    }

    [Fact]
    public void Where_something_stands_in_a_list_does_not_count_but_what_its_line_says_does()
    {
        var route = Plain with { ModelPath = "gateway.routes[3].retries", SourceLine = "  - { path: /a,  to: x, retries: 2 }" };
        Assert.Equal(Of(route), Of(route with { ModelPath = "gateway.routes[0].retries", SourceLine = "- { path: /a, to: x, retries: 2 }" }));
        Assert.NotEqual(Of(route), Of(route with { SourceLine = "- { path: /b, to: x, retries: 2 }" }));
    }

    [Fact]
    public void What_a_finding_says_it_is_about_counts_before_everything_else() =>
        Assert.Equal(Of(Plain with { Subject = "a and b" }), Of(Plain with { Subject = "a and b", ModelPath = "services.z", Message = "Other." }));

    [Fact]
    public void Text_that_never_became_model_is_known_by_file_and_line()
    {
        var text = Plain with { ModelPath = null };
        Assert.Equal(Of(text), Of(text with { Place = new SourceSpan("conway.yaml", 7, 1, 1) }));
        Assert.NotEqual(Of(text), Of(text with { Place = new SourceSpan("teams.yaml", 4, 5, 1) }));
    }

    [Fact]
    public void Findings_about_the_same_thing_are_told_apart_and_the_first_keeps_its_name()
    {
        var names = Fingerprint.Of([Plain, Plain, Plain]);
        Assert.Equal(3, names.Distinct().Count());
        Assert.Equal(Of(Plain), names[0]);
    }

    // Baselines in other people's repositories hold these: another value here is a breaking change.
    [Fact]
    public void The_way_it_is_made_does_not_change() => Assert.Equal("40d285a770a6e69c006e6c9c2f91bccd", Of(Plain));

    private static string Of(Finding finding) => Fingerprint.Of([finding])[0];
}
