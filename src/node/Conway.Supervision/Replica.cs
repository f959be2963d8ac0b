using Conway.Lowering;
using Conway.Model;

namespace Conway.Supervision;

/// <summary>Keeps one replica alive: starts it, asks for its health, starts it again after a crash, lets another take its place, stops it.</summary>
/// <remarks>Commands come one after another from the supervisor; status may be read at any time. Changes are told through the callback, never under a lock.</remarks>
internal sealed class Replica : IAsyncDisposable
{
    /// <summary>How often it is looked whether everything that was under way has been answered, and how often in a row that must be so:
    /// a request that was just given to a process is not counted yet for some microseconds, or longer on a machine that is busy.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
    private const int QuietLooks = 5;

    private readonly SupervisionContext _context;
    private readonly RestartBackoff _backoff = new();
    private readonly RecentLines _recent = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _nudge = NewNudge();
    private CancellationTokenSource? _stop;
    private TimeSpan _leave;
    private volatile int _besidePort;
    private CancellationToken _kill;
    private Task _loop = Task.CompletedTask;
    private Departure _leaving = Departure.Nobody;
    private volatile Incarnation? _current;
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

    /// <summary>Whether it serves, so that a successor may start beside it.</summary>
    public bool Serves => _stop is not null && _current is { Healthy: true };

    /// <summary>Starts it with this launch, unless it runs already.</summary>
    public void Start(Launch launch)
    {
        _launch = launch;
        if (_stop is null)
        {
            _backoff.Reset();
            _stop = new CancellationTokenSource();
            _loop = RunAsync(_stop.Token);
        }
    }

    /// <summary>Takes it out of the sight of callers, lets it finish and ends it.</summary>
    /// <param name="leave">How long to wait for requests under way before it is asked to end.</param>
    /// <param name="kill">When it ends the wait early: kill at once.</param>
    public async Task StopAsync(TimeSpan leave, CancellationToken kill)
    {
        if (_stop is { } stop)
        {
            _stop = null;
            _leave = leave;
            _kill = kill;
            await stop.CancelAsync().ConfigureAwait(false);
            await _loop.ConfigureAwait(false);
            stop.Dispose();
        }

        await _leaving.GoneAsync(kill).ConfigureAwait(false);
        SetWhile(null, s => s with { State = ReplicaState.Stopped, Pid = null, Reason = null });
    }

    /// <summary>Ends what runs, starts it with this launch and waits until it serves.</summary>
    /// <returns>Null, or why it does not yet, in a sentence; it is tried again and again.</returns>
    public async Task<string?> RestartAsync(Launch launch, CancellationToken kill, CancellationToken cancel)
    {
        await StopAsync(launch.Drain, kill).ConfigureAwait(false);
        Start(launch);
        return _current is not { } begun ? Status.Reason
            : await begun.FirstHealthy.WaitAsync(cancel).ConfigureAwait(false) ? null
            : await begun.NeverServedAsync(launch.Health).ConfigureAwait(false);
    }

    /// <summary>Starts a process with this launch beside the one that serves.</summary>
    public async Task<Successor> BesideAsync(Launch launch, CancellationToken cancel)
    {
        // The one before the present one may still finish, on the port that is needed now: it gets its drain, but no more.
        await _leaving.HurryAsync(cancel).ConfigureAwait(false);
        _besidePort = _current?.Port == Plan.Port ? Plan.SparePort : Plan.Port;
        var (candidate, problem) = Begin(launch, _besidePort);
        return new Successor(this, launch, candidate, problem);
    }

    /// <summary>Called by <see cref="Successor"/>.</summary>
    public void TakeOver(Incarnation successor, Launch launch)
    {
        Incarnation? old;
        lock (_lock)
        {
            old = _current;
            old?.Retire();
            _current = successor;
            _launch = launch;
            _besidePort = 0;
            _status = _status with { State = ReplicaState.Healthy, Pid = successor.Pid, Port = successor.Port, StartedAt = successor.StartedAt, Reason = null };
        }

        _context.Changed(Status);
        Interlocked.Exchange(ref _nudge, NewNudge()).TrySetResult();
        if (old is not null)
        {
            // Nobody waits for it, so what is under way may take as long as its own drain.
            _leaving = new Departure(old.Port, _context.Clock, (hurry, kill) => LetGoAsync(old, launch.Drain, launch.Drain, hurry, kill));
        }
    }

    /// <summary>Called by <see cref="Successor"/>.</summary>
    public void NobodyBeside() => _besidePort = 0;

