namespace Conway.Traffic;

/// <summary>What a pool has learnt about one endpoint.</summary>
/// <remarks>Thread-safe. Owned by one <see cref="EndpointPool"/>; kept when a new table still names the same id at the same address.</remarks>
public sealed class EndpointState
{
    private int _inFlight;
    private int _health;
    private long _delay;
    private long _requests;
    private long _failures;
    private long _retries;

    internal EndpointState(Endpoint endpoint, TimeSpan now)
    {
        Id = endpoint.Id;
        Address = endpoint.Address;
        Prefix = "http://" + endpoint.Address;
        _health = (int)endpoint.Health;
        Latency = new PeakEwma(PeakEwma.DefaultRtt, PeakEwma.DefaultDecay, now);
        Outlier = new OutlierMonitor(endpoint.Id);
    }

    /// <summary>Name of the replica.</summary>
    public string Id { get; }

    /// <summary>Host and port.</summary>
    public string Address { get; }

    /// <summary>The address as the beginning of a URL, <c>http://127.0.0.1:41873</c>.</summary>
    public string Prefix { get; }

    /// <summary>What the table says.</summary>
    public EndpointHealth Health
    {
        get => (EndpointHealth)Volatile.Read(ref _health);
        internal set => Volatile.Write(ref _health, (int)value);
    }

    /// <summary>How long every attempt waits before it is sent, as if the endpoint were slow; zero unless somebody wants to see what happens then.</summary>
    public TimeSpan Delay
    {
        get => new(Volatile.Read(ref _delay));
        internal set => Volatile.Write(ref _delay, value.Ticks);
    }

    /// <summary>Attempts under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Whether it is set aside for failing.</summary>
    public bool IsEjected => Outlier.IsEjected;

    internal PeakEwma Latency { get; }

    internal OutlierMonitor Outlier { get; }

    internal double Load(TimeSpan now) => Latency.ReadTicks(now) * (InFlight + 1);

    internal void Begin(bool isRetry)
    {
        Interlocked.Increment(ref _inFlight);
        if (isRetry)
        {
            Interlocked.Increment(ref _retries);
        }
    }

    internal void End(AttemptResult result)
    {
        Interlocked.Decrement(ref _inFlight);
        Interlocked.Increment(ref _requests);
        if (result is AttemptResult.ServerError or AttemptResult.GatewayFailure)
        {
            Interlocked.Increment(ref _failures);
        }
    }

    internal EndpointSnapshot Snapshot(OutlierSettings settings, TimeSpan now) => new(
        Id, Address, Health, InFlight, TimeSpan.FromTicks((long)Latency.ReadTicks(now)),
        Outlier.EjectedFor(settings, now), Outlier.Ejections,
        Interlocked.Read(ref _requests), Interlocked.Read(ref _failures), Interlocked.Read(ref _retries));
}
