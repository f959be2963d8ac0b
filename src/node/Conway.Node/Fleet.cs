using System.Globalization;
using Conway.Builds;
using Conway.Lowering;
using Conway.Supervision;

namespace Conway.Node;

/// <summary>All services of the run: builds them, starts them, takes changes over, stops them.</summary>
/// <remarks>Commands of a person and changes of files are taken one after another for each service; services do not wait for each other. The newest
/// change wins: one that still waits for its new process to be healthy is given up for it.</remarks>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Builder _builder;
    private readonly SupervisionContext _context;
    private readonly TimeProvider _clock;
    private readonly bool _build;
    private readonly Action<NodeEvent> _tell;
    private readonly Action _changed;
    private readonly CancellationToken _ending;
    /// <summary>What keeps a service from being looked at as unchanged: its fingerprint is never this.</summary>
    private const string LookAgain = "";

    /// <summary>How long requests under way may keep the end of everything waiting.</summary>
    public static readonly TimeSpan LeaveAtEnd = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ServiceUnit> _units = new(StringComparer.Ordinal);
    private RunPlan _plan;

    /// <param name="changed">Told after every change of a unit that does not come from its replicas.</param>
    /// <param name="ending">Cancelled when the node stops: nothing new is begun.</param>
    public Fleet(RunPlan plan, Builder builder, SupervisionContext context, bool build, Action<NodeEvent> tell, Action changed, CancellationToken ending)
    {
        _plan = plan;
        _builder = builder;
        _context = context;
        _clock = context.Clock;
        _build = build;
        _tell = tell;
        _changed = changed;
        _ending = ending;
        foreach (var service in plan.Services.Values)
        {
            _units[service.Name] = new ServiceUnit(service, context);
        }
    }

    public RunPlan Plan => Volatile.Read(ref _plan);

    /// <summary>Other folders have to be watched from now on.</summary>
    public event Action? InputsMoved;

    /// <summary>In the order of the plan.</summary>
    public IReadOnlyList<ServiceUnit> Units
    {
        get
        {
            lock (_lock)
            {
                return [.. _plan.Services.Keys.Where(_units.ContainsKey).Select(n => _units[n]), .. _units.Values.Where(u => !_plan.Services.ContainsKey(u.Plan.Name))];
            }
        }
    }

    public IReadOnlyDictionary<string, ServiceUnit> ByName
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, ServiceUnit>(_units, StringComparer.Ordinal);
            }
        }
    }

    public ServiceUnit? Find(string name)
    {
        lock (_lock)
        {
            return _units.GetValueOrDefault(name);
        }
    }

    /// <summary>Builds and starts everything; ends when every process that can be started has been.</summary>
    public async Task StartAllAsync(CancellationToken cancel)
    {
        var units = Units;
        await Task.WhenAll(
            BuildAsync([.. units.Where(u => u.Plan.Build is not null)], cancel),
            Task.WhenAll(units.Where(u => u.Plan.Build is null).Select(u => StartBuiltAsync(u, cancel)))).ConfigureAwait(false);

        async Task BuildAsync(IReadOnlyList<ServiceUnit> built, CancellationToken stop)
        {
            // What has not changed starts at once and does not wait for what has to be compiled.
            await this.BuildAsync(built, start: true, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Starts a service, building it first when it changed.</summary>
    public async Task StartAsync(ServiceUnit unit, CancellationToken cancel)
    {
        unit.StoppedByHand = false;
        _changed();
        var since = _clock.GetTimestamp();
        await AloneAsync([unit], async _ =>
        {
            var runs = unit.Supervisor.Replicas.Any(r => r.State != ReplicaState.Stopped);
            await BuildAsync([unit], start: !runs, cancel).ConfigureAwait(false);
            if (runs)
            {
                await TakeOverAsync_UnlessSame(unit, since, cancel).ConfigureAwait(false);
            }
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>Lets a service finish and ends it; it stays so until it is started by hand.</summary>
    public async Task StopAsync(ServiceUnit unit)
    {
        unit.StoppedByHand = true;
        _changed();
        await unit.Supervisor.StopAsync(unit.Plan.Drain, CancellationToken.None).ConfigureAwait(false);
        _changed();
    }

    /// <summary>Replaces a service's processes, without a gap where it may overlap.</summary>
    /// <param name="rebuild">Whether to build even when nothing changed.</param>
    public async Task RestartAsync(ServiceUnit unit, bool rebuild, CancellationToken cancel)
    {
        unit.StoppedByHand = false;
        unit.Loop.Reset();
        var since = _clock.GetTimestamp();
        await AloneAsync(
            [unit],
            async _ =>
            {
                await BuildAsync([unit], start: false, cancel, rebuild).ConfigureAwait(false);
                await TakeOverAsync(unit, since, "it was asked for", cancel).ConfigureAwait(false);
            },
            cancel).ConfigureAwait(false);
    }

    /// <summary>Takes changed sources over: builds what changed, then replaces those processes. What does not build, or is never healthy, leaves the
    /// old ones serving; what comes to the very program that runs leaves them, too.</summary>
    /// <param name="since">When the first of these files was saved, as a timestamp of the clock.</param>
    public async Task TakeOverSourcesAsync(IReadOnlyList<ServiceUnit> touched, long since, CancellationToken cancel)
    {
        var changed = touched.Where(IsChanged).ToArray();
        await AloneAsync(
            changed,
            async release =>
            {
                // Another may have taken the same change over while we waited.
                changed = [.. changed.Where(IsChanged)];
                await BuildAsync(changed, start: false, cancel).ConfigureAwait(false);
                await Task.WhenAll(changed.Select(async u =>
                {
                    await TakeOverAsync_UnlessSame(u, since, cancel).ConfigureAwait(false);
                    release(u);
                })).ConfigureAwait(false);
            },
            cancel).ConfigureAwait(false);

        bool IsChanged(ServiceUnit unit) =>
            !unit.Loop.Broken && unit.Fingerprint is not null && unit.Inputs.Fingerprint() != unit.Fingerprint && Find(unit.Plan.Name) == unit;
    }

    /// <summary>Takes a changed plan over by difference. The tables of the engines follow by themselves.</summary>
    /// <param name="since">When it was saved, as a timestamp of the clock.</param>
    public Task ApplyAsync(RunPlan next, PlanDifference difference, long since, CancellationToken cancel) =>
        AloneAsync(Units, _ => ApplyAsync_Alone(next, difference, since, cancel), cancel);

    private async Task ApplyAsync_Alone(RunPlan next, PlanDifference difference, long since, CancellationToken cancel)
    {
        var removed = new List<ServiceUnit>();
        lock (_lock)
        {
            foreach (var name in difference.Added)
            {
                _units[name] = new ServiceUnit(next.Services[name], _context);
            }

            foreach (var unit in _units.Values.Where(u => next.Services.ContainsKey(u.Plan.Name)))
            {
                unit.Plan = next.Services[unit.Plan.Name];
                unit.Inputs = Builder.InputsOf(unit.Plan);
                unit.Loop.Reset();
            }

            removed.AddRange(difference.Removed.Select(n => _units[n]));
            Volatile.Write(ref _plan, next);
        }

        _changed();
        await Task.WhenAll(
            Task.WhenAll(removed.Select(RemoveAsync)),
            BuildAsync([.. difference.Added.Select(n => _units[n])], start: true, cancel),
            Task.WhenAll(difference.Restarted.Keys.Select(n => _units[n]).Where(u => !u.StoppedByHand).Select(RestartChangedAsync)),
            Task.WhenAll(difference.Rescaled.Concat(difference.Judged).Select(n => _units[n]).Where(u => !u.StoppedByHand).Select(RescaleAsync))).ConfigureAwait(false);
        _changed();

        async Task RemoveAsync(ServiceUnit unit)
        {
            await unit.Supervisor.StopAsync(unit.Plan.Drain, CancellationToken.None).ConfigureAwait(false);
            await unit.Supervisor.DisposeAsync().ConfigureAwait(false);
            lock (_lock)
            {
                _units.Remove(unit.Plan.Name);
            }
        }

        async Task RestartChangedAsync(ServiceUnit unit)
        {
            await BuildAsync([unit], start: false, cancel).ConfigureAwait(false);
            await TakeOverAsync(unit, since, "the model was saved", cancel).ConfigureAwait(false);
        }

        async Task RescaleAsync(ServiceUnit unit)
        {
            if (unit.Launch(next) is { } launch)
            {
                await unit.Supervisor.StartAsync(launch, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes builds fast, as long as there is something that may have to be built.</summary>
    public Task KeepWarmAsync(CancellationToken cancel) =>
        _build && Units.Any(u => u.Plan.Build?.Project is not null) ? _builder.KeepWarmAsync(cancel) : Task.CompletedTask;

    /// <summary>Lets everything finish and ends it; after <paramref name="kill"/> everything is killed.</summary>
    public Task StopAllAsync(CancellationToken kill) =>
        Task.WhenAll(Units.Select(u => u.Supervisor.StopAsync(u.Plan.Drain < LeaveAtEnd ? u.Plan.Drain : LeaveAtEnd, kill)));

    public async ValueTask DisposeAsync()
    {
        foreach (var unit in Units)
        {
            await unit.Supervisor.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Does something with services that nothing else changes meanwhile; what still waits for a new process of theirs is given up.</summary>
    /// <param name="what">Is given what releases one of them before the end.</param>
    private static async Task AloneAsync(IReadOnlyList<ServiceUnit> units, Func<Action<ServiceUnit>, Task> what, CancellationToken cancel)
    {
        var held = new HashSet<ServiceUnit>();
        try
        {
            foreach (var unit in units.OrderBy(u => u.Plan.Name, StringComparer.Ordinal))
            {
                Interlocked.Increment(ref unit.Waiting);
                try
                {
                    unit.Supervisor.GiveUpReplacing();
                    await unit.Changing.WaitAsync(cancel).ConfigureAwait(false);
                    held.Add(unit);
                }
                finally
                {
                    Interlocked.Decrement(ref unit.Waiting);
                }
            }

            if (units.Count > 0)
            {
                await what(Release).ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (var unit in units)
            {
                Release(unit);
            }
        }

        void Release(ServiceUnit unit)
        {
            lock (held)
            {
                if (!held.Remove(unit))
                {
                    return;
                }
            }

            unit.Changing.Release();
        }
    }

    private async Task TakeOverAsync_UnlessSame(ServiceUnit unit, long since, CancellationToken cancel)
    {
        var builds = unit.Build.State != BuildState.Failed;
        if (builds && unit.Built.IsSameProgramAs(unit.Running) && unit.Supervisor.Replicas.All(r => r.State == ReplicaState.Healthy))
        {
            _tell(new NodeEvent.SourceChanged(unit.Plan.Name, "unchanged", "what was saved is the program that runs; it serves on"));
            return;
        }

        if (builds && !unit.StoppedByHand && unit.Loop.Changed(_clock.GetElapsedTime(0, since)))
        {
            _tell(new NodeEvent.Notice($"{unit.Plan.Name} changes the files it is made of and would restart for ever, so its changes are no longer taken over; say in its 'watch' which files count, then: conway restart {unit.Plan.Name}"));
            return;
        }

        await TakeOverAsync(unit, since, "it was saved", cancel).ConfigureAwait(false);
    }

    /// <param name="since">When somebody began to wait for it, and <paramref name="because"/> of what: <c>it was saved</c>.</param>
    private async Task TakeOverAsync(ServiceUnit unit, long since, string because, CancellationToken cancel)
    {
        if (unit.StoppedByHand || unit.Build.State == BuildState.Failed)
        {
            if (unit.Build.State == BuildState.Failed)
            {
                _tell(new NodeEvent.SourceChanged(unit.Plan.Name, "kept", "it does not build; the running processes serve on"));
            }

            return;
        }

        if (unit.Launch(Plan) is not { } launch)
        {
            return;
        }

        if (unit.Supervisor.Launch is null)
        {
            unit.Running = unit.Built;
            await unit.Supervisor.StartAsync(launch, cancel).ConfigureAwait(false);
            return;
        }

        if (Volatile.Read(ref unit.Waiting) > 0)
        {
            unit.Fingerprint = LookAgain;
            return;
        }

        var began = _clock.GetTimestamp();
        unit.Loop.Begins(_clock.GetElapsedTime(0, began));
        _tell(new NodeEvent.SourceChanged(unit.Plan.Name, "replacing", launch.Overlap ? "starting the new process beside the old one" : "restarting one after another"));
        var (built, before) = (unit.Built, unit.Fingerprint);
        var replaced = await unit.Supervisor.ReplaceAsync(launch, cancel).ConfigureAwait(false);
        unit.Loop.Ended(_clock.GetElapsedTime(0));
        if (replaced.GivenUp)
        {
            unit.Fingerprint = LookAgain;
            return;
        }

        if (replaced.Problem is { } problem)
        {
            _tell(new NodeEvent.SourceChanged(unit.Plan.Name, "kept", replaced.OldServe ? $"{problem}; the old one serves on" : $"{problem}; it is tried again"));
            return;
        }

        // What was saved while it started may have been read by it, or not.
        unit.Running = unit.Inputs.Fingerprint() == before ? built : Makeup.Unknown;
        _tell(new NodeEvent.SourceChanged(unit.Plan.Name, "serving", ServingText(unit, since, began, because)));
    }

    /// <summary><c>the new process serves 1.4 s after it was saved: built in 0.8 s, healthy in 0.5 s</c></summary>
    private string ServingText(ServiceUnit unit, long since, long began, string because)
    {
        var built = unit.Build.Duration > TimeSpan.Zero && unit.Build.StartedAt >= _clock.GetUtcNow() - _clock.GetElapsedTime(since) ? $"built in {Seconds(unit.Build.Duration)}, " : "";
        return $"the new process serves {Seconds(_clock.GetElapsedTime(since))} after {because}: {built}healthy in {Seconds(_clock.GetElapsedTime(began))}";

        static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
    }

    private async Task StartBuiltAsync(ServiceUnit unit, CancellationToken cancel)
    {
        unit.Fingerprint ??= unit.Inputs.Fingerprint();
        await AfterAsync(unit, cancel).ConfigureAwait(false);
        if (unit.Launch(Plan) is { } launch && !_ending.IsCancellationRequested)
        {
            unit.Running = unit.Built;
            await unit.Supervisor.StartAsync(launch, cancel).ConfigureAwait(false);
            if (unit.Plan.Build is null && _builder.Look(unit.Inputs) is var looked && unit.Inputs.Fingerprint() == unit.Fingerprint)
            {
                unit.Running = looked; // after the start, so that nobody waits for it
            }
        }
    }

    /// <summary>Waits until everything in <c>after:</c> is healthy.</summary>
    private async Task AfterAsync(ServiceUnit unit, CancellationToken cancel)
    {
        while (unit.Plan.After.Any(name => Find(name) is { } before && before.Supervisor.Replicas.All(r => r.State != ReplicaState.Healthy)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), _clock, cancel).ConfigureAwait(false);
        }
    }

    private async Task BuildAsync(IReadOnlyList<ServiceUnit> units, bool start, CancellationToken cancel, bool force = false)
    {
        if (units.Count == 0)
        {
            return;
        }

        var byName = units.ToDictionary(u => u.Plan.Name, StringComparer.Ordinal);
        foreach (var unit in units)
        {
            // A project that references another since it was looked at is made of that one, too.
            var inputs = Builder.InputsOf(unit.Plan);
            var isElsewhere = !inputs.Folders.SequenceEqual(unit.Inputs.Folders, StringComparer.Ordinal);
            unit.Inputs = inputs;
            if (isElsewhere)
            {
                InputsMoved?.Invoke();
            }
        }

        var fingerprints = units.ToDictionary(u => u, u => u.Inputs.Fingerprint());
        var starting = new System.Collections.Concurrent.ConcurrentBag<Task>();
        if (_build)
        {
            await _builder.BuildAsync([.. units.Select(u => u.Plan)], force, Begun, (service, line) => _tell(new NodeEvent.BuildLine(service, line)), Built, cancel).ConfigureAwait(false);
        }
        else
        {
            _builder.LastOutputs([.. units.Select(u => u.Plan)], Built);
        }

        void Begun(ServicePlan service)
        {
            var unit = byName[service.Name];
            unit.Build = new BuildView(BuildState.Running, _clock.GetUtcNow(), TimeSpan.Zero, []);
            if (!start)
            {
                _tell(new NodeEvent.SourceChanged(service.Name, "building", force ? "as asked" : "a source file changed"));
            }

            _changed();
        }

        void Built(ServicePlan service, BuildReport report)
        {
            var unit = byName[service.Name];
            unit.Fingerprint = fingerprints[unit];
            if (unit.Plan.Build is not null && !(report.Skipped && unit.Build.State == BuildState.Succeeded))
            {
                unit.Build = new BuildView(report.Succeeded ? BuildState.Succeeded : BuildState.Failed, unit.Build.StartedAt, report.Duration, report.Lines);
            }

            if (report.Succeeded)
            {
                unit.Built = report.Makeup;
                unit.Output = report.Output ?? unit.Output;
                if (start)
                {
                    starting.Add(StartBuiltAsync(unit, cancel));
                }
            }

            _changed();
        }

        _changed();
        await Task.WhenAll(starting).ConfigureAwait(false);
    }
}