    /// <summary>SIGKILL, as a crash; it comes back by itself.</summary>
    public void Kill() => _current?.Kill();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await StopAsync(TimeSpan.Zero, now.Token).ConfigureAwait(false);
    }

    private async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            // A successor may have taken over while it paused.
            if (_current is null)
            {
                var (incarnation, problem) = Begin(_launch, _besidePort == Plan.Port || _leaving.Holds(Plan.Port) ? Plan.SparePort : Plan.Port);
                if (incarnation is null)
                {
                    await PauseAsync(_backoff.Crashed(TimeSpan.Zero, wasHealthy: false), problem!, null, stop).ConfigureAwait(false);
                    continue;
                }

                if (!await TryBecomeCurrentAsync(incarnation).ConfigureAwait(false))
                {
                    continue;
                }
            }

            if (await CurrentEndedAsync(stop).ConfigureAwait(false) is not { } ended)
            {
                return;
            }

            var lived = _context.Clock.GetElapsedTime(ended.StartedTimestamp);
            var code = await ended.Exited.ConfigureAwait(false);
            await ended.DisposeAsync().ConfigureAwait(false);
            var why = ended.TimedOut
                ? $"gave no healthy answer within {UnitText.Format(_launch.Health.Startup)} ({ended.LastAnswer})"
                : $"{ExitText.Of(code)} {Lived(lived)} after start";
            await PauseAsync(_backoff.Crashed(lived, ended.EverHealthy), why, code, stop).ConfigureAwait(false);
        }
    }

    /// <returns>False when a successor was faster; then this one has ended again.</returns>
    private async Task<bool> TryBecomeCurrentAsync(Incarnation incarnation)
    {
        bool mine;
        lock (_lock)
        {
            mine = _current is null;
            _current ??= incarnation;
            if (mine)
            {
                _status = _status with { State = ReplicaState.Starting, Pid = incarnation.Pid, Port = incarnation.Port, StartedAt = incarnation.StartedAt, Reason = null };
            }
        }

        if (mine)
        {
            _context.Changed(Status);
            return true;
        }

        incarnation.Kill();
        await incarnation.Exited.ConfigureAwait(false);
        await incarnation.DisposeAsync().ConfigureAwait(false);
        return false;
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

            if (current.Exited.IsCompleted && Interlocked.CompareExchange(ref _current, null, current) == current)
            {
                return current;
            }
        }
    }

    private async Task EndAsync(Incarnation current)
    {
        SetWhile(current, s => s with { State = ReplicaState.Stopping, Reason = null });
        if (!await LetGoAsync(current, _leave, _launch.Drain, CancellationToken.None, _kill).ConfigureAwait(false))
        {
            _context.Log(Status, $"did not end within {UnitText.Format(_launch.Drain)} of SIGTERM and was killed");
        }

        _current = null;
    }

    /// <summary>The order in which a process goes: no new request comes to it, those under way are answered, then it is asked to end.</summary>
    /// <remarks>A program that knows nothing of SIGTERM ends at once and would cut off what is under way; so that is waited for first.</remarks>
    /// <param name="leave">How long to wait for requests under way.</param>
    /// <param name="hurry">Ends that wait, and no more.</param>
    /// <returns>Whether it ended by itself.</returns>
    private async Task<bool> LetGoAsync(Incarnation which, TimeSpan leave, TimeSpan drain, CancellationToken hurry, CancellationToken kill)
    {
        if (!kill.IsCancellationRequested)
        {
            await _context.Settled().ConfigureAwait(false);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(hurry, kill);
            await QuietAsync(which, leave, either.Token).ConfigureAwait(false);
        }

        var ended = await which.StopAsync(drain, kill).ConfigureAwait(false);
        await which.DisposeAsync().ConfigureAwait(false);
        return ended;
    }

    private async Task QuietAsync(Incarnation which, TimeSpan atMost, CancellationToken enough)
    {
        var began = _context.Clock.GetTimestamp();
        try
        {
            for (var quiet = 0; quiet < QuietLooks && !which.Exited.IsCompleted && _context.Clock.GetElapsedTime(began) < atMost;)
            {
                await Task.Delay(LookEvery, _context.Clock, enough).ConfigureAwait(false);
                quiet = _context.UnderWay(which.Port) == 0 ? quiet + 1 : 0;
            }
        }
        catch (OperationCanceledException)
        {
            // Somebody needs its port, or wants the end.
        }
    }

    private async Task PauseAsync(TimeSpan pause, string why, int? exitCode, CancellationToken stop)
    {
        var state = _backoff.GivesUp ? ReplicaState.Failed : ReplicaState.Starting;
        var next = pause == TimeSpan.Zero ? "next try now" : $"next try in {UnitText.Format(pause)}";
        SetWhile(null, s => s with { State = state, Pid = null, ExitCode = exitCode ?? s.ExitCode, Restarts = s.Restarts + 1, Reason = $"{why}; {next}" });
        _context.Log(Status, $"{why}; {next}");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var nudge = Volatile.Read(ref _nudge).Task;
        if (_current is null)
        {
            await Task.WhenAny(Task.Delay(pause, _context.Clock, either.Token), nudge).ConfigureAwait(false);
        }

        await either.CancelAsync().ConfigureAwait(false);
    }

    private (Incarnation? Incarnation, string? Problem) Begin(Launch launch, int port)
    {
        var said = new RecentLines();
        var (process, problem) = ServiceProcess.Start(launch.At(Plan, port), line => Line(said, line, false), line => Line(said, line, true));
        return process is null ? (null, problem) : (new Incarnation(process, said, port, launch.Health, _context.Probe, _context.Clock, HealthTurned), null);
    }

    private void HealthTurned(Incarnation which)
    {
        SetWhile(which, s => which.Retired || s.State == ReplicaState.Stopping ? s : s with
        {
            State = which.Healthy ? ReplicaState.Healthy : ReplicaState.Unhealthy,
            Reason = which.Healthy ? null : $"health check failed {_launch.Health.Failures} times in a row: {which.LastAnswer}",
        });
    }

    private void Line(RecentLines said, ReadOnlyMemory<byte> text, bool error)
    {
        said.Add(text.Span);
        _recent.Add(text.Span);
        _context.Output(_status.Service, Plan.Name, text, error);
    }

    /// <summary>Changes the status, unless another process has become the current one meanwhile: then it is that one's.</summary>
    private void SetWhile(Incarnation? current, Func<ReplicaStatus, ReplicaStatus> change)
    {
        lock (_lock)
        {
            var next = change(_status);
            if (_current != current || next == _status)
            {
                return;
            }

            _status = next;
        }

        _context.Changed(Status);
    }

    private static string Lived(TimeSpan lived) => UnitText.Format(lived.TotalSeconds >= 1
        ? TimeSpan.FromSeconds(Math.Floor(lived.TotalSeconds))
        : TimeSpan.FromMilliseconds(Math.Ceiling(lived.TotalMilliseconds)));

    private static TaskCompletionSource NewNudge() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
