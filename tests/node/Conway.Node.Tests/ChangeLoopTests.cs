namespace Conway.Node.Tests;

public sealed class ChangeLoopTests
{
    [Fact]
    public void A_service_that_writes_its_source_at_each_start_is_noticed()
    {
        var loop = new ChangeLoop();
        var told = Enumerable.Range(0, 20).Select(i => Turn(loop, at: i * 2.0, began: (i * 2.0) + 1, served: (i * 2.0) + 1.8)).ToArray();
        Assert.Equal(12, Array.IndexOf(told, true));
        Assert.Single(told, t => t);
        Assert.True(loop.Broken);
        loop.Reset();
        Assert.False(loop.Broken);
    }

    [Fact]
    public void A_person_who_saves_every_second_is_not_taken_for_one()
    {
        var loop = new ChangeLoop();
        var random = new Random(7);
        var now = 0.0;
        for (var i = 0; i < 200; i++)
        {
            // A save, a second of building, half a second of starting; the next save comes whenever it comes.
            Assert.False(loop.Changed(TimeSpan.FromSeconds(now)));
            loop.Begins(TimeSpan.FromSeconds(now + 1));
            loop.Ended(TimeSpan.FromSeconds(now + 1.5));
            now += 1 + (2 * random.NextDouble());
        }

        Assert.False(loop.Broken);
    }

    private static bool Turn(ChangeLoop loop, double at, double began, double served)
    {
        Assert.InRange(at + 2, began, served + 0.5);
        var told = loop.Changed(TimeSpan.FromSeconds(at));
        loop.Begins(TimeSpan.FromSeconds(began));
        loop.Ended(TimeSpan.FromSeconds(served));
        return told;
    }
}
