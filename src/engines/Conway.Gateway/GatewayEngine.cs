using System.Net;
using Conway.Forwarding;
using Conway.Observations;
using Conway.Traffic;

namespace Conway.Gateway;

/// <summary>The running gateway.</summary>
/// <remarks>Thread-safe. A request works with the table that was in force when it came.</remarks>
public sealed class GatewayEngine : IAsyncDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    private readonly GatewayOptions _options;
    private readonly TrafficRecorder _recorder;
    private readonly WireServer _wire;
    private readonly Forwarder _forwarder;
    private readonly SeededDraw _draw;
    private readonly ITimer _ticker;
    private readonly Lock _applying = new();
    private WireListener? _listener;
    private volatile RoutingState _state = RoutingState.Empty;
    private volatile Upstream[] _gone = [];

    private GatewayEngine(GatewayOptions options, TrafficRecorder recorder, WireServer wire, TimeProvider time)
    {
        _options = options;
        _recorder = recorder;
        _wire = wire;
        _draw = new SeededDraw(options.Seed);
        _forwarder = new Forwarder(ConnectTimeout, _draw, time);
        _ticker = time.CreateTimer(static engine => ((GatewayEngine)engine!).Tick(), this, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Place { get; private set; } = new(IPAddress.None, 0);

    internal GatewayOptions Options => _options;

    internal RoutingState State => _state;

    internal Forwarder Forwarder => _forwarder;

    /// <summary>Starts with a first table.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="ArgumentException">As <see cref="Apply"/>.</exception>
    public static async Task<GatewayEngine> StartAsync(
        GatewayOptions options, RouteTable table, TrafficRecorder recorder, TimeProvider time, CancellationToken cancellation)
    {
        var wire = await WireServer.StartAsync(GatewayWire.Options(options), time, cancellation);
        var engine = new GatewayEngine(options, recorder, wire, time);
        try
        {
            engine.Apply(table);
            engine._listener = await wire.ListenAsync(new IPEndPoint(options.Address, options.Port), new GatewayRequests(engine).AnswerAsync, cancellation);
            engine.Place = engine._listener.Place;
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Replaces the table. Requests under way end under the old one; what is known about an endpoint stays when its cluster, id and address stay.</summary>
    /// <exception cref="ArgumentException">A path is malformed or a route leads to no cluster of the table; the old table stays in force.</exception>
    public void Apply(RouteTable table)
    {
        var matcher = new RouteMatcher(table.Routes);
        var clusters = table.Clusters.ToDictionary(c => c.Name, StringComparer.Ordinal);
        foreach (var route in table.Routes)
        {
            if (!clusters.ContainsKey(route.Cluster))
            {
                throw new ArgumentException($"Route '{route.Id}' leads to '{route.Cluster}', which is no cluster of the table.", nameof(table));
            }
        }

        lock (_applying)
        {
            var (old, now) = (_state.Upstreams, _forwarder.Now);
            _state = new RoutingState(matcher, clusters.Values.ToDictionary(c => c.Name, c => Apply_Cluster(old, c, now), StringComparer.Ordinal));
            _gone = [.. _gone.Where(u => u.Pool.Budget.Active > 0), .. old.Values.Except(_state.Upstreams.Values)];
        }
    }

    /// <summary>Takes in the outcome of a health check. Passing ends an ejection and clears the endpoint's counters.</summary>
    public void SetHealth(string endpointId, EndpointHealth health)
    {
        foreach (var upstream in _state.Upstreams.Values)
        {
            upstream.Pool.SetHealth(endpointId, health);
        }
    }

    /// <summary>Attempts under way to this address, also when the table no longer has it.</summary>
    public int UnderWay(string address) => _state.Upstreams.Values.Concat(_gone).Sum(u => u.Pool.UnderWay(address));

    /// <summary>What every cluster and endpoint looks like now.</summary>
    public IReadOnlyList<PoolSnapshot> Snapshot()
    {
        var now = _forwarder.Now;
        return [.. _state.Upstreams.Values.OrderBy(u => u.Name, StringComparer.Ordinal).Select(u => u.Pool.Snapshot(now))];
    }

    /// <summary>Stops listening, for good. What is under way has this long to end and is cut off then; all else goes on, so that it can.</summary>
    public async Task CloseAsync(TimeSpan drain)
    {
        if (Interlocked.Exchange(ref _listener, null) is { } listener)
        {
            await listener.CloseAsync(drain);
        }
    }

    /// <summary>Stops listening; requests under way have the drain time to end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ticker.DisposeAsync();
        await CloseAsync(_options.DrainTime);

        await _wire.DisposeAsync();
        _forwarder.Dispose();
    }

    private Upstream Apply_Cluster(IReadOnlyDictionary<string, Upstream> old, GatewayCluster cluster, TimeSpan now)
    {
        if (old.TryGetValue(cluster.Name, out var known))
        {
            known.Pool.Apply(cluster.Policy, cluster.Endpoints, now);
            return known;
        }

        var pool = new EndpointPool($"{_options.Name} → {cluster.Name}", cluster.Policy, cluster.Endpoints, _draw, _options.OnEvent, now);
        return new Upstream(cluster.Name, pool, _recorder.Edge(_options.Name, cluster.Name));
    }

    private void Tick()
    {
        var now = _forwarder.Now;
        foreach (var upstream in _state.Upstreams.Values)
        {
            upstream.Pool.Tick(now);
        }
    }
}
