namespace Conway.Testing;

/// <summary>Keeps one journey arriving, and counts how its walks end. Thread-safe.</summary>
internal sealed class JourneyTraffic : IAsyncDisposable
{
    // The longest and shortest time that a timer is set for.
    private static readonly TimeSpan RestMax = TimeSpan.FromDays(1);
    private static readonly TimeSpan RestMin = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly JourneyWalk _walk;
    private readonly ulong _seed;
    private readonly TimeProvider _clock;
    private readonly long _origin;
    private readonly CancellationTokenSource _ending = new();
    private readonly ITimer _timer;
    private readonly LatencyWindow _latencies = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ArrivalSchedule? _schedule;
    private int _inFlight;
    private bool _isEnding;
    private long _numbered;
    private long _started;
    private long _succeeded;
    private long _failed;
    private long _skipped;
    private JourneyFailure? _lastFailure;

    public JourneyTraffic(CompiledJourney journey, JourneyWalk walk, ulong seed, TimeProvider clock)
    {
        Journey = journey;
        _walk = walk;
        _seed = seed;
        _clock = clock;
        _origin = clock.GetTimestamp();
        using (ExecutionContext.SuppressFlow()) // walks belong to no trace of whoever made this
        {
            _timer = clock.CreateTimer(static traffic => ((JourneyTraffic)traffic!).Arrive(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public CompiledJourney Journey { get; }

    public JourneyStatus Status
    {
        get
        {
            lock (_gate)
            {
                var quantiles = _latencies.Quantiles(0.5, 0.99);
                return new JourneyStatus(
                    Journey.Name, _schedule is not null, Journey.Written.Rate.PerSecond, _started, _succeeded, _failed, _skipped, quantiles[0], quantiles[1], _lastFailure);
            }
        }
    }

    /// <summary>Begins arrivals, the first one at once.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (_schedule is null && !_isEnding)
            {
                _schedule = new ArrivalSchedule(Journey.Written.Rate.PerSecond, Now);
                _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Ends arrivals. Walks that are under way go on: an order half placed helps nobody.</summary>
    public void Halt()
    {
        lock (_gate)
        {
            _schedule = null;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>One walk by itself, which is not counted.</summary>
    public async Task<JourneyOutcome> WalkOnceAsync(CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _ending.Token);
        return await _walk.GoAsync(Journey, Dice(), either.Token).ConfigureAwait(false);
    }

    /// <summary>Cancels what is under way, and returns when nothing is.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isEnding = true;
            _schedule = null;
            if (_inFlight == 0)
            {
                _idle.TrySetResult();
            }
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
        await _ending.CancelAsync().ConfigureAwait(false);
        await _idle.Task.ConfigureAwait(false);
    }

    private TimeSpan Now => _clock.GetElapsedTime(_origin);

    private RunDice Dice() => new(_seed, Journey.Name, Interlocked.Increment(ref _numbered));

    private void Arrive()
    {
        lock (_gate)
        {
            if (_schedule is not { } schedule)
            {
                return;
            }

            var arrivals = schedule.Take(Now);
            var begin = (int)Math.Min(arrivals.OnTime, JourneyRunner.InFlightMax - _inFlight);
            _skipped += arrivals.Late + arrivals.OnTime - begin;
            _started += begin;
            _inFlight += begin;
            for (var i = 0; i < begin; i++)
            {
                var due = arrivals.First + TimeSpan.FromSeconds(i / Journey.Written.Rate.PerSecond);
                var dice = Dice();
                _ = Task.Run(() => WalkAsync(dice, due), CancellationToken.None);
            }

            var next = schedule.Next;
            var rest = next - Now;
            _timer.Change(rest < RestMin ? RestMin : rest > RestMax ? RestMax : rest, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task WalkAsync(RunDice dice, TimeSpan due)
    {
        JourneyOutcome? outcome = null;
        try
        {
            outcome = await _walk.GoAsync(Journey, dice, _ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Neither a success nor a failure of the system.
        }
        catch (Exception e)
        {
            outcome = new JourneyOutcome(Journey.Name, "", TimeSpan.Zero, [new StepOutcome(Journey.Name, StepResult.Failed, null, 0, TimeSpan.Zero, $"Conway itself failed: {e.Message}")]);
        }
        finally
        {
            Count(outcome, due);
        }
    }

    private void Count(JourneyOutcome? outcome, TimeSpan due)
    {
        lock (_gate)
        {
            if (outcome?.Failure is { } failure)
            {
                _failed++;
                _lastFailure = new JourneyFailure(_clock.GetUtcNow(), failure.Step, failure.Detail ?? "", outcome.TraceId);
            }
            else if (outcome is not null)
            {
                _succeeded++;
                _latencies.Add(Now - due);
            }

            _inFlight--;
            if (_isEnding && _inFlight == 0)
            {
                _idle.TrySetResult();
            }
        }
    }
}
