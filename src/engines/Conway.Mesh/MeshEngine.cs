using System.Collections.Immutable;
using Conway.Forwarding;
using Conway.Observations;
using Conway.Traffic;

namespace Conway.Mesh;

/// <summary>The running mesh: a listener for each pair of its <see cref="PeerTable"/>.</summary>
/// <remarks>Thread-safe. Tables are applied one after the other; requests never wait for that.</remarks>
public sealed class MeshEngine : IAsyncDisposable
{
    /// <summary>Name of the source of the spans: a client span for each attempt, under the caller's own.</summary>
    public const string SpanSource = PeerDoor.SpanSource;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    private readonly MeshOptions _options;
    private readonly TrafficRecorder _recorder;
    private readonly WireServer _wire;
    private readonly Forwarder _forwarder;
    private readonly SeededDraw _draw;
    private readonly SemaphoreSlim _applying = new(1, 1);
    private readonly ITimer _ticker;
    private volatile ImmutableDictionary<(string Caller, string Callee), PeerDoor> _doors = ImmutableDictionary<(string, string), PeerDoor>.Empty;
    private ImmutableList<Task> _draining = [];
    private volatile ImmutableList<PeerDoor> _closed = [];

    private MeshEngine(MeshOptions options, TrafficRecorder recorder, WireServer wire, TimeProvider time)
    {
        _options = options;
        _recorder = recorder;
        _wire = wire;
        _draw = new SeededDraw(options.Seed);
        _forwarder = new Forwarder(ConnectTimeout, _draw, time);
        _ticker = time.CreateTimer(static engine => ((MeshEngine)engine!).Tick(), this, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Starts with a first table.</summary>
    /// <exception cref="IOException">A port of the table is taken.</exception>
    public static async Task<MeshEngine> StartAsync(
        MeshOptions options, PeerTable table, TrafficRecorder recorder, TimeProvider time, CancellationToken cancellation)
    {
        var wire = await WireServer.StartAsync(MeshWire.Options, time, cancellation);
        var engine = new MeshEngine(options, recorder, wire, time);
        try
        {
            var applied = await engine.ApplyAsync(table, cancellation);
            return applied.Refused.Count == 0 ? engine : throw new IOException(string.Join(" ", applied.Refused.Select(r => r.Reason)));
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens and closes listeners so that they are those of <paramref name="table"/>; a listener in both keeps its port and what it has learnt.</summary>
    /// <returns>Where every listener is. If one can't be opened, nothing changes, and it is named.</returns>
    public async Task<MeshApplied> ApplyAsync(PeerTable table, CancellationToken cancellation)
    {
        await _applying.WaitAsync(cancellation);
        try
        {
            var old = _doors;
            var (opened, refused) = await ApplyAsync_Open(table, old, cancellation);
            if (refused.Count > 0)
            {
                await Task.WhenAll(opened.Values.Select(d => d.CloseAsync(TimeSpan.Zero)));
                return new MeshApplied([], refused);
            }

            var doors = ImmutableDictionary.CreateBuilder<(string, string), PeerDoor>();
            foreach (var listener in table.Listeners)
            {
                var key = (listener.Caller, listener.Callee);
                var door = opened.TryGetValue(key, out var fresh) ? fresh : old[key];
                door.Apply(listener, _forwarder.Now);
                doors[key] = door;
            }

            _doors = doors.ToImmutable();
            PeerDoor[] closing = [.. old.Values.Except(_doors.Values)];
            _closed = [.. _closed.Where(d => d.Pool.Budget.Active > 0), .. closing];
            _draining = [.. _draining.Where(t => !t.IsCompleted), .. closing.Select(d => d.CloseAsync(_options.DrainTime))];
            return new MeshApplied([.. table.Listeners.Select(l => new PeerAddress(l.Caller, l.Callee, _doors[(l.Caller, l.Callee)].Port))], []);
        }
        finally
        {
            _applying.Release();
        }
    }

    /// <summary>The port on which a caller reaches a callee; null when the table has no such pair.</summary>
    public int? PortOf(string caller, string callee) => _doors.TryGetValue((caller, callee), out var door) ? door.Port : null;

    /// <summary>Takes in the outcome of a health check, for every caller at once. Passing ends an ejection and clears the endpoint's counters.</summary>
    public void SetHealth(string endpointId, EndpointHealth health)
    {
        foreach (var door in _doors.Values)
        {
            door.Pool.SetHealth(endpointId, health);
        }
    }

    /// <summary>Lets a callee look slow to all its callers: every attempt waits before it is sent. Holds for the replicas there are now; zero ends it.</summary>
    public void SetDelay(string callee, TimeSpan delay)
    {
        foreach (var door in _doors.Values.Where(d => d.Callee == callee))
        {
            door.Pool.SetDelay(delay);
        }
    }

    /// <summary>Attempts of all callers under way to this address, also when no table has it any more.</summary>
    public int UnderWay(string address) => _doors.Values.Concat(_closed).Sum(d => d.Pool.UnderWay(address));

    /// <summary>What every listener and endpoint looks like now.</summary>
    public IReadOnlyList<PeerSnapshot> Snapshot()
    {
        var now = _forwarder.Now;
        return [.. _doors.Values.OrderBy(d => d.Caller, StringComparer.Ordinal).ThenBy(d => d.Callee, StringComparer.Ordinal).Select(d => d.Snapshot(now))];
    }

    /// <summary>Closes every listener; requests under way have the drain time to end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ticker.DisposeAsync();
        await _applying.WaitAsync(CancellationToken.None);
        var doors = _doors;
        _doors = ImmutableDictionary<(string, string), PeerDoor>.Empty;
        await Task.WhenAll([.. doors.Values.Select(d => d.CloseAsync(_options.DrainTime)), .. _draining]);
        await _wire.DisposeAsync();
        _forwarder.Dispose();
    }

    private async Task<(Dictionary<(string, string), PeerDoor> Opened, List<PeerRefusal> Refused)> ApplyAsync_Open(
        PeerTable table, ImmutableDictionary<(string Caller, string Callee), PeerDoor> old, CancellationToken cancellation)
    {
        Dictionary<(string, string), PeerDoor> opened = [];
        List<PeerRefusal> refused = [];
        foreach (var listener in table.Listeners)
        {
            var key = (listener.Caller, listener.Callee);
            if (old.TryGetValue(key, out var door) && (listener.Port == 0 || listener.Port == door.Port))
            {
                continue;
            }

            try
            {
                opened[key] = await PeerDoor.OpenAsync(listener, _wire, _forwarder, _recorder, _draw, _options.OnEvent, cancellation);
            }
            catch (IOException taken)
            {
                refused.Add(new PeerRefusal(listener.Caller, listener.Callee, $"{listener.Caller} → {listener.Callee}: {taken.Message}"));
            }
        }

        return (opened, refused);
    }

    private void Tick()
    {
        var now = _forwarder.Now;
        foreach (var door in _doors.Values)
        {
            door.Pool.Tick(now);
        }
    }
}
