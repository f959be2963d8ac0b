using Conway.Console.Tests.Played;

namespace Conway.Console.Tests;

public sealed class InspectionDeskTests
{
    [Fact]
    public async Task A_clock_that_is_set_back_lets_no_old_answer_stand()
    {
        var (system, clock) = (new PlayedSystem(PlayedService.Shop), new SetClock());
        var desk = new InspectionDesk(system, clock);
        await desk.LookAsync([], TestContext.Current.CancellationToken);
        clock.SetBack(TimeSpan.FromHours(1));
        clock.Pass();
        await desk.LookAsync([], TestContext.Current.CancellationToken);

        Assert.Equal(2, system.Looks);
    }

    /// <summary>A clock whose wall can be set while its timestamps go on.</summary>
    private sealed class SetClock : TimeProvider
    {
        private DateTimeOffset _wall = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        private long _ticks;

        public override DateTimeOffset GetUtcNow() => _wall;

        public override long GetTimestamp() => _ticks;

        public void SetBack(TimeSpan by) => _wall -= by;

        public void Pass() => _ticks++;
    }
}
