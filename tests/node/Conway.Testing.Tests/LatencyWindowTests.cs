namespace Conway.Testing.Tests;

public sealed class LatencyWindowTests
{
    [Fact]
    public void Before_the_first_there_is_no_number() => Assert.Equal([null, null], new LatencyWindow().Quantiles(0.5, 0.99));

    [Fact]
    public void Quantiles_are_values_that_were_measured()
    {
        var window = new LatencyWindow();
        for (var i = 100; i >= 1; i--)
        {
            window.Add(TimeSpan.FromMilliseconds(i));
        }

        Assert.Equal([TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(99)], window.Quantiles(0.5, 0.99));
    }

    [Fact]
    public void What_is_long_ago_is_forgotten()
    {
        var window = new LatencyWindow();
        window.Add(TimeSpan.FromHours(1));
        for (var i = 0; i < 1024; i++)
        {
            window.Add(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal([TimeSpan.FromMilliseconds(1)], window.Quantiles(1));
    }
}
