namespace Conway.Registry.Tests;

/// <summary>Time that stands until the test moves it. The wall clock can be set apart from it, as an administrator or NTP would.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _elapsed;
    private DateTimeOffset _wall = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() { lock (_lock) return _elapsed.Ticks; }

    public override DateTimeOffset GetUtcNow() { lock (_lock) return _wall; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets the wall clock, and nothing else.</summary>
    public void SetWallClock(TimeSpan by) { lock (_lock) _wall += by; }

    /// <summary>Lets time pass; timers fire in order, each at its own moment.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan end;
        lock (_lock) end = _elapsed + by;
        while (true)
        {
            ManualTimer? next;
            lock (_lock)
            {
                next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
                var at = next?.Due ?? end;
                if (at > _elapsed) (_wall, _elapsed) = (_wall + (at - _elapsed), at);
                if (next is null) return;
                _timers.Remove(next);
            }
            next.Fire();
        }
    }

    /// <summary>Waits until somebody waits for time to pass.</summary>
    public async Task UntilTimersAsync(int count)
    {
        var deadline = Environment.TickCount64 + 20_000;
        while (true)
        {
            lock (_lock) if (_timers.Count >= count) return;
            Assert.True(Environment.TickCount64 < deadline, $"fewer than {count} timers were set");
            await Task.Yield();
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = time._elapsed + dueTime;
                time._timers.Add(this);
                return true;
            }
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
