using Conway.Lowering;
using Conway.Model;

namespace Conway.Supervision;

/// <summary>Keeps one replica alive: starts it, asks for its health, starts it again after a crash, replaces it without a gap, stops it.</summary>
/// <remarks>All commands may come from any thread; they are taken one after another. Changes are told through the callback, never under a lock.</remarks>
internal sealed class Replica : IAsyncDisposable
{
    /// <summary>Between the moment the successor serves and SIGTERM to the old process.</summary>
    private static readonly TimeSpan LameDuck = TimeSpan.FromMilliseconds(500);

    private readonly SupervisionContext _context;
    private readonly RestartBackoff _backoff = new();
    private readonly RecentLines _recent = new();
    private readonly SemaphoreSlim _command = new(1, 1);
    private readonly Lock _lock = new();
    private TaskCompletionSource _nudge = NewNudge();
    private CancellationTokenSource? _stop;
    private CancellationToken _kill;
    private Task _loop = Task.CompletedTask;
    private Incarnation? _current;
    private Launch _launch;
    private ReplicaStatus _status;

    public Replica(SupervisionContext context, string service, ReplicaPlan plan, Launch launch)
    {
        _context = context;
        Plan = plan;
        _launch = launch;
        _status = new ReplicaStatus { Name = plan.Name, Service = service, Number = plan.Number, State = ReplicaState.Starting, Port = plan.Port };
    }

    public ReplicaPlan Plan { get; }

    public ReplicaStatus Status
    {
        get
        {
            var current = _current;
            lock (_lock)
            {
                return _status with { LastLog = _recent.Last, CheckedAt = current?.CheckedAt, LastAnswer = current?.LastAnswer };
            }
        }
    }

    /// <summary>The last lines it wrote, oldest first.</summary>
    public IReadOnlyList<string> RecentLines => _recent.Snapshot();

