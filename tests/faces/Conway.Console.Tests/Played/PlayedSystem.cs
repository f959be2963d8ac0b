using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Conway.Console.Api;

namespace Conway.Console.Tests.Played;

/// <summary>A system that is only played: what the console shows, without a process behind it. With trouble, half of it is ill.</summary>
internal sealed class PlayedSystem(PlayedService[] services, bool trouble = false, bool quiet = false) : ConsoleSource
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 21, 22, 15, 30, TimeSpan.Zero);
    private readonly ConcurrentDictionary<string, ServiceState> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, Channel<LiveEvent>> _watching = [];
    private int _watchers;
    private int _looks;

    /// <summary>What was asked for, in order.</summary>
    public ConcurrentQueue<string> Done { get; } = [];

    /// <summary>How many pages watch.</summary>
    public int Watching => _watching.Count;

    /// <summary>Where log records come from while somebody follows.</summary>
    public Channel<LogRecord> Log { get; } = Channel.CreateUnbounded<LogRecord>();

    public long LogDropped { get; set; }

    /// <summary>Whether the journeys wait.</summary>
    public bool Paused { get; set; }

    public override SystemInfo System => new()
    {
        Name = services.Length > 20 ? "estate" : "shop",
        Run = "r-20261121-221530-4f2a",
        State = Services.All(service => service.State == ServiceState.Healthy) ? SystemCondition.Running : SystemCondition.Degraded,
        Environment = null,
        StartedAt = Begin,
        ModelFile = "conway.yaml",
        Folder = "/home/ada/shop",
        Version = "0.1.0",
        GatewayUrl = "http://127.0.0.1:8080",
        ConsoleUrl = "http://127.0.0.1:8090",
        RegistryUrl = "http://127.0.0.1:41002",
        OtlpUrl = "http://127.0.0.1:41001",
        Services = services.Length,
        Healthy = Services.Count(service => service.State == ServiceState.Healthy),
        Findings = new(CountOf(FindingSeverity.Error), CountOf(FindingSeverity.Warning), CountOf(FindingSeverity.Info)),
    };

    public override IReadOnlyList<ServiceInfo> Services => [.. services.Select(InfoOf)];

    public override IReadOnlyList<Finding> Findings => PlayedModel.Findings(trouble, quiet);

    public override FindingHistory FindingHistory => PlayedModel.History(trouble, quiet);

    public override ModelOverview Model => new(3, !trouble, [new("conway.yaml", PlayedModel.Text(trouble)), new("teams.yaml", "teams:\n  checkout: { contact: checkout@example.org }\n")],
        JsonDocument.Parse("""{ "system": "shop", "services": { "orders": { "replicas": [ { "name": "orders-1", "port": 41873 } ] } }, "routes": [ { "id": "/api/orders/**", "route": { "path": "/api/orders/**", "to": "orders" } } ] }""").RootElement);

    public override JourneyList Journeys => new(Paused,
    [
        new("browse", !Paused, 5, 1410, 1410, 0, 0, 22, 61, null),
        new("buy", !Paused, 1, 310, 309, 1, 0, 1200, 2400, new(Begin.AddMinutes(9), "POST /api/orders", "expected 202, got 503", PlayedTelemetry.FailedTrace)),
    ]);

    public override void Stop() => Done.Enqueue("stop");

    public override ServiceDetail? FindService(string name) => services.FirstOrDefault(one => one.Name == name) is { } service ? DetailOf(service) : null;

    public override bool Command(string service, ServiceVerb verb)
    {
        if (services.All(one => one.Name != service))
        {
            return false;
        }

        Done.Enqueue($"{verb} {service}");
        _asked[service] = verb == ServiceVerb.Stop ? ServiceState.Stopped : ServiceState.Healthy;
        Tell(new LiveEvent.Service(InfoOf(services.First(one => one.Name == service))));
        return true;
    }

    public override bool Kill(string service, int replica)
    {
        Done.Enqueue($"kill {service} {replica}");
        return replica <= services.First(one => one.Name == service).Replicas;
    }

    public override Graph Graph(TimeSpan window) => PlayedGraph.Of(services, Services, window, trouble, quiet);

    public override Task<LogPage> SearchLogsAsync(string query, int limit, string? before, string? run, CancellationToken cancel) =>
        Task.FromResult(quiet ? new LogPage([], null, 0, true) : PlayedTelemetry.Logs(query, limit, before));

    public override LiveFeed<LogRecord> FollowLogs(string query)
    {
        PlayedTelemetry.Check(query);
        return new(Log.Reader, () => LogDropped, () => { });
    }

    public override Task<TracePage> SearchTracesAsync(string query, int limit, string? before, string? run, CancellationToken cancel) =>
        Task.FromResult(quiet ? new TracePage([], null, true) : PlayedTelemetry.Traces(query, limit, before, services.Length > 20 ? 5_000 : 60));

    public override Task<Trace?> FindTraceAsync(string traceId, string? run, CancellationToken cancel) => Task.FromResult(PlayedTelemetry.FindTrace(traceId));

    public override Task<Red> RedAsync(TimeSpan? window, string? run, CancellationToken cancel) =>
        Task.FromResult(PlayedTelemetry.Red(quiet ? [] : [.. services.Select(one => one.Name)], window ?? TimeSpan.FromMinutes(5), trouble) with { Damage = PlayedTelemetry.DamageOf(run) });

    public override Task<Comparison> CompareAsync(string? run, string with, TimeSpan? window, CancellationToken cancel) => with is PlayedTelemetry.EarlierRun or PlayedTelemetry.DamagedRun
        ? Task.FromResult(quiet ? PlayedTelemetry.ComparedQuiet(run ?? System.Run, with) : PlayedTelemetry.Compared([.. services.Take(7).Select(one => one.Name)], run ?? System.Run, with))
        : throw new NoSuchRunException(with);

    public override async Task<TelemetryRunDetail> FindRunAsync(string run, CancellationToken cancel)
    {
        var found = (await TelemetryAsync(cancel)).Runs.FirstOrDefault(one => one.Run == run) ?? throw new NoSuchRunException(run);
        return new(found.Run, found.StartedAt, found.EndedAt, found.Bytes, found.Current, PlayedTelemetry.DamageOf(run));
    }

    public override Task<IReadOnlyList<Metric>> MetricsAsync(string? service, string? run, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Metric>>(quiet ? [] : [.. services.Where(one => service is null || one.Name == service).SelectMany(one => PlayedTelemetry.Metrics(one.Name))]);

    public override Task<MetricSeries?> SeriesAsync(SeriesQuestion question, CancellationToken cancel) => Task.FromResult(PlayedTelemetry.Series(question));

    public override Task<TelemetryOverview> TelemetryAsync(CancellationToken cancel) => Task.FromResult(new TelemetryOverview(
        128_400, 51_200, 90_211, trouble ? [new("shipping", "logs", 1200, "quota")] : [], 18_443_211, false,
        [
            new("r-20261121-221530-4f2a", Begin, null, 18_443_211, true), new(PlayedTelemetry.EarlierRun, Begin.AddHours(-2), Begin.AddHours(-1), 7_443_211, false),
            new(PlayedTelemetry.DamagedRun, Begin.AddDays(-1), Begin.AddDays(-1).AddMinutes(20), 1_443_211, false),
        ]));

    public override Rule? FindRule(string code) => PlayedModel.Rule(code);

    public override Explanation? Explain(string path) => PlayedModel.Explain(path);

    public override bool Command(string journey, bool running)
    {
        Done.Enqueue($"{(running ? "start" : "stop")} journey {journey}");
        return Journeys.Journeys.Any(one => one.Name == journey);
    }

    public override LiveFeed<LiveEvent> Watch()
    {
        var (id, channel) = (Interlocked.Increment(ref _watchers), Channel.CreateUnbounded<LiveEvent>());
        _watching[id] = channel;
        return new(channel.Reader, () => 0, () => _watching.TryRemove(id, out _));
    }

    /// <summary>While it is set and not done, looks at the system take their time.</summary>
    public TaskCompletionSource? Looking { get; init; }

    /// <summary>How many looks at the system have begun.</summary>
    public int Looks => Volatile.Read(ref _looks);

    public override async Task<Inspection> InspectAsync(IReadOnlyCollection<string> look, CancellationToken cancel)
    {
        Interlocked.Increment(ref _looks);
        await (Looking?.Task ?? Task.CompletedTask).WaitAsync(cancel);
        return PlayedArchitecture.Look(services, trouble, quiet, look);
    }

    public void Tell(LiveEvent what)
    {
        foreach (var channel in _watching.Values)
        {
            channel.Writer.TryWrite(what);
        }
    }

    private int CountOf(FindingSeverity severity) => PlayedModel.Findings(trouble, quiet).Count(finding => finding.Severity == severity);

    private ServiceState StateOf(PlayedService service, int replica)
    {
        if (_asked.TryGetValue(service.Name, out var asked))
        {
            return asked;
        }

        return (trouble, service.Name, replica) switch
        {
            (true, "inventory", _) => ServiceState.Failed,
            (true, "shipping", _) => ServiceState.Unhealthy,
            (true, "payments", 2) => ServiceState.Starting,
            _ => ServiceState.Healthy,
        };
    }

    private ServiceInfo InfoOf(PlayedService service)
    {
        var index = Array.IndexOf(services, service);
        var replicas = Enumerable.Range(1, service.Replicas).Select(number => ReplicaOf(service, index, number)).ToArray();
        var waits = trouble && service.Name == "payments" && !_asked.ContainsKey(service.Name);
        return new()
        {
            Name = service.Name,
            Description = service.Description,
            Context = service.Context,
            Team = service.Team,
            Kind = service.Name == "shipping" ? ServiceKind.Command : ServiceKind.Project,
            Tags = [],
            State = waits ? ServiceState.Waiting : replicas.Select(one => one.State).Where(state => state != ServiceState.Healthy).FirstOrDefault(ServiceState.Healthy),
            Wanted = service.Replicas,
            WaitingFor = waits ? ["inventory"] : [],
            Urls = service.Name == "storefront" ? ["http://127.0.0.1:8080/"] : [],
            Replicas = replicas,
            Build = trouble && service.Name == "inventory"
                ? new(BuildState.Failed, Begin.AddMinutes(3), 2212, ["src/Inventory/Reservations.cs(41,17): error CS1002: ; expected", "src/Inventory/Reservations.cs(58,9): error CS0103: The name 'stok' does not exist in the current context"])
                : new(service.Name == "shipping" ? BuildState.None : BuildState.Succeeded, Begin, 812, []),
            Rate = quiet || (service.Name == "shipping" && !trouble) ? null : new(6 + index, trouble && service.Name == "orders" ? 0.034 : 0, 2 + (index % 5), 11 + (index * 7 % 60), 60_000),
        };
    }

    private Replica ReplicaOf(PlayedService service, int index, int number)
    {
        var state = StateOf(service, number);
        var port = 41_800 + (index * 3) + number;
        var ejected = state == ServiceState.Unhealthy || (trouble && service.Name == "catalog" && number == 2);
        return new(
            $"{service.Name}-{number}", number, state, state is ServiceState.Failed or ServiceState.Stopped ? null : 4720 + (index * 7) + number, port, $"http://127.0.0.1:{port}", Begin.AddSeconds(2),
            state == ServiceState.Healthy ? 0 : 3, state == ServiceState.Failed ? 3 : null,
            state switch
            {
                ServiceState.Failed => "exited with code 3 one second after start; next try in 2 s",
                ServiceState.Unhealthy => "health check answered 503 three times",
                ServiceState.Starting => "its first healthy answer is awaited, 4 s so far",
                _ => null,
            },
            ejected ? Begin.AddMinutes(5) : null,
            ejected ? ["gateway", "orders"] : [],
            state == ServiceState.Failed ? "Unhandled exception: no such table: stock" : "Now listening on http://127.0.0.1");
    }

    private ServiceDetail DetailOf(PlayedService service)
    {
        var info = InfoOf(service);
        return new()
        {
            Name = info.Name,
            Description = info.Description,
            Context = info.Context,
            Team = info.Team,
            Kind = info.Kind,
            Tags = info.Tags,
            State = info.State,
            Wanted = info.Wanted,
            WaitingFor = info.WaitingFor,
            Urls = info.Urls,
            Replicas = info.Replicas,
            Build = info.Build,
            Rate = info.Rate,
            Environment = [new("ASPNETCORE_URLS", "http://127.0.0.1:41873", false, "platform"), new("CARD_GATEWAY_KEY", "", true, "environment"), .. service.Calls.Select(callee => new EnvironmentVariable($"{callee.ToUpperInvariant()}_URL", "http://127.0.0.1:41210", false, $"call {callee}"))],
            Calls = [.. service.Calls.Select(callee => new Call(callee, "http://127.0.0.1:41210", 300, 900, 2, "peak-ewma", callee == "catalog", [.. InfoOf(services.First(one => one.Name == callee)).Replicas.Select(one =>
                new Endpoint(one.Name, $"127.0.0.1:{one.Port}", one.State.ToString().ToLowerInvariant(), 0, one.State == ServiceState.Healthy ? 2.1 : null, one.EjectedUntil, 310, one.State == ServiceState.Healthy ? 0 : 6))]))],
            Stores = service.Name is "orders" or "catalog" ? [new($"{service.Name}-db", "sqlite", $".conway/stores/{service.Name}-db.db", 122_880)] : [],
            Routes = service.Name == "orders" ? [new("/api/orders/**", [], "http://127.0.0.1:8080/api/orders")] : [],
            Health = new("/health/ready", 1000, Begin.AddMinutes(4), "200 in 3 ms"),
            Slo = service.Name == "orders" ? new(99.9, 250) : null,
        };
    }
}
