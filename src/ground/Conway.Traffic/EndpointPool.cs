namespace Conway.Traffic;

/// <summary>The endpoints of one callee as one caller sees them: chooses, watches, sets aside, takes back.</summary>
/// <remarks>
/// Thread-safe. <see cref="TryPick"/>, <see cref="Begin"/>, <see cref="Answered"/> and <see cref="End"/> neither allocate nor wait; what they read is an
/// immutable roster that <see cref="Apply"/>, ejections and health changes replace. Time is given in: elapsed since any fixed origin.
/// </remarks>
public sealed class EndpointPool
{
    private const int GoneKept = 16;

    private readonly SeededDraw _draw;
    private readonly Action<TrafficEvent>? _onEvent;
    private readonly Lock _changing = new();
    private volatile Roster _roster;
    private volatile EndpointState[] _gone = [];

    /// <summary>A pool with its first table.</summary>
    /// <param name="name">How events name it, <c>orders → catalog</c>.</param>
    /// <param name="policy">How it chooses and judges.</param>
    /// <param name="endpoints">Where the callee is; ids occur once.</param>
    /// <param name="draw">Source of randomness.</param>
    /// <param name="onEvent">Called at every ejection and its end; must return at once.</param>
    /// <param name="now">The time.</param>
    public EndpointPool(
        string name, CallPolicy policy, IReadOnlyList<Endpoint> endpoints, SeededDraw draw, Action<TrafficEvent>? onEvent, TimeSpan now)
    {
        Name = name;
        _draw = draw;
        _onEvent = onEvent;
        _roster = Roster.Build(new PoolRules(policy, draw), [.. endpoints.Select(e => new EndpointState(e, now))]);
    }

    /// <summary>Whose pool.</summary>
    public string Name { get; }

    /// <summary>The policy in force.</summary>
    public CallPolicy Policy => _roster.Rules.Policy;

    /// <summary>What decides about retries.</summary>
    public RetryPolicy Retry => _roster.Rules.Retry;

    /// <summary>What bounds retries.</summary>
    public RetryBudget Budget => _roster.Rules.Budget;

    /// <summary>Whether anything can be picked.</summary>
    public bool HasReady => _roster.Ready.Length > 0;

    /// <summary>Chooses an endpoint.</summary>
    /// <returns>False when none is healthy.</returns>
    public bool TryPick(in TriedEndpoints tried, TimeSpan now, out EndpointState endpoint)
    {
        var roster = _roster;
        if (roster.Ready.Length == 0)
        {
            endpoint = null!;
            return false;
        }

        endpoint = roster.Rules.Balancer.Pick(roster.Ready, tried, now);
        return true;
    }

