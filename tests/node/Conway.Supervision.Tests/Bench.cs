using System.Collections.Concurrent;
using Conway.Lowering;
using Conway.Model;

namespace Conway.Supervision.Tests;

/// <summary>A supervisor over real processes: small Node.js servers in a folder of their own.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conway-supervision-");
    private readonly HealthProbe _probe = new(TimeProvider.System);

    public Bench(Func<Task>? settled = null, Func<int, int>? underWay = null)
    {
        Run = "r-test-" + Guid.NewGuid().ToString("N");
        Supervisor = new ServiceSupervisor("svc", new SupervisionContext
        {
            Clock = TimeProvider.System,
            Probe = _probe,
            Changed = s => Seen.Enqueue(s),
            Output = (_, replica, line, _) => Lines.Enqueue($"{replica} {System.Text.Encoding.UTF8.GetString(line.Span)}"),
            Log = (_, text) => Notes.Enqueue(text),
            Settled = settled ?? (() => Task.CompletedTask),
            UnderWay = underWay ?? (_ => 0),
        });
    }

    public string Run { get; }

    public string Folder => _folder.FullName;

    public ServiceSupervisor Supervisor { get; }

    public ConcurrentQueue<ReplicaStatus> Seen { get; } = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    public ConcurrentQueue<string> Notes { get; } = new();

    /// <summary>A server that answers its own version; what it does beside that is in <paramref name="script"/>.</summary>
    public Launch Server(
        string script = "", int replicas = 1, string version = "1", TimeSpan? drain = null, TimeSpan? startup = null, bool overlap = true, bool listen = true)
    {
        var file = Path.Combine(Folder, $"server-{Guid.NewGuid():N}.js");
        var server = $$"""
            const server = require('http').createServer((q, r) => q.url === '/slow' ? setTimeout(() => r.end('slow {{version}}'), 400) : r.end('{{version}}'));
            {{(listen ? "server.listen(process.env.PORT, process.env.HOST);" : "setInterval(() => {}, 1000);")}}
            """;
        File.WriteAllText(file, $"{script}\n{server}");
        var service = new ServicePlan
        {
            Name = "svc",
            Kind = ServiceKind.Command,
            Directory = Folder,
            Replicas = [.. Enumerable.Range(1, replicas).Select(i => new ReplicaPlan($"svc-{i}", i, Port(i), Port(100 + i)))],
            Environment = [],
            Health = new HealthPlan(null, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), 2, startup ?? TimeSpan.FromSeconds(20)),
            Drain = drain ?? TimeSpan.FromSeconds(5),
            Overlap = overlap,
            After = [],
            WaitsFor = [],
            Watch = [],
            Stores = [],
        };
        var run = new RunPlan
        {
            System = "test",
            Run = Run,
            Platform = new PlatformPlan(1, 2, 3, 4),
            Services = NameMap<ServicePlan>.Empty,
            Listeners = [],
            Routes = [],
            Journeys = NameMap<Journey>.Empty,
        };
        return new Launch(run, service, "node", [file]);
    }

    private readonly ConcurrentDictionary<int, int> _ports = new();

    public int Port(int which) => _ports.GetOrAdd(which, _ => FreePorts.Next());

    public ReplicaStatus Replica(int number = 1) => Supervisor.Replicas.Single(r => r.Number == number);

    public Task<ReplicaStatus> Until(ReplicaState state, int number = 1) => Until(r => r.State == state, $"{state}", number);

    public async Task<ReplicaStatus> Until(Func<ReplicaStatus, bool> when, string what, int number = 1)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            while (true)
            {
                if (Supervisor.Replicas.FirstOrDefault(r => r.Number == number) is { } replica && when(replica))
                {
                    return replica;
                }

                await Task.Delay(10, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"svc-{number} never was {what}; it is {Supervisor.Replicas.FirstOrDefault(r => r.Number == number)}; notes: {string.Join(" / ", Notes)}; lines: {string.Join(" / ", Lines)}");
        }
    }

    public async Task<string> Ask(string path = "/", int? port = null)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri($"http://127.0.0.1:{port ?? Replica().Port}{path}"), TestContext.Current.CancellationToken);
    }

    /// <summary>Processes of this bench that are alive.</summary>
    public IReadOnlyList<int> Alive() => UnixProcesses.Carrying("CONWAY_RUN", Run);

    public async Task UntilAlive(int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (Alive().Count != count)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Supervisor.DisposeAsync();
        await Keeper.SweepAsync(Run, TimeProvider.System, CancellationToken.None);
        _probe.Dispose();
        _folder.Delete(recursive: true);
    }
}
