namespace Conway.Testing.Tests;

public sealed class ArrivalScheduleTests
{
    [Theory]
    [InlineData(2, 60, 121)]
    [InlineData(0.5, 60, 31)]
    [InlineData(3, 60, 181)]
    [InlineData(7.3, 3600, 26281)]
    [InlineData(1e4, 10, 100001)]
    public void Waking_at_each_due_time_begins_every_arrival_once(double rate, int seconds, long expected)
    {
        var schedule = new ArrivalSchedule(rate, TimeSpan.Zero);
        long begun = 0, wakes = 0;
        for (var now = TimeSpan.Zero; now <= TimeSpan.FromSeconds(seconds); now = schedule.Next, wakes++)
        {
            var arrivals = schedule.Take(now);
            Assert.Equal(0, arrivals.Late);
            begun += arrivals.OnTime;
        }

        Assert.Equal((expected, expected), (begun, wakes));
    }

    [Fact]
    public void Waking_seldom_begins_what_is_due_and_tells_since_when()
    {
        var schedule = new ArrivalSchedule(10, TimeSpan.FromSeconds(5));
        Assert.Equal(default, schedule.Take(TimeSpan.FromSeconds(4)));
        Assert.Equal(new Arrivals(6, 0, TimeSpan.FromSeconds(5)), schedule.Take(TimeSpan.FromSeconds(5.5)));
        Assert.Equal(new Arrivals(2, 0, TimeSpan.FromSeconds(5.6)), schedule.Take(TimeSpan.FromSeconds(5.75)));
        Assert.Equal(TimeSpan.FromSeconds(5.8), schedule.Next);
    }

    [Fact]
    public void What_is_more_than_a_second_late_is_not_made_up_for()
    {
        var schedule = new ArrivalSchedule(10, TimeSpan.Zero);
        Assert.Equal(1, schedule.Take(TimeSpan.Zero).OnTime);

        // An hour of sleep: 36,000 were due, those of the last second are begun.
        var arrivals = schedule.Take(TimeSpan.FromHours(1));
        Assert.Equal((11, 35_989), (arrivals.OnTime, arrivals.Late));
        Assert.Equal(TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(100), schedule.Next);
    }

    [Fact]
    public void Time_that_goes_back_begins_nothing_twice()
    {
        var schedule = new ArrivalSchedule(10, TimeSpan.Zero);
        Assert.Equal(11, schedule.Take(TimeSpan.FromSeconds(1)).OnTime);
        Assert.Equal((0, 0), (schedule.Take(TimeSpan.Zero).OnTime, schedule.Take(TimeSpan.FromSeconds(1)).OnTime));
    }

    [Fact]
    public void A_rate_of_nothing_never_begins()
    {
        var schedule = new ArrivalSchedule(0, TimeSpan.Zero);
        Assert.Equal(default, schedule.Take(TimeSpan.FromDays(1)));
        Assert.Equal(TimeSpan.MaxValue, schedule.Next);
        var rare = new ArrivalSchedule(1e-12, TimeSpan.Zero);
        Assert.Equal(1, rare.Take(TimeSpan.Zero).OnTime);
        Assert.Equal(TimeSpan.MaxValue, rare.Next);
    }
}
