namespace Conway.Findings.Tests;

public sealed class SourceMapTests
{
    private static readonly FindingRule Rule = new("CW0001", Severity.Warning, "A rule", "Because.");

    private static readonly SourceMap Map = new(
        new Dictionary<string, SourceSpan>
        {
            [""] = new("m.yaml", 1, 1, 6),
            ["services.orders"] = new("m.yaml", 2, 3, 6),
            ["gateway.routes"] = new("m.yaml", 3, 1, 6),
            ["gateway.routes[1]"] = new("m.yaml", 4, 5, 2),
        },
        new Dictionary<string, string> { ["m.yaml"] = "conway\r\n  orders\nroutes\n    ab" });

    [Theory]
    [InlineData("services.orders", "m.yaml:2:3")]
    [InlineData("services.orders.calls.catalog.timeout", "m.yaml:2:3")]
    [InlineData("gateway.routes[1].to", "m.yaml:4:5")]
    [InlineData("gateway.routes[0].to", "m.yaml:3:1")]
    [InlineData("jobs.settle", "m.yaml:1:1")]
    public void What_was_not_written_is_placed_at_the_nearest_thing_that_was(string path, string place) => Assert.Equal(place, Map.Find(path)?.ToString());

    [Fact]
    public void Findings_get_their_line_and_are_in_order_of_reading()
    {
        Finding Of(string? path, string message) => new() { Rule = Rule, Message = message, Mend = "Mend it.", ModelPath = path };
        var placed = Map.Place([Of(null, "nowhere"), Of("gateway.routes[1]", "late"), Of("services.orders", "early")]);

        Assert.Equal(["m.yaml:2:3 CW0001 early", "m.yaml:4:5 CW0001 late", "CW0001 nowhere"], placed.Select(f => f.ToString()));
        Assert.Equal(["  orders", "    ab", null], placed.Select(f => f.SourceLine));
    }
}