    /// <summary>Whether some ready endpoint was not tried yet.</summary>
    public bool HasUntried(in TriedEndpoints tried)
    {
        foreach (var endpoint in _roster.Ready)
        {
            if (!tried.Contains(endpoint))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An attempt begins. Each needs one <see cref="End"/>.</summary>
    public void Begin(EndpointState endpoint, bool isRetry) => endpoint.Begin(isRetry);

    /// <summary>The first data of an answer came, or the attempt ended without any.</summary>
    public void Answered(EndpointState endpoint, TimeSpan took, bool failed, TimeSpan now)
    {
        if (failed)
        {
            // An endpoint that fails fast must not look fast.
            var estimate = TimeSpan.FromTicks((long)endpoint.Latency.ReadTicks(now));
            var least = Policy.FailurePenalty ?? estimate;
            took = took < least ? least : took;
        }

        endpoint.Latency.Record(took, now);
    }

    /// <summary>The attempt ended.</summary>
    public void End(EndpointState endpoint, AttemptResult result, TimeSpan now)
    {
        endpoint.End(result);
        var roster = _roster;
        var cause = roster.Rules.Outlier.Report(endpoint.Outlier, result, roster.Monitors, now);
        if (cause != EjectionCause.None)
        {
            Rebuild();
            TellEjected(endpoint.Outlier, cause);
        }
    }

    /// <summary>Attempts under way to an address, also to one that the table no longer has. It is safe to end what listens there when this is
    /// zero for every pool, some time after the address left their tables: an attempt that was just begun counts some microseconds later.</summary>
    public int UnderWay(string address) =>
        _roster.All.Concat(_gone).Where(e => e.Address == address).Sum(e => e.InFlight);

    /// <summary>Does what is due by time. Call it about once a second.</summary>
    public void Tick(TimeSpan now)
    {
        var roster = _roster;
        var changes = roster.Rules.Outlier.Sweep(roster.Monitors, now);
        if (changes.Count == 0)
        {
            return;
        }

        Rebuild();
        foreach (var change in changes)
        {
            if (change.Cause == EjectionCause.None)
            {
                Tell(new TrafficEvent(TrafficEventKind.Unejected, Name, change.Monitor.Name, "its ejection is over"));
            }
            else
            {
                TellEjected(change.Monitor, change.Cause);
            }
        }
    }

    /// <summary>Replaces policy and endpoints. What is known about an endpoint stays when its id and address stay.</summary>
    public void Apply(CallPolicy policy, IReadOnlyList<Endpoint> endpoints, TimeSpan now)
    {
        List<EndpointState> passed = [];
        lock (_changing)
        {
            var old = _roster;
            var states = new List<EndpointState>(endpoints.Count);
            foreach (var endpoint in endpoints)
            {
                var state = Array.Find(old.All, s => s.Id == endpoint.Id && s.Address == endpoint.Address);
                if (state is null)
                {
                    state = new EndpointState(endpoint, now);
                }
                else if (state.Health != endpoint.Health && SetHealth_NeedsLock(old, state, endpoint.Health))
                {
                    passed.Add(state);
                }

                states.Add(state);
            }

            // Kept as long as something is under way to it, and some longer: one that is picked this very moment counts later.
            EndpointState[] gone = [.. old.All.Except(states), .. _gone];
            _gone = [.. gone.Where((e, i) => i < GoneKept || e.InFlight > 0)];
            var rules = policy == old.Rules.Policy ? old.Rules : old.Rules.With(policy, _draw);
            _roster = Roster.Build(rules, [.. states]);
        }

        passed.ForEach(TellPassed);
    }

    /// <summary>Takes in the outcome of a health check. Passing ends an ejection at once and clears the counters, also when nothing else changed.</summary>
    /// <returns>Whether the pool has such an endpoint.</returns>
    public bool SetHealth(string endpointId, EndpointHealth health)
    {
        EndpointState? state;
        bool wasEjected;
        lock (_changing)
        {
            var roster = _roster;
            state = Array.Find(roster.All, s => s.Id == endpointId);
            if (state is null)
            {
                return false;
            }

            wasEjected = SetHealth_NeedsLock(roster, state, health);
            _roster = Roster.Build(roster.Rules, roster.All);
        }

        if (wasEjected)
        {
            TellPassed(state);
        }

        return true;
    }

    /// <summary>Makes every attempt on each endpoint of the table wait before it is sent, as if it were slow. Endpoints that come later are as fast as they are.</summary>
    /// <param name="delay">Zero ends it; attempts that wait already wait on.</param>
    public void SetDelay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        foreach (var endpoint in _roster.All)
        {
            endpoint.Delay = delay;
        }
    }

    /// <summary>Says that a retry was refused. Told on at most once a second.</summary>
    public void TellBudgetExhausted(TimeSpan now)
    {
        if (_roster.Rules.MayTellExhausted(now))
        {
            Tell(new TrafficEvent(
                TrafficEventKind.RetryBudgetExhausted, Name, null, $"{Budget.Retrying} retries beside {Budget.Active} requests under way"));
        }
    }

    /// <summary>What the pool looks like now.</summary>
    public PoolSnapshot Snapshot(TimeSpan now)
    {
        var roster = _roster;
        return new PoolSnapshot(
            Name, roster.Rules.Policy.Balancer, roster.Panic, Budget.Active, Budget.Retrying,
            [.. roster.All.Select(s => s.Snapshot(roster.Rules.Policy.Outlier, now))]);
    }

    private static bool SetHealth_NeedsLock(Roster roster, EndpointState state, EndpointHealth health)
    {
        state.Health = health;
        return health == EndpointHealth.Healthy && roster.Rules.Outlier.Clear(state.Outlier);
    }

    private void Rebuild()
    {
        bool before;
        bool after;
        lock (_changing)
        {
            before = _roster.Panic;
            _roster = Roster.Build(_roster.Rules, _roster.All);
            after = _roster.Panic;
        }

        if (before != after)
        {
            Tell(after
                ? new TrafficEvent(TrafficEventKind.PanicEntered, Name, null, $"under {Policy.PanicThresholdPercent} % are in: ejections are disregarded")
                : new TrafficEvent(TrafficEventKind.PanicLeft, Name, null, "enough endpoints are back"));
        }
    }

    private void TellEjected(OutlierMonitor monitor, EjectionCause cause)
    {
        var settings = Policy.Outlier;
        var reason = cause switch
        {
            EjectionCause.Consecutive5xx => $"{settings.Consecutive5xx} failures in a row",
            EjectionCause.ConsecutiveGatewayFailure => $"{settings.ConsecutiveGatewayFailure} gateway failures in a row",
            EjectionCause.SuccessRate => "its success rate is far below that of the others",
            _ => $"{settings.FailurePercentageThreshold} % of its requests failed",
        };
        Tell(new TrafficEvent(TrafficEventKind.Ejected, Name, monitor.Name, reason, monitor.EjectionTime(settings)));
    }

    private void TellPassed(EndpointState state) =>
        Tell(new TrafficEvent(TrafficEventKind.Unejected, Name, state.Id, "it passed a health check"));

    private void Tell(TrafficEvent told) => _onEvent?.Invoke(told);
}
