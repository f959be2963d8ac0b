using Conway.Findings;
using Conway.Lowering;
using Conway.Supervision;
using Conway.Testing;

namespace Conway.Node;

/// <summary>A running system: engines, services, and what is known of them. The wiring, read like a table of contents.</summary>
/// <remarks>Thread-safe. Views are made anew from what is true now; events say when it is worth asking again.</remarks>
public sealed partial class NodeHost : IAsyncDisposable
{
    private readonly NodeOptions _options;
    private readonly FolderLock _folderLock;
    private readonly PortLedger _ports;
    private readonly Keeper _keeper;
    private readonly HealthProbe _probe;
    private readonly EventHub _events;
    private readonly Platform _platform;
    private readonly RunDatabases _databases;
    private readonly Fleet _fleet;
    private readonly Reconciliation _reconciliation;
    private readonly ModelInUse _model;
    private readonly JourneyRunner _journeys;
    private readonly CancellationTokenSource _ending;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _starting;
    private readonly Task _watching;
    private readonly Task _playing;
    private readonly Task _looking;
    private readonly Task _showing;
    private Task? _stopping;
    private string _consoleUrl;

    private NodeHost(NodeParts parts)
    {
        _options = parts.Options;
        _folderLock = parts.Lock;
        _ports = parts.Ports;
        _keeper = parts.Keeper;
        _probe = parts.Probe;
        _events = parts.Events;
        _platform = parts.Platform;
        _databases = parts.Databases;
        _fleet = parts.Fleet;
        _reconciliation = parts.Reconciliation;
        _model = parts.Model;
        _journeys = parts.Journeys;
        _ending = parts.Ending;
        _history = new FindingHistory(_options.StateFolder, Plan.Run);
        StartedAt = parts.Options.Clock.GetUtcNow();
        _consoleUrl = Platform.Url(Plan.Platform.ConsolePort);
        _starting = StartServicesAsync();
        _watching = _options.Watch ? WatchAsync() : Task.CompletedTask;
        _playing = PlayAsync();
        _looking = LookForFindingsAsync();
        _showing = _options.Demo is { } length ? DemoAsync(length) : Task.CompletedTask;
    }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Absolute folder for what the run leaves behind.</summary>
    public string StateFolder => _options.StateFolder;

    /// <summary>The plan in use.</summary>
    public RunPlan Plan => _fleet.Plan;

    /// <summary>All telemetry of this run and of earlier ones.</summary>
    public Conway.Telemetry.TelemetryEngine Telemetry => _platform.Telemetry;

    /// <summary>Ends when the node has stopped, whoever asked for it.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Reads the model and begins the run: engines first, then all services at once. Returns as soon as the engines serve;
    /// services come up meanwhile and tell so by events.</summary>
    public static Task<NodeStart> StartAsync(NodeOptions options, CancellationToken cancel) => NodeStarter.StartAsync(options, p => new NodeHost(p), cancel);

    /// <summary>Why no node can begin on this folder now: another one runs there. Null when none does.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static Refusal? AlreadyRunning(string stateFolder) => NodeStarter.AlreadyRunning(stateFolder);

    /// <summary>Reads the model and makes the plan without doing anything: for <c>conway run --plan</c>.</summary>
    public static (RunPlan? Plan, IReadOnlyList<Finding> Findings) PlanOnly(NodeOptions options) => NodeStarter.PlanOnly(options);

    /// <summary>Every event from now on.</summary>
    public NodeSubscription Subscribe() => _events.Subscribe();

    /// <summary>Tells other programs where the node is. The console does this once it listens.</summary>
    /// <returns>Why they cannot be told, in a sentence; null when all is well. The run goes on either way.</returns>
    public string? Announce(string url, string token)
    {
        _consoleUrl = url;
        string? trouble = null;
        try
        {
            new NodeFile(url, token, global::System.Environment.ProcessId, Plan.Run, StartedAt).Write(_options.StateFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            trouble = $"'{_options.StateFolder}' cannot be written ({e.Message.TrimEnd('.')}), so conway ps, logs, stop and their like will not find this run. It goes on.";
        }

        _events.Publish(new NodeEvent.SystemChanged(System));
        return trouble;
    }

    /// <summary>Starts a service that was stopped or gave up. False: there is none of that name.</summary>
    public bool StartService(string name) => Command(name, unit => _fleet.StartAsync(unit, _ending.Token));

    /// <summary>Lets a service finish and ends it.</summary>
    public bool StopService(string name) => Command(name, _fleet.StopAsync);

    /// <summary>Replaces a service's processes, building first what changed.</summary>
    public bool RestartService(string name) => Command(name, unit => _fleet.RestartAsync(unit, rebuild: false, _ending.Token));

    /// <summary>Builds a service, whether or not something changed, and replaces its processes.</summary>
    public bool RebuildService(string name) => Command(name, unit => _fleet.RestartAsync(unit, rebuild: true, _ending.Token));

    /// <summary>SIGKILL to one replica, to see what happens. False: there is none with a process.</summary>
    public bool KillReplica(string service, int number) => _fleet.Find(service)?.Supervisor.Kill(number) ?? false;

    /// <summary>The last lines a replica wrote.</summary>
    public IReadOnlyList<string> RecentLines(string service, int number) => _fleet.Find(service)?.Supervisor.RecentLines(number) ?? [];

    /// <summary>Drains and ends everything. A second call, or a cancelled <paramref name="kill"/>, does not change the outcome but its speed.</summary>
    public Task StopAsync(CancellationToken kill)
    {
        lock (_events)
        {
            return _stopping ??= StopAsync_Once(kill);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    private async Task StartServicesAsync()
    {
        try
        {
            await _fleet.StartAllAsync(_ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped while it started.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _events.Publish(new NodeEvent.Notice($"not everything could be started: {e.Message}"));
        }
    }

    private bool Command(string name, Func<ServiceUnit, Task> what)
    {
        if (_fleet.Find(name) is not { } unit || _ending.IsCancellationRequested)
        {
            return false;
        }

        _ = RunAsync();
        return true;

        async Task RunAsync()
        {
            try
            {
                await what(unit).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The node stops.
            }
        }
    }

    private async Task StopAsync_Once(CancellationToken kill)
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        _events.Publish(new NodeEvent.SystemChanged(System));

        // However these ended, what runs has to be stopped.
        await Task.WhenAll(_starting, _watching, _playing, _looking, _showing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _journeys.DisposeAsync().ConfigureAwait(false);

        // From the outside in: one service may need another for what it was asked before.
        await Task.WhenAny(_platform.Gateway.CloseAsync(Fleet.LeaveAtEnd), Task.Delay(Timeout.Infinite, kill)).ConfigureAwait(false);
        await _fleet.StopAllAsync(kill).ConfigureAwait(false);
        await _reconciliation.DisposeAsync().ConfigureAwait(false);
        await _fleet.DisposeAsync().ConfigureAwait(false);
        await _databases.StopAsync(kill).ConfigureAwait(false);
        await _platform.DisposeAsync().ConfigureAwait(false);

        // Build servers and whatever a service left behind; the keeper stays until nothing is left.
        await Keeper.SweepAsync(Plan.Run, _options.Clock, CancellationToken.None).ConfigureAwait(false);
        await _keeper.EndAsync(CancellationToken.None).ConfigureAwait(false);
        _keeper.Dispose();
        _probe.Dispose();
        NodeFile.Delete(_options.StateFolder);
        _folderLock.Dispose();
        _events.Complete();
        _stopped.TrySetResult();
    }
}
