using System.Globalization;
using Conway.Gateway;
using Conway.Lowering;
using Conway.Mesh;
using Conway.Observations;
using Conway.Registry;
using Conway.Supervision;
using Conway.Telemetry;
using Conway.Traffic;

namespace Conway.Node;

/// <summary>The engines of a run. They are started once and never restarted; a change only gives them another table.</summary>
internal sealed class Platform : IAsyncDisposable
{
    private const string GatewayName = "gateway";

    private readonly PlatformSpans _spans;
    private volatile bool _servedAll;

    private Platform(string system, GatewayEngine gateway, MeshEngine mesh, RegistryEngine registry, TelemetryEngine telemetry, TrafficRecorder recorder)
    {
        Gateway = gateway;
        Mesh = mesh;
        Registry = registry;
        Telemetry = telemetry;
        _spans = new PlatformSpans(system, telemetry.Endpoint);
        Recorder = recorder;
    }

    public GatewayEngine Gateway { get; }

    public MeshEngine Mesh { get; }

    public RegistryEngine Registry { get; }

    public TelemetryEngine Telemetry { get; }

    public TrafficRecorder Recorder { get; }

    /// <summary>Whether gateway and listeners have once led to all that is to run: a replica that is healthy is asked for nothing before.</summary>
    public bool HasServedAll => _servedAll;

    /// <summary>Starts all engines side by side.</summary>
    /// <param name="plan">Ports and tables.</param>
    /// <param name="options">Clock and folders.</param>
    /// <param name="onEvent">Is told what gateway and listeners do.</param>
    /// <param name="measures">What is scraped beside what services send.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="IOException">A port is taken; those that had started are stopped again.</exception>
    public static async Task<Platform> StartAsync(RunPlan plan, NodeOptions options, Action<TrafficEvent> onEvent, Func<IReadOnlyList<Measure>> measures, CancellationToken cancel)
    {
        var clock = options.Clock;
        var recorder = new TrafficRecorder(clock);
        var nobody = new LiveEndpoints(Conway.Model.NameMap<Conway.Model.ValueList<Endpoint>>.Empty);
        var telemetry = TelemetryEngine.StartAsync(
            new TelemetryOptions { Port = plan.Platform.OtlpPort, Root = Path.Combine(options.StateFolder, "telemetry"), Run = plan.Run, Traffic = recorder, Measures = measures }, clock, cancel);
        var registry = RegistryEngine.StartAsync(
            new RegistryOptions { Port = plan.Platform.RegistryPort, NodeName = plan.System, StatePath = Path.Combine(options.StateFolder, "registry.db") }, clock, cancel);
        var mesh = MeshEngine.StartAsync(new MeshOptions { OnEvent = onEvent }, EngineTables.Peers(plan, nobody), recorder, clock, cancel);
        var gateway = GatewayEngine.StartAsync(
            new GatewayOptions { Name = GatewayName, Pseudonym = $"{plan.System}-{plan.Run}", Port = plan.Platform.GatewayPort, OnEvent = onEvent }, EngineTables.Routes(plan, nobody), recorder, clock, cancel);
        try
        {
            await Task.WhenAll(telemetry, registry, mesh, gateway).ConfigureAwait(false);
        }
        catch
        {
            await EndAsync(gateway).ConfigureAwait(false);
            await EndAsync(mesh).ConfigureAwait(false);
            await EndAsync(registry).ConfigureAwait(false);
            await EndAsync(telemetry).ConfigureAwait(false);
            throw;
        }

        return new Platform(plan.System, await gateway.ConfigureAwait(false), await mesh.ConfigureAwait(false), await registry.ConfigureAwait(false), await telemetry.ConfigureAwait(false), recorder);
    }

    /// <summary>Who leaves which replica out of its balance now.</summary>
    public ILookup<string, Ejection> Ejected(DateTimeOffset now) => Ejections.Of(Pools().Select(one => (one.Caller, one.Pool)), now);

    /// <summary>What gateway and listeners balance over.</summary>
    public IEnumerable<(string Caller, string Callee, PoolSnapshot Pool)> Pools() =>
        Gateway.Snapshot().Select(pool => (GatewayName, pool.Name[(pool.Name.LastIndexOf(' ') + 1)..], pool)).Concat(Mesh.Snapshot().Select(peer => (peer.Caller, peer.Callee, peer.Pool)));

    /// <summary>Gives every engine its table.</summary>
    public async Task ApplyAsync(RunPlan plan, IReadOnlyList<ServiceUnit> units, CancellationToken cancel)
    {
        var all = units.Where(u => !u.StoppedByHand).All(u => u.GateOpen && u.Supervisor.Replicas.Count >= u.Plan.Replicas.Count && u.Supervisor.Replicas.All(r => r.State == ReplicaState.Healthy));
        var live = Reachable.Of(units);
        Gateway.Apply(EngineTables.Routes(plan, live));
        Registry.Apply(new InstanceTable([.. units.SelectMany(u => u.Supervisor.Replicas.Where(r => r.State is not (ReplicaState.Stopped or ReplicaState.Building)).Select(r => new Instance
        {
            ServiceName = u.Plan.Name,
            InstanceId = r.Name,
            Address = "127.0.0.1",
            Port = r.Port,
            Health = r.State == ReplicaState.Healthy && u.GateOpen ? InstanceHealth.Passing : InstanceHealth.Critical,
            Output = r.Reason ?? r.LastAnswer ?? "",
        }))]));
        await Mesh.ApplyAsync(EngineTables.Peers(plan, live), cancel).ConfigureAwait(false);
        _servedAll |= all;
    }

    /// <summary>Requests under way to the process on this port, from outside and from other services.</summary>
    public int UnderWay(int port) => Gateway.UnderWay(EngineTables.Address(port)) + Mesh.UnderWay(EngineTables.Address(port));

    public async ValueTask DisposeAsync()
    {
        // From the outside in: nobody new comes in, then calls end, then the last spans and lines are written.
        await Gateway.DisposeAsync().ConfigureAwait(false);
        await Mesh.DisposeAsync().ConfigureAwait(false);
        await Registry.DisposeAsync().ConfigureAwait(false);
        _spans.Dispose();
        await Telemetry.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends an engine if its start had succeeded.</summary>
    private static async ValueTask EndAsync<T>(Task<T> start)
        where T : IAsyncDisposable
    {
        if (start.IsCompletedSuccessfully)
        {
            await (await start.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary><c>http://127.0.0.1:8080</c></summary>
    public static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
