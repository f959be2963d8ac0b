using Conway.Lowering;
using Conway.Model;

namespace Conway.Supervision;

/// <summary>One life of a replica: a process on a port, and its health, until it ends.</summary>
internal sealed class Incarnation : IAsyncDisposable
{
    /// <summary>During the start the question is asked often, so that "healthy" comes as soon as it is true; less so when it takes long.</summary>
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan QuickStart = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestStartPause = TimeSpan.FromMilliseconds(250);

    private readonly ServiceProcess _process;
    private readonly HealthStreak _streak;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<bool> _firstHealthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _clock;
    private readonly Task _asking;
    private readonly RecentLines _said;
    private volatile bool _retired;

    /// <param name="said">What this process prints, and no other.</param>
    public Incarnation(ServiceProcess process, RecentLines said, int port, HealthPlan health, HealthProbe probe, TimeProvider clock, Action<Incarnation> changed)
    {
        _process = process;
        _said = said;
        _clock = clock;
        Port = port;
        StartedAt = clock.GetUtcNow();
        StartedTimestamp = clock.GetTimestamp();
        _streak = new HealthStreak(health.Failures);
        _asking = AskAsync(health, probe, changed);
        _ = EndAsync();
    }

    public int Pid => _process.Pid;

    public int Port { get; }

    public DateTimeOffset StartedAt { get; }

    public long StartedTimestamp { get; }

    public bool Healthy => _streak.Healthy;

    public bool EverHealthy => _streak.EverHealthy;

    public bool TimedOut { get; private set; }

    public DateTimeOffset? CheckedAt { get; private set; }

    public string? LastAnswer { get; private set; }

    /// <summary>True once it has answered well; false when it ended or ran out of time before.</summary>
    public Task<bool> FirstHealthy => _firstHealthy.Task;

    public Task<int> Exited => _process.Exited;

    /// <summary>Why it never served, in a sentence; complete only after it <see cref="Exited"/>.</summary>
    public async Task<string> NeverServedAsync(HealthPlan health)
    {
        if (TimedOut)
        {
            return $"the new process gave no healthy answer within {UnitText.Format(health.Startup)}";
        }

        var end = ExitText.Of(await Exited.ConfigureAwait(false));
        return LastWords.Of(_said.Snapshot()) is { } said ? $"the new process {end} before it was healthy, saying '{said}'" : $"the new process {end} before it was healthy";
    }

    /// <summary>Whether its end is wanted, so that it is no crash.</summary>
    public bool Retired => _retired;

    public void Kill() => _process.Kill();

    /// <summary>Lets it finish and end; true when it did so by itself.</summary>
    public Task<bool> StopAsync(TimeSpan drain, CancellationToken kill)
    {
        _retired = true;
        return _process.StopAsync(drain, kill);
    }

    /// <summary>From now on its end is no crash.</summary>
    public void Retire() => _retired = true;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _asking.ConfigureAwait(false);
        _process.Dispose();
        _ended.Dispose();
    }

    private async Task EndAsync()
    {
        await Exited.ConfigureAwait(false);
        _firstHealthy.TrySetResult(false);
        try
        {
            await _ended.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // Disposed after its exit was seen elsewhere: the asking has stopped already.
        }
    }

    private async Task AskAsync(HealthPlan health, HealthProbe probe, Action<Incarnation> changed)
    {
        var cancel = _ended.Token;
        var pause = StartPause;
        try
        {
            while (true)
            {
                await Task.Delay(pause, _clock, cancel).ConfigureAwait(false);
                var answer = await probe.AskAsync(Port, health, cancel).ConfigureAwait(false);
                cancel.ThrowIfCancellationRequested();
                CheckedAt = _clock.GetUtcNow();
                LastAnswer = answer.Text;
                var turned = _streak.Take(answer.Good);
                if (answer.Good)
                {
                    _firstHealthy.TrySetResult(true);
                }
                else if (!EverHealthy && _clock.GetElapsedTime(StartedTimestamp) > health.Startup)
                {
                    TimedOut = true;
                    _firstHealthy.TrySetResult(false);
                    _process.Kill();
                    return;
                }

                if (turned)
                {
                    changed(this);
                }

                pause = EverHealthy ? health.Interval
                    : _clock.GetElapsedTime(StartedTimestamp) < QuickStart ? StartPause
                    : TimeSpan.FromTicks(Math.Min((long)(pause.Ticks * 1.3), LongestStartPause.Ticks));
            }
        }
        catch (OperationCanceledException)
        {
            // The process ended.
        }
    }
}
