using System.Collections.Concurrent;
using System.Net;
using Conway.Supervision;

namespace Conway.Node.Tests;

/// <summary>A node in this process over a system of small Node.js services in a folder of its own.</summary>
internal sealed class Bench : IAsyncDisposable
{
    /// <summary>Two services: <c>front</c> calls <c>back</c>; both are reached through the gateway.</summary>
    public const string TwoServices = """
        conway: 1
        system: two
        services:
          front: { command: node front.js, calls: { back: { timeout: 2s, retries: 1, required: true } } }
          back: { command: node back.js, replicas: 2 }
        gateway:
          routes:
            - { path: "/front/**", to: front }
            - { path: "/back/**", to: back }
        """;

    public const string Back = "require('http').createServer((q, r) => r.end('back ' + process.env.CONWAY_INSTANCE + ' ' + (process.env.WORD || '-'))).listen(process.env.PORT, process.env.HOST);";

    public const string Front = """
        const http = require('http');
        http.createServer((q, r) => http.get(process.env.BACK_URL + '/x', a => { let t = ''; a.on('data', d => t += d); a.on('end', () => r.end('front of ' + t)); }).on('error', e => { r.statusCode = 502; r.end(e.message); }))
          .listen(process.env.PORT, process.env.HOST);
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conway node ");
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };
    private NodeSubscription? _subscription;
    private NodeHost? _host;

    public Bench(string model = TwoServices)
    {
        Write("conway.yaml", model);
        Write("front.js", Front);
        Write("back.js", Back);
    }

    public string Folder => _folder.FullName;

    public NodeHost Host => _host ?? throw new InvalidOperationException("The node has not been started.");

    public ConcurrentQueue<NodeEvent> Seen { get; } = new();

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public NodeOptions Options => new()
    {
        Folder = Folder,
        GatewayPort = FreePorts.Next(),
        ConsolePort = FreePorts.Next(),

        // Stands in for the keeper, which the tests of the program itself prove: it waits for the end of its input.
        Program = ["/bin/sh", "-c", "cat > /dev/null"],
        Version = "test",
        Judge = (_, findings) => findings,
    };

    public async Task<NodeHost> StartAsync(NodeOptions? options = null)
    {
        var start = await NodeHost.StartAsync(options ?? Options, TestContext.Current.CancellationToken);
        Assert.True(start.Host is not null, $"{start.Refusal?.Message} {string.Join('\n', start.Refusal?.Findings ?? [])}");
        _host = start.Host;
        _subscription = _host.Subscribe();
        _ = CollectAsync(_subscription);
        return _host;
    }

    public async Task<NodeHost> StartHealthyAsync(NodeOptions? options = null)
    {
        var host = await StartAsync(options);
        await Until(() => host.System.State == SystemState.Running, "all healthy");
        return host;
    }

    public ServiceView Service(string name) => Host.Services.Single(s => s.Name == name);

    public async Task<(HttpStatusCode Status, string Text)> Get(string path)
    {
        using var response = await _client.GetAsync(new Uri(Host.System.GatewayUrl + path), TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task Until(Func<bool> condition, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            while (!condition())
            {
                await Task.Delay(15, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Never came: {what}. Services: {string.Join("; ", _host?.Services.Select(s => $"{s.Name} {s.State} {string.Join(",", s.Replicas.Select(r => $"{r.State} {r.Reason} {r.LastLog}"))}") ?? [])}");
        }
    }

    public int Alive() => _host is null ? 0 : UnixProcesses.Carrying("CONWAY_RUN", _host.Plan.Run).Count;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _subscription?.Dispose();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task CollectAsync(NodeSubscription subscription)
    {
        await foreach (var what in subscription.Events.ReadAllAsync())
        {
            Seen.Enqueue(what);
        }
    }
}