    /// <summary>Starts it with this launch, unless it runs already.</summary>
    public async Task StartAsync(Launch launch, CancellationToken cancel)
    {
        await _command.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            _launch = launch;
            if (_stop is null)
            {
                _backoff.Reset();
                _stop = new CancellationTokenSource();
                _loop = RunAsync(_stop.Token);
            }
        }
        finally
        {
            _command.Release();
        }
    }

    /// <summary>Lets it finish and ends it; after <paramref name="kill"/> it is killed.</summary>
    public async Task StopAsync(CancellationToken kill)
    {
        await _command.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await StopAsync_NeedsCommand(kill).ConfigureAwait(false);
        }
        finally
        {
            _command.Release();
        }
    }

    /// <summary>Replaces the running process by one with this launch. With overlap the old one serves until the new one is healthy,
    /// and goes on serving when the new one never is.</summary>
    /// <returns>Null, or why the old one was kept, in a sentence.</returns>
    public async Task<string?> ReplaceAsync(Launch launch, CancellationToken cancel)
    {
        await _command.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var old = _current;
            if (_stop is null || old is not { Healthy: true } || !launch.Overlap)
            {
                await StopAsync_NeedsCommand(CancellationToken.None).ConfigureAwait(false);
                _launch = launch;
                _backoff.Reset();
                _stop = new CancellationTokenSource();
                _loop = RunAsync(_stop.Token);
                return null;
            }

            return await ReplaceAsync_Overlapping(old, launch, cancel).ConfigureAwait(false);
        }
        finally
        {
            _command.Release();
        }
    }

    /// <summary>SIGKILL, as a crash; it comes back by itself.</summary>
    public void Kill() => _current?.Kill();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await StopAsync(now.Token).ConfigureAwait(false);
        _command.Dispose();
    }

    private async Task StopAsync_NeedsCommand(CancellationToken kill)
    {
        if (_stop is not { } stop)
        {
            Set(s => s with { State = ReplicaState.Stopped, Pid = null, Reason = null });
            return;
        }

        _stop = null;
        _kill = kill;
        await stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        stop.Dispose();
        Set(s => s with { State = ReplicaState.Stopped, Pid = null, Reason = null });
    }

    private async Task<string?> ReplaceAsync_Overlapping(Incarnation old, Launch launch, CancellationToken cancel)
    {
        var port = old.Port == Plan.Port ? Plan.SparePort : Plan.Port;
        var (candidate, problem) = Begin(launch, port);
        if (candidate is null)
        {
            return problem;
        }

        bool healthy;
        try
        {
            healthy = await candidate.FirstHealthy.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            candidate.Kill();
            await candidate.Exited.ConfigureAwait(false);
            await candidate.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        if (!healthy)
        {
            candidate.Kill();
            var code = await candidate.Exited.ConfigureAwait(false);
            await candidate.DisposeAsync().ConfigureAwait(false);
            return candidate.TimedOut
                ? $"the new process gave no healthy answer within {UnitText.Format(launch.Health.Startup)}"
                : $"the new process exited with code {code} before it was healthy";
        }

        _launch = launch;
        old.Retire();
        _current = candidate;
        Set(s => s with { State = ReplicaState.Healthy, Pid = candidate.Pid, Port = candidate.Port, StartedAt = candidate.StartedAt, Reason = null });
        Interlocked.Exchange(ref _nudge, NewNudge()).TrySetResult();

        await _context.Settled().ConfigureAwait(false);

        // Nobody picks the old one any more, but some had just done so. A program that knows nothing of SIGTERM ends at once and would cut
        // them off, so it is given the time that ordinary answers take; longer ones are its own drain's affair.
        await Task.Delay(launch.Drain < LameDuck ? launch.Drain : LameDuck, _context.Clock, CancellationToken.None).ConfigureAwait(false);
        await old.StopAsync(launch.Drain, CancellationToken.None).ConfigureAwait(false);
        await old.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var (incarnation, problem) = Begin(_launch, Plan.Port);
            if (incarnation is null)
            {
                await PauseAsync(_backoff.Crashed(TimeSpan.Zero, wasHealthy: false), problem!, null, stop).ConfigureAwait(false);
                continue;
            }

            _current = incarnation;
            Set(s => s with { State = ReplicaState.Starting, Pid = incarnation.Pid, Port = incarnation.Port, StartedAt = incarnation.StartedAt, Reason = null });
            if (await CurrentEndedAsync(stop).ConfigureAwait(false) is not { } ended)
            {
                return;
            }

            var lived = _context.Clock.GetElapsedTime(ended.StartedTimestamp);
            var code = await ended.Exited.ConfigureAwait(false);
            await ended.DisposeAsync().ConfigureAwait(false);
            var why = ended.TimedOut
                ? $"gave no healthy answer within {UnitText.Format(_launch.Health.Startup)} ({ended.LastAnswer})"
                : $"{Ended(code)} {Lived(lived)} after start";
            await PauseAsync(_backoff.Crashed(lived, ended.EverHealthy), why, code, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the current process ended by itself; null when it was stopped on purpose.</summary>
    private async Task<Incarnation?> CurrentEndedAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(stopped.SetResult).ConfigureAwait(false);
        while (true)
        {
            var current = _current!;
            await Task.WhenAny(current.Exited, Volatile.Read(ref _nudge).Task, stopped.Task).ConfigureAwait(false);
            if (current != _current)
            {
                continue; // replaced; go on with its successor
            }

            if (stop.IsCancellationRequested)
            {
                await EndAsync(current).ConfigureAwait(false);
                return null;
            }

            if (current.Exited.IsCompleted)
            {
                _current = null;
                return current;
            }
        }
    }

    private async Task EndAsync(Incarnation current)
    {
        Set(s => s with { State = ReplicaState.Stopping, Reason = null });
        if (!_kill.IsCancellationRequested)
        {
            await _context.Settled().ConfigureAwait(false);
        }

        if (!await current.StopAsync(_launch.Drain, _kill).ConfigureAwait(false))
        {
            _context.Log(Status, $"did not end within {UnitText.Format(_launch.Drain)} of SIGTERM and was killed");
        }

        _current = null;
        await current.DisposeAsync().ConfigureAwait(false);
    }

    private async Task PauseAsync(TimeSpan pause, string why, int? exitCode, CancellationToken stop)
    {
        var state = _backoff.GivesUp ? ReplicaState.Failed : ReplicaState.Starting;
        var next = pause == TimeSpan.Zero ? "next try now" : $"next try in {UnitText.Format(pause)}";
        Set(s => s with { State = state, Pid = null, ExitCode = exitCode ?? s.ExitCode, Restarts = s.Restarts + 1, Reason = $"{why}; {next}" });
        _context.Log(Status, $"{why}; {next}");
        try
        {
            await Task.Delay(pause, _context.Clock, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped while it waited.
        }
    }

    private (Incarnation? Incarnation, string? Problem) Begin(Launch launch, int port)
    {
        var (process, problem) = ServiceProcess.Start(launch.At(Plan, port), line => Line(line, false), line => Line(line, true));
        return process is null ? (null, problem) : (new Incarnation(process, port, launch.Health, _context.Probe, _context.Clock, HealthTurned), null);
    }

    private void HealthTurned(Incarnation which)
    {
        if (which == _current && !which.Retired)
        {
            Set(s => s with
            {
                State = which.Healthy ? ReplicaState.Healthy : ReplicaState.Unhealthy,
                Reason = which.Healthy ? null : $"health check failed {_launch.Health.Failures} times in a row: {which.LastAnswer}",
            });
        }
    }

    private void Line(ReadOnlyMemory<byte> text, bool error)
    {
        _recent.Add(text.Span);
        _context.Output(_status.Service, Plan.Name, text, error);
    }

    private void Set(Func<ReplicaStatus, ReplicaStatus> change)
    {
        ReplicaStatus next;
        lock (_lock)
        {
            next = change(_status);
            if (next == _status)
            {
                return;
            }

            _status = next;
        }

        _context.Changed(Status);
    }

    private static string Ended(int code) => code > 128 ? $"was ended by signal {code - 128}" : $"exited with code {code}";

    private static string Lived(TimeSpan lived) => UnitText.Format(lived.TotalSeconds >= 1
        ? TimeSpan.FromSeconds(Math.Floor(lived.TotalSeconds))
        : TimeSpan.FromMilliseconds(Math.Ceiling(lived.TotalMilliseconds)));

    private static TaskCompletionSource NewNudge() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
