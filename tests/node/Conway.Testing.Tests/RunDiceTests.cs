namespace Conway.Testing.Tests;

public sealed class RunDiceTests
{
    [Fact]
    public void The_same_seed_draws_the_same_on_every_machine() =>
        Assert.Equal(Drawn(new RunDice(42, "buy", 1)), Drawn(new RunDice(42, "buy", 1)));

    [Fact]
    public void Another_seed_journey_or_walk_draws_otherwise() =>
        Assert.Equal(4, new[] { new RunDice(42, "buy", 1), new RunDice(43, "buy", 1), new RunDice(42, "browse", 1), new RunDice(42, "buy", 2) }.Select(Drawn).Distinct().Count());

    [Fact]
    public void Every_value_is_drawn_about_as_often_as_every_other()
    {
        var counts = new int[10];
        for (var walk = 0; walk < 20_000; walk++)
        {
            counts[new RunDice(7, "buy", walk).Below(10)]++; // the first draw of each walk is the one that matters
        }

        Assert.All(counts, c => Assert.InRange(c, 1_800, 2_200));
    }

    [Fact]
    public void A_share_is_thrown_in_that_share_of_all_throws()
    {
        var dice = new RunDice(7, "buy", 1);
        Assert.InRange(Enumerable.Range(0, 20_000).Count(_ => dice.Throw(0.3)), 5_800, 6_200);
        Assert.Equal(0, Enumerable.Range(0, 1_000).Count(_ => dice.Throw(0)));
    }

    private static string Drawn(RunDice dice) => string.Join(' ', Enumerable.Range(0, 8).Select(_ => dice.Below(1000)));
}
