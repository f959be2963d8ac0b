using Conway.Builds;
using Conway.Lowering;
using Conway.Supervision;

namespace Conway.Node;

/// <summary>All services of the run: builds them, starts them, takes changes over, stops them.</summary>
/// <remarks>Commands of a person and changes of files are taken one after another for each service; services do not wait for each other.</remarks>
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
    private readonly SemaphoreSlim _takeOver = new(1, 1);
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
    public Task StartAsync(ServiceUnit unit, CancellationToken cancel)
    {
        unit.StoppedByHand = false;
        _changed();
        return BuildAsync([unit], start: true, cancel);
    }

    /// <summary>Lets a service finish and ends it; it stays so until it is started by hand.</summary>
    public async Task StopAsync(ServiceUnit unit, CancellationToken kill)
    {
        unit.StoppedByHand = true;
        _changed();
        await unit.Supervisor.StopAsync(kill).ConfigureAwait(false);
        _changed();
    }

    /// <summary>Replaces a service's processes, one after another, without a gap where it may overlap.</summary>
    /// <param name="rebuild">Whether to build even when nothing changed.</param>
    /// <returns>Null, or why the old processes serve on, in a sentence.</returns>
    public async Task<string?> RestartAsync(ServiceUnit unit, bool rebuild, CancellationToken cancel)
    {
        unit.StoppedByHand = false;
        unit.Loop.Reset();
        if (!await BuildAsync([unit], start: false, cancel, rebuild).ConfigureAwait(false))
        {
            return "it does not build";
        }

        return unit.Launch(Plan) is { } launch ? await ReplaceAsync(unit, launch, cancel).ConfigureAwait(false) : "there is no built program to start";
    }

    /// <summary>Takes changed sources over: builds what changed, then replaces those processes. What does not build, or is never healthy, leaves the
    /// old ones serving; what comes to the very program that runs leaves them, too.</summary>
    public async Task TakeOverSourcesAsync(IReadOnlyList<ServiceUnit> touched, CancellationToken cancel)
    {
        await _takeOver.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var changed = touched.Where(u => u.Fingerprint is not null && u.Inputs.Fingerprint() != u.Fingerprint).ToArray();
            changed = [.. changed.Where(u => !u.Loop.Broken)];
            if (changed.Length == 0)
            {
                return;
            }

            await BuildAsync(changed, start: false, cancel).ConfigureAwait(false);
            await Task.WhenAll(changed.Select(u => TakeOverAsync_UnlessSame(u, cancel))).ConfigureAwait(false);
        }
        finally
        {
            _takeOver.Release();
        }
    }

    /// <summary>Takes a changed plan over by difference. The tables of the engines follow by themselves.</summary>
    public async Task ApplyAsync(RunPlan next, PlanDifference difference, CancellationToken cancel)
    {
        await _takeOver.WaitAsync(cancel).ConfigureAwait(false);
        try
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
        }
        finally
        {
            _takeOver.Release();
        }

        async Task RemoveAsync(ServiceUnit unit)
        {
            await unit.Supervisor.StopAsync(CancellationToken.None).ConfigureAwait(false);
            await unit.Supervisor.DisposeAsync().ConfigureAwait(false);
            lock (_lock)
            {
                _units.Remove(unit.Plan.Name);
            }
        }

        async Task RestartChangedAsync(ServiceUnit unit)
        {
            if (await BuildAsync([unit], start: false, cancel).ConfigureAwait(false))
            {
                await TakeOverAsync(unit, cancel).ConfigureAwait(false);
            }
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
    public Task StopAllAsync(CancellationToken kill) => Task.WhenAll(Units.Select(u => u.Supervisor.StopAsync(kill)));

    public async ValueTask DisposeAsync()
    {
        foreach (var unit in Units)
        {
            await unit.Supervisor.DisposeAsync().ConfigureAwait(false);
        }

        _takeOver.Dispose();
    }

    private async Task TakeOverAsync_UnlessSame(ServiceUnit unit, CancellationToken cancel)
    {
        var builds = unit.Build.State != BuildState.Failed;
        if (builds && unit.Built.IsSameProgramAs(unit.Running) && unit.Supervisor.Replicas.All(r => r.State == ReplicaState.Healthy))
        {
            _tell(new NodeEvent.SourceChanged(unit.Plan.Name, "unchanged", "what was saved is the program that runs; it serves on"));
            return;
        }

        if (builds && !unit.StoppedByHand && unit.Loop.Changed(_clock.GetElapsedTime(0)))
        {
            _tell(new NodeEvent.Notice($"{unit.Plan.Name} changes the files it is made of and would restart for ever, so its changes are no longer taken over; say in its 'watch' which files count, then: conway restart {unit.Plan.Name}"));
            return;
        }

        await TakeOverAsync(unit, cancel).ConfigureAwait(false);
    }

    private async Task TakeOverAsync(ServiceUnit unit, CancellationToken cancel)
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

        _tell(new NodeEvent.SourceChanged(unit.Plan.Name, "replacing", "starting the new process beside the old one"));
        var problem = unit.Supervisor.Launch is null
            ? await StartFirstAsync(unit, launch, cancel).ConfigureAwait(false)
            : await ReplaceAsync(unit, launch, cancel).ConfigureAwait(false);
        _tell(problem is null
            ? new NodeEvent.SourceChanged(unit.Plan.Name, "serving", "the new process serves")
            : new NodeEvent.SourceChanged(unit.Plan.Name, "kept", $"{problem}; the old one serves on"));
    }

    private static async Task<string?> ReplaceAsync(ServiceUnit unit, Launch launch, CancellationToken cancel)
    {
        var (built, before) = (unit.Built, unit.Fingerprint);
        var problem = await unit.Supervisor.ReplaceAsync(launch, cancel).ConfigureAwait(false);
        if (problem is null)
        {
            // What was saved while it started may have been read by it, or not.
            unit.Running = unit.Inputs.Fingerprint() == before ? built : Makeup.Unknown;
        }

        return problem;
    }

    private static async Task<string?> StartFirstAsync(ServiceUnit unit, Launch launch, CancellationToken cancel)
    {
        unit.Running = unit.Built;
        await unit.Supervisor.StartAsync(launch, cancel).ConfigureAwait(false);
        return null;
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

    /// <returns>Whether all of them have a program to start now.</returns>
    private async Task<bool> BuildAsync(IReadOnlyList<ServiceUnit> units, bool start, CancellationToken cancel, bool force = false)
    {
        if (units.Count == 0)
        {
            return true;
        }

        var byName = units.ToDictionary(u => u.Plan.Name, StringComparer.Ordinal);
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
        return units.All(u => u.Build.State != BuildState.Failed);
    }
}
