namespace Conway.Supervision.Tests;

public sealed class RestartBackoffTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_first_restart_follows_at_once_and_each_further_one_waits_twice_as_long_up_to_thirty_seconds()
    {
        var backoff = new RestartBackoff();
        var pauses = Enumerable.Range(0, 10).Select(_ => backoff.Crashed(Short, wasHealthy: true).TotalSeconds).ToArray();
        Assert.Equal([0, 0.5, 1, 2, 4, 8, 16, 30, 30, 30], pauses);
    }

    [Fact]
    public void A_process_that_lived_a_minute_starts_the_row_anew()
    {
        var backoff = new RestartBackoff();
        backoff.Crashed(Short, true);
        backoff.Crashed(Short, true);
        Assert.Equal(TimeSpan.Zero, backoff.Crashed(TimeSpan.FromMinutes(1), true));
    }

    [Fact]
    public void Four_processes_in_a_row_that_were_never_healthy_are_a_failure_and_one_healthy_one_is_not()
    {
        var backoff = new RestartBackoff();
        for (var i = 0; i < 3; i++)
        {
            backoff.Crashed(Short, wasHealthy: false);
            Assert.False(backoff.GivesUp);
        }

        backoff.Crashed(Short, wasHealthy: false);
        Assert.True(backoff.GivesUp);
        backoff.Crashed(Short, wasHealthy: true);
        Assert.False(backoff.GivesUp);
    }
}
