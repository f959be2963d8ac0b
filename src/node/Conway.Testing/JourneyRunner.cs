using Conway.Findings;
using Conway.Model;

namespace Conway.Testing;

/// <summary>Walks the model's journeys against a running system, each at its rate, and tells how they fare.</summary>
/// <remarks>
/// <para>Begins paused: journeys with <c>traffic: true</c> arrive once <see cref="Paused"/> is set to false. What was started by hand goes on through pauses.</para>
/// <para>Each walk is a trace of its own; its requests carry <c>traceparent</c>, <c>user-agent: conway-journey/NAME</c> and <c>conway-journey: NAME</c>.</para>
/// <para>Thread-safe. Memory is bounded: at most <see cref="InFlightMax"/> walks of a journey at a time, 1 MiB of an answer, the times of the last 1,024 walks.</para>
/// </remarks>
public sealed class JourneyRunner : IAsyncDisposable
{
    /// <summary>How many walks of one journey may be under way at once; arrivals beyond are counted as skipped.</summary>
    public const int InFlightMax = 64;

    /// <summary>Name of the source of the spans: a root for each walk, a client span for each request.</summary>
    public const string SpanSource = JourneySpans.SourceName;

    private readonly Lock _gate = new();
    private readonly JourneyWire _wire = new();
    private readonly JourneyWalk _walk;
    private readonly ulong _seed;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, Wish> _wishes = new(StringComparer.Ordinal);
    private JourneyTraffic[] _traffic = [];
    private Task _leaving = Task.CompletedTask;
    private bool _isPaused = true;
    private bool _isDisposed;

    /// <param name="baseAddress">Where the journeys' paths begin: the gateway.</param>
    /// <param name="journeys">The model's.</param>
    /// <param name="seed">Picks and weights are drawn from it: the same seed draws the same. <c>${uuid}</c> is new each time all the same.</param>
    /// <param name="clock">Arrivals, waits and time limits go by it.</param>
    public JourneyRunner(Uri baseAddress, NameMap<Journey> journeys, ulong seed, TimeProvider clock)
    {
        _walk = new JourneyWalk(baseAddress, _wire, clock);
        _seed = seed;
        _clock = clock;
        Apply(journeys);
    }

    /// <summary>What a person asked for.</summary>
    private enum Wish
    {
        Start,
        Stop,
    }

    /// <summary>Whether nobody looks: while true, journeys with <c>traffic: true</c> have no new arrivals. Walks under way go on to their end.</summary>
    public bool Paused
    {
        get
        {
            lock (_gate)
            {
                return _isPaused;
            }
        }

        set
        {
            lock (_gate)
            {
                _isPaused = value;
                Steer();
            }
        }
    }

    /// <summary>How each journey fares, in the order of the model.</summary>
    public IReadOnlyList<JourneyStatus> Status => [.. All.Select(t => t.Status)];

    /// <summary>Why journeys cannot be walked, with model paths and without places (<see cref="SourceMap"/> knows them). Those journeys do not start.</summary>
    public IReadOnlyList<Finding> Findings => [.. All.SelectMany(t => t.Journey.Findings)];

    private JourneyTraffic[] All
    {
        get
        {
            lock (_gate)
            {
                return _traffic;
            }
        }
    }

    /// <summary>Takes another model. Journeys with the same definition go on, with their counts; of changed and removed ones, walks under way are cancelled.</summary>
    /// <exception cref="ObjectDisposedException"/>
    public void Apply(NameMap<Journey> journeys)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var before = _traffic;
            _traffic = [.. journeys.Select(j =>
                before.FirstOrDefault(t => t.Journey.Name == j.Key && t.Journey.Written.Equals(j.Value)) ?? new JourneyTraffic(CompiledJourney.Of(j.Key, j.Value), _walk, _seed, _clock))];
            foreach (var gone in before.Except(_traffic))
            {
                _leaving = Task.WhenAll(_leaving, gone.DisposeAsync().AsTask());
            }

            foreach (var name in _wishes.Keys.Where(n => !journeys.ContainsKey(n)).ToArray())
            {
                _wishes.Remove(name);
            }

            Steer();
        }
    }

    /// <summary>Starts a journey by hand: it goes on, paused or not, until it is stopped. One with <c>traffic: true</c> that somebody looks at
    /// goes back to what the model says, and so pauses again when nobody looks.</summary>
    /// <returns>False when there is no such journey, or it cannot be read (<see cref="Findings"/>).</returns>
    public bool Start(string name)
    {
        lock (_gate)
        {
            if (Find(name) is not { Journey.Findings.Count: 0 } traffic)
            {
                return false;
            }

            if (traffic.Journey.Written.Traffic && !_isPaused)
            {
                _wishes.Remove(name);
            }
            else
            {
                _wishes[name] = Wish.Start;
            }

            Steer();
            return true;
        }
    }

    /// <summary>Stops a journey by hand, until it is started by hand. Walks under way go on to their end.</summary>
    /// <returns>False when there is no such journey.</returns>
    public bool Stop(string name)
    {
        lock (_gate)
        {
            if (Find(name) is null)
            {
                return false;
            }

            _wishes[name] = Wish.Stop;
            Steer();
            return true;
        }
    }

    /// <summary>Walks a journey once, now, whatever else it does; the walk is not counted in <see cref="Status"/>.</summary>
    /// <returns>Every step that was reached. A journey that cannot be read fails with what is wrong in it, and nothing is sent.</returns>
    /// <exception cref="ArgumentException">There is no such journey.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the runner ended.</exception>
    public Task<JourneyOutcome> RunOnceAsync(string name, CancellationToken cancel)
    {
        JourneyTraffic traffic;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            traffic = Find(name) ?? throw new ArgumentException($"There is no journey '{name}'.", nameof(name));
        }

        return traffic.Journey.Findings is [var first, ..]
            ? Task.FromResult(new JourneyOutcome(name, "", TimeSpan.Zero, [new StepOutcome(first.ModelPath!, StepResult.Failed, null, 0, TimeSpan.Zero, first.Message)]))
            : traffic.WalkOnceAsync(cancel);
    }

    /// <summary>Cancels every walk, and returns when none is left.</summary>
    public async ValueTask DisposeAsync()
    {
        JourneyTraffic[] all;
        Task leaving;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            (all, leaving) = (_traffic, _leaving);
        }

        await Task.WhenAll(all.Select(t => t.DisposeAsync().AsTask()).Append(leaving)).ConfigureAwait(false);
        _wire.Dispose();
    }

    private JourneyTraffic? Find(string name) => Array.Find(_traffic, t => t.Journey.Name == name);

    private void Steer()
    {
        foreach (var traffic in _traffic)
        {
            var journey = traffic.Journey;
            var isWanted = _wishes.TryGetValue(journey.Name, out var wish) ? wish == Wish.Start : journey.Written.Traffic && !_isPaused;
            if (isWanted && journey.Findings.Count == 0)
            {
                traffic.Begin();
            }
            else
            {
                traffic.Halt();
            }
        }
    }
}
