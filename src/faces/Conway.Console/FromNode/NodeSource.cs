using System.Text.Json;
using Conway.Lowering;
using Conway.Node;
using Conway.Reader;
using Conway.Telemetry;

namespace Conway.Console.FromNode;

/// <summary>The running node as the console shows it.</summary>
/// <remarks>Thread-safe. Dispose of it to end its sampling; the node goes on.</remarks>
public sealed class NodeSource : ConsoleSource, IAsyncDisposable
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RedWindow = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(5);

    private readonly NodeHost _node;
    private readonly Inspect _inspect;
    private readonly TimeProvider _clock;
    private readonly RedHistory _history = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _sampling;
    private int _watchers;

    /// <param name="node">Shown while it runs and a little longer; not ended with this.</param>
    /// <param name="inspect">Looks at the system on disk.</param>
    /// <param name="clock">For windows and samples.</param>
    public NodeSource(NodeHost node, Inspect inspect, TimeProvider clock)
    {
        (_node, _inspect, _clock) = (node, inspect, clock);
        _sampling = SampleAsync(_ending.Token);
    }

    public override Api.SystemInfo System => SystemOf(_node.System);

    public override IReadOnlyList<Api.ServiceInfo> Services
    {
        get
        {
            var rates = Rates();
            return [.. _node.Services.Select(view => ShownServices.Of(view, rates.GetValueOrDefault(view.Name)))];
        }
    }

    public override IReadOnlyList<Api.Finding> Findings => [.. _node.SeenFindings.Select(one => ShownFindings.Of(one.Finding, one.Since, one.Fingerprint))];

    public override Api.FindingHistory FindingHistory => ShownFindings.Of(_node.FindingPast);

    public override Api.ModelOverview Model
    {
        get
        {
            var model = _node.Model;
            using var plan = JsonDocument.Parse(RunPlanText.Write(model.Plan));
            return new(model.Revision, model.Accepted, [.. model.Files.Select(file => new Api.ModelFile(file.Key, file.Value))], plan.RootElement.Clone());
        }
    }

    public override Api.JourneyList Journeys => new(_node.JourneysPaused, [.. _node.Journeys.Select(ShownJourneys.Of)]);

    private string Root => Path.Combine(_node.StateFolder, "telemetry");

    public override void Stop() => _ = _node.StopAsync(CancellationToken.None);

    public override Api.ServiceDetail? FindService(string name) =>
        _node.Describe(name) is { } detail && _node.Services.FirstOrDefault(view => view.Name == name) is { } found
            ? ShownServices.Of(found, Rates().GetValueOrDefault(name), detail, _clock.GetUtcNow())
            : null;

    public override bool Command(string service, ServiceVerb verb) => verb switch
    {
        ServiceVerb.Start => _node.StartService(service),
        ServiceVerb.Stop => _node.StopService(service),
        ServiceVerb.Rebuild => _node.RebuildService(service),
        _ => _node.RestartService(service),
    };

    public override bool Kill(string service, int replica) => _node.KillReplica(service, replica);

    public override Api.Graph Graph(TimeSpan window) => ShownGraph.Of(_node.Graph(window));

    public override async Task<Api.LogPage> SearchLogsAsync(string query, int limit, string? before, string? run, CancellationToken cancel)
    {
        var parsed = Parse(query);
        var page = await (await QueriesAsync(run, cancel)).SearchLogsAsync(parsed, new PageRequest(limit, ShownTelemetry.CursorOf(before)), cancel);
        return new([.. page.Entries.Reverse().Select(ShownTelemetry.Of)], page.Next, page.Scanned, page.IsComplete);
    }

    public override LiveFeed<Api.LogRecord> FollowLogs(string query)
    {
        var subscription = _node.Telemetry.SubscribeLogs(Parse(query));
        return new(new MappedReader<LogEntry, Api.LogRecord>(subscription.Items, ShownTelemetry.Of), () => subscription.Dropped, subscription.Dispose);
    }

    // A laptop whose console is closed has nobody to play users for.
    private void CountWatchers(int more)
    {
        lock (_ending)
        {
            _watchers += more;
            _node.Watched = _watchers > 0;
        }
    }

    public override async Task<Api.TracePage> SearchTracesAsync(string query, int limit, string? before, string? run, CancellationToken cancel)
    {
        var parsed = Parse(query);
        var page = await (await QueriesAsync(run, cancel)).SearchTracesAsync(parsed, new PageRequest(limit, before), cancel);
        return new([.. page.Traces.Select(ShownTelemetry.Of)], page.Next, page.IsComplete);
    }

    public override async Task<Api.Trace?> FindTraceAsync(string traceId, string? run, CancellationToken cancel) =>
        TraceId.TryParse(traceId, out var id) && await (await QueriesAsync(run, cancel)).FindTraceAsync(id, cancel) is { } trace
            ? ShownTelemetry.Of(trace)
            : null;

    public override async Task<Api.Red> RedAsync(TimeSpan? window, string? run, CancellationToken cancel)
    {
        if (!IsThis(run))
        {
            var earlier = await QueriesAsync(run, cancel);
            return ShownRates.Of(await earlier.RatesAsync(window, cancel), earlier.Damage);
        }

        var (over, now) = (window ?? RedWindow, _clock.GetUtcNow());
        var rates = _node.Telemetry.ServiceRates(over).Concat(_node.Telemetry.RouteRates(over)).Where(rate => rate.Count > 0)
            .OrderBy(rate => rate.Service, StringComparer.Ordinal).ThenBy(rate => rate.Operation, StringComparer.Ordinal);
        return new Api.Red(over.TotalMilliseconds, now - over, now, true, [], [.. rates.Select(rate => ShownRates.Of(rate, _history.Series(rate.Service, rate.Operation, now - over)))]);
    }

    public override async Task<Api.Comparison> CompareAsync(string? run, string with, TimeSpan? window, CancellationToken cancel)
    {
        var (ours, theirs) = (await QueriesAsync(run, cancel), await QueriesAsync(with, cancel));
        var compared = await ours.CompareAsync(theirs, window, cancel);
        return ShownRates.Of(compared, (string.IsNullOrEmpty(run) ? _node.Plan.Run : run, ours.Damage), (with, theirs.Damage));
    }

    public override async Task<Api.TelemetryRunDetail> FindRunAsync(string run, CancellationToken cancel)
    {
        var found = TelemetryArchive.ListRuns(Root).FirstOrDefault(one => one.Run == run) ?? throw new NoSuchRunException(run);
        var shown = Of(found);
        return new(shown.Run, shown.StartedAt, shown.EndedAt, shown.Bytes, shown.Current, (await QueriesAsync(run, cancel)).Damage);
    }

    public override async Task<IReadOnlyList<Api.Metric>> MetricsAsync(string? service, string? run, CancellationToken cancel) =>
        [.. (await (await QueriesAsync(run, cancel)).ListMetricsAsync(service, cancel)).Select(ShownTelemetry.Of)];

    public override async Task<Api.MetricSeries?> SeriesAsync(SeriesQuestion question, CancellationToken cancel)
    {
        var queries = await QueriesAsync(question.Run, cancel);
        var until = question.Until ?? (IsThis(question.Run) ? _clock.GetUtcNow() : TelemetryArchive.ListRuns(Root).FirstOrDefault(one => one.Run == question.Run)?.LastWritten ?? _clock.GetUtcNow());
        var from = question.From ?? until.AddHours(-1);
        var series = await queries.QueryMetricAsync(
            new MetricQuery { Service = question.Service, Name = question.Name, From = from, Until = until, Step = (until - from) / question.Points }, cancel);
        if (series.Count > 0)
        {
            return ShownTelemetry.Of(question.Name, series);
        }

        // Known, but silent in this window: that is an answer without points, not a missing instrument.
        var known = (await queries.ListMetricsAsync(question.Service, cancel)).FirstOrDefault(one => one.Name == question.Name);
        return known is null ? null : new(known.Name, known.Unit, ShownTelemetry.Of(known).Type, []);
    }

    public override Task<Api.TelemetryOverview> TelemetryAsync(CancellationToken cancel)
    {
        var status = _node.Telemetry.Status;
        var dropped = status.Services.Where(one => one.LinesDropped > 0).Select(one => new Api.TelemetryDrop(one.Service, "logs", one.LinesDropped, "printed faster than it can be stored"))
            .Concat(status.Services.Where(one => one.RecordsEvicted > 0).Select(one => new Api.TelemetryDrop(one.Service, "all", one.RecordsEvicted, "made room for newer ones")));
        return Task.FromResult(new Api.TelemetryOverview(
            status.Services.Sum(one => one.Spans), status.Services.Sum(one => one.Logs), status.Services.Sum(one => one.Points), [.. dropped], status.BytesKept, status.IsMemoryOnly,
            [.. TelemetryArchive.ListRuns(Root).Select(Of)]));
    }

    public override Api.Rule? FindRule(string code) => RulePages.Find(code);

    public override Api.Explanation? Explain(string path) =>
        ModelExplainer.Explain(path, new ReadResult(_node.SystemModel, _node.SourceMap, [], [])).Explanation is { } found
            ? new(found.Path, found.About, found.Type, found.Default, found.Value, ShownFindings.PlaceOf(found.Place), found.Example, found.Bounds)
            : null;

    public override bool Command(string journey, bool running) => running ? _node.StartJourney(journey) : _node.StopJourney(journey);

    public override LiveFeed<LiveEvent> Watch()
    {
        var subscription = _node.Subscribe();
        CountWatchers(+1);
        return new(new MappedReader<NodeEvent, LiveEvent>(subscription.Events, EventOf), () => subscription.Dropped, () =>
        {
            subscription.Dispose();
            CountWatchers(-1);
        });
    }

    public override Task<Inspection> InspectAsync(IReadOnlyCollection<string> look, CancellationToken cancel) => _inspect(look, cancel);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _sampling;
        _ending.Dispose();
    }

    private static Api.FindingCounts CountsOf(FindingCounts counts) => new(counts.Error, counts.Warning, counts.Info);

    private static Api.SystemInfo SystemOf(SystemView view) => new()
    {
        Name = view.Name,
        Run = view.Run,
        State = view.State switch
        {
            SystemState.Starting => Api.SystemCondition.Starting,
            SystemState.Running => Api.SystemCondition.Running,
            SystemState.Degraded => Api.SystemCondition.Degraded,
            _ => Api.SystemCondition.Stopping,
        },
        Environment = view.Environment,
        StartedAt = view.StartedAt,
        ModelFile = view.ModelFile,
        Folder = view.Folder,
        Version = view.Version,
        GatewayUrl = view.GatewayUrl,
        ConsoleUrl = view.ConsoleUrl,
        RegistryUrl = view.RegistryUrl,
        OtlpUrl = view.OtlpUrl,
        Services = view.Services,
        Healthy = view.Healthy,
        Findings = CountsOf(view.Findings),
    };

    private LiveEvent? EventOf(NodeEvent what) => what switch
    {
        NodeEvent.SystemChanged system => new LiveEvent.System(SystemOf(system.System)),
        NodeEvent.ServiceChanged service => new LiveEvent.Service(ShownServices.Of(service.Service, Rates().GetValueOrDefault(service.Service.Name))),
        NodeEvent.FindingsChanged findings => new LiveEvent.Findings(CountsOf(FindingCounts.Of(findings.Findings))),
        NodeEvent.JourneysPaused journeys => new LiveEvent.Traffic(journeys.Paused),
        NodeEvent.ModelChanged model => new LiveEvent.Model(new(model.Revision, model.Changed, model.Accepted)),
        _ => null,
    };

    private static TelemetryQuery Parse(string query) =>
        TelemetryQuery.TryParse(query, out var parsed, out var error) ? parsed! : throw new BadQueryException(error!.Message, error.Position);

    private Dictionary<string, Api.Rate> Rates() => _node.Telemetry.ServiceRates(RateWindow).Where(rate => rate.Count > 0).ToDictionary(
        rate => rate.Service,
        rate => new Api.Rate(rate.PerSecond, rate.ErrorRatio, rate.P50.TotalMilliseconds, rate.P99.TotalMilliseconds, RateWindow.TotalMilliseconds), StringComparer.Ordinal);

    private bool IsThis(string? run) => string.IsNullOrEmpty(run) || run == _node.Plan.Run;

    private async Task<TelemetryQueries> QueriesAsync(string? run, CancellationToken cancel) =>
        IsThis(run) ? _node.Telemetry.Queries : await TelemetryArchive.OpenAsync(Root, run!, _clock, cancel) ?? throw new NoSuchRunException(run!);

    private Api.TelemetryRun Of(TelemetryRun one) => new(one.Run, one.Started, IsThis(one.Run) || one.IsRunning ? null : one.LastWritten, one.Bytes, IsThis(one.Run));

    private async Task SampleAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(SampleEvery, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                var over = TimeSpan.FromSeconds(10);
                _history.Add(_clock.GetUtcNow(), _node.Telemetry.ServiceRates(over).Concat(_node.Telemetry.RouteRates(over)));
            }
        }
        catch (OperationCanceledException)
        {
            // The console ends.
        }
    }
}
