namespace Conway.Supervision.Tests;

public sealed class HealthStreakTests
{
    [Fact]
    public void One_good_answer_makes_it_healthy_and_only_the_third_bad_one_in_a_row_unhealthy()
    {
        var streak = new HealthStreak(failures: 3);
        Assert.False(streak.Healthy);
        Assert.True(streak.Take(good: true));
        Assert.False(streak.Take(good: false));
        Assert.False(streak.Take(good: false));
        Assert.False(streak.Take(good: true));
        Assert.False(streak.Take(good: false));
        Assert.False(streak.Take(good: false));
        Assert.True(streak.Take(good: false));
        Assert.False(streak.Healthy);
        Assert.True(streak.EverHealthy);
    }

    [Fact]
    public void Before_the_first_good_answer_bad_ones_change_nothing()
    {
        var streak = new HealthStreak(failures: 1);
        Assert.False(streak.Take(good: false));
        Assert.False(streak.EverHealthy);
    }
}
