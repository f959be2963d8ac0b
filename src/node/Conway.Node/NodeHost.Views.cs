using Conway.Findings;
using Conway.Lowering;
using Conway.Model;
using Conway.Supervision;

namespace Conway.Node;

/// <content>What the node shows.</content>
public sealed partial class NodeHost
{
    /// <summary>The system as a whole.</summary>
    public SystemView System
    {
        get
        {
            var services = Services;
            return new SystemView
            {
                Name = Plan.System,
                Run = Plan.Run,
                State = StateOf(services),
                Environment = Plan.Environment,
                StartedAt = StartedAt,
                ModelFile = _options.ModelFile,
                Folder = _options.Folder,
                Version = _options.Version,
                GatewayUrl = Platform.Url(Plan.Platform.GatewayPort),
                ConsoleUrl = _consoleUrl,
                RegistryUrl = Platform.Url(Plan.Platform.RegistryPort),
                OtlpUrl = Platform.Url(Plan.Platform.OtlpPort),
                Services = services.Count,
                Healthy = services.Count(s => s.State == ReplicaState.Healthy),
                Findings = FindingCounts.Of(Findings),
            };
        }
    }

    /// <summary>Every service, in the order of the model.</summary>
    public IReadOnlyList<ServiceView> Services
    {
        get
        {
            var all = _fleet.ByName;
            var ejections = _platform.Ejected(_options.Clock.GetUtcNow());
            return [.. _fleet.Units.Select(u => ServiceViews.Of(u, _model.Current.Model, Plan, Reachable.WaitingFor(u, all), ejections))];
        }
    }

    /// <summary>The model in use and its files as they are on disk.</summary>
    public ModelView Model => new(_model.Revision, _model.Accepted, _model.Latest.Map.Texts, Plan);

    /// <summary>The model in use.</summary>
    public SystemModel SystemModel => _model.Current.Model;

    /// <summary>Where each part of the model was written.</summary>
    public SourceMap SourceMap => _model.Current.Map;

    /// <summary>Everything about one service; null when there is none of that name.</summary>
    public ServiceDetail? Describe(string name)
    {
        if (_fleet.Find(name) is not { } unit)
        {
            return null;
        }

        var plan = Plan;
        var pools = _platform.Mesh.Snapshot().ToDictionary(p => (p.Caller, p.Callee), p => p.Pool);
        var first = unit.Plan.Replicas.FirstOrDefault();
        return new ServiceDetail(
            unit.Plan,
            first is null ? unit.Plan.Environment : ReplicaEnvironment.Of(plan, unit.Plan, first, unit.Supervisor.Replicas.FirstOrDefault()?.Port ?? first.Port),
            [.. plan.Listeners.Where(l => l.Caller == name).Select(l => new CallView(l, pools.GetValueOrDefault((l.Caller, l.Callee))))],
            [.. unit.Plan.Stores.Select(s => new StoreView(s.Name, s.Engine.Word(), s.File ?? s.Address ?? "not in this run", s.File is { } file ? File.Exists(file) ? new FileInfo(file).Length : 0 : null))],
            [.. plan.Routes.Where(r => r.Route.To == name).Select(r => new RouteView(r.Route.Path, r.Route.Methods, ServiceViews.RouteUrl(plan, r)))],
            _model.Current.Model.Services.TryGetValue(name, out var service) ? service.Slo : null);
    }

    /// <summary>Declared and observed edges on one picture.</summary>
    /// <param name="window">How far to look back; at most a minute.</param>
    public GraphView Graph(TimeSpan window) => GraphBuilder.Build(
        Plan, _model.Current.Model, Services, _platform.Recorder.Live(window), Telemetry.ObservedTraffic(window), window);

    private SystemState StateOf(IReadOnlyList<ServiceView> services)
    {
        if (_ending.IsCancellationRequested)
        {
            return SystemState.Stopping;
        }

        var wanted = services.Where(s => s.Wanted > 0).ToArray();
        if (wanted.Any(s => s.State is ReplicaState.Failed or ReplicaState.Unhealthy))
        {
            return SystemState.Degraded;
        }

        if (wanted.All(s => s.State == ReplicaState.Healthy))
        {
            // Who is told that all is healthy asks at once, so the engines must know it first.
            if (!_wasHealthy && !_platform.HasServedAll)
            {
                _reconciliation.Request();
                return SystemState.Starting;
            }

            _wasHealthy = true;
            return SystemState.Running;
        }

        return _wasHealthy ? SystemState.Degraded : SystemState.Starting;
    }

    private volatile bool _wasHealthy;
}
