namespace Conway.Findings.Tests;

public sealed class DidYouMeanTests
{
    [Theory]
    [InlineData("catalgo", "catalog")] // a swap counts one
    [InlineData("Orders", "orders")]
    [InlineData("ordrs", "orders")]
    [InlineData("payments-service", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_closest_name_is_proposed_only_when_it_is_close(string word, string? meant) =>
        Assert.Equal(meant, DidYouMean.Closest(word, ["orders", "catalog", "payments", "ab"]));

    [Fact]
    public void Between_two_that_are_equally_close_the_first_by_name_is_taken() => Assert.Equal("bar", DidYouMean.Closest("bax", ["bat", "bar"]));

    [Fact]
    public void A_very_long_word_costs_nothing() => Assert.Null(DidYouMean.Closest(new string('a', 1_000_000), [new string('a', 1_000_000) + "b"]));
}
