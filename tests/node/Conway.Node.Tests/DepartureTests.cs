using System.Collections.Concurrent;
using System.Net;
using Conway.Supervision;

namespace Conway.Node.Tests;

/// <summary>A process that is to go, whatever the reason, answers what it was asked. The services here know nothing of SIGTERM and would break off.</summary>
public sealed class DepartureTests
{
    /// <summary>Each service in a folder of its own; answers take up to half a second.</summary>
    private const string Model = """
        conway: 1
        system: two
        services:
          front: { command: node front.js, directory: f, calls: { back: { timeout: 5s, retries: 0 } } }
          back: { command: node back.js, directory: b, replicas: 3 }
        gateway:
          routes:
            - { path: "/front/**", to: front }
            - { path: "/back/**", to: back }
        """;

    private const string Slow = "require('http').createServer((q, r) => setTimeout(() => r.end('1'), 500 * Math.random())).listen(process.env.PORT, process.env.HOST);";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fewer_replicas_a_restart_and_another_program_cut_no_request_off()
    {
        await using var bench = await StartAsync();
        await using var outside = new Callers(bench, "/back/a", 20);
        await using var inside = new Callers(bench, "/front/a", 10);
        await outside.Answered(50);

        bench.Write("conway.yaml", Model.Replace("replicas: 3", "replicas: 1", StringComparison.Ordinal));
        await bench.Until(() => bench.Service("back").Replicas.Count == 1 && bench.Alive() == 2, "one replica");
        await outside.Answered(50);

        var pid = bench.Service("back").Replicas[0].Pid;
        Assert.True(bench.Host.RestartService("back"));
        await bench.Until(() => bench.Service("back").Replicas[0].Pid != pid && bench.Alive() == 2, "restarted");
        await outside.Answered(50);

        bench.Write("b/back.js", Slow + "// another");
        await bench.Until(() => bench.Seen.OfType<NodeEvent.SourceChanged>().Count(e => e is { Service: "back", Phase: "serving" }) == 2 && bench.Alive() == 2, "replaced");
        await outside.Answered(50);
        await inside.Answered(20);
        Assert.Empty(outside.Failures);
        Assert.Empty(inside.Failures);
    }

    [Fact]
    public async Task A_service_that_is_stopped_or_removed_answers_what_it_was_asked_before()
    {
        await using var bench = await StartAsync();
        await using (var callers = new Callers(bench, "/back/a", 20))
        {
            await callers.Answered(50);
            Assert.True(bench.Host.StopService("back"));
            await bench.Until(() => bench.Service("back").State == ReplicaState.Stopped, "stopped");
            await bench.Until(() => callers.Failures.Any(f => f.Contains("no-healthy-endpoint", StringComparison.Ordinal)), "nobody is there any more");
            Assert.All(callers.Failures, f => Assert.Contains("no-healthy-endpoint", f, StringComparison.Ordinal));
        }

        Assert.True(bench.Host.StartService("back"));
        await bench.Until(() => bench.Service("back").State == ReplicaState.Healthy, "back");
        await using var others = new Callers(bench, "/back/a", 20);
        await others.Answered(50);
        bench.Write("conway.yaml", """
            conway: 1
            system: two
            services:
              front: { command: node front.js, directory: f }
            gateway: { routes: [ { path: "/front/**", to: front } ] }
            """);
        await bench.Until(() => bench.Host.Services.Count == 1 && bench.Alive() == 1, "removed");
        Assert.All(others.Failures, f => Assert.StartsWith("404", f, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_end_of_everything_answers_what_was_asked_before()
    {
        await using var bench = await StartAsync();
        await using var inside = new Callers(bench, "/front/a", 10);
        await using var outside = new Callers(bench, "/back/a", 10);
        await inside.Answered(50);
        await inside.StopAskingAsync(async () => await outside.StopAskingAsync(async () => await bench.Host.StopAsync(Cancel)));
        Assert.Empty(inside.Failures);
        Assert.Empty(outside.Failures);
        Assert.Equal(0, bench.Alive());
    }

    private static async Task<Bench> StartAsync()
    {
        var bench = new Bench(Model);
        bench.Write("f/front.js", Bench.Front);
        bench.Write("b/back.js", Slow);
        await bench.StartHealthyAsync();
        return bench;
    }

    /// <summary>So many at a time ask again and again.</summary>
    private sealed class Callers : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        private readonly Task _asking;
        private int _answered;

        public Callers(Bench bench, string path, int many) => _asking = Task.WhenAll(Enumerable.Range(0, many).Select(_ => AskAsync(bench, path)));

        public ConcurrentQueue<string> Failures { get; } = new();

        public async Task Answered(int more)
        {
            var until = Volatile.Read(ref _answered) + more;
            while (Volatile.Read(ref _answered) < until)
            {
                await Task.Delay(10, Cancel);
            }
        }

        /// <summary>Asks nothing more, does this meanwhile, and waits for the answers to what was asked.</summary>
        public async Task StopAskingAsync(Func<Task> meanwhile)
        {
            await _stop.CancelAsync();
            await meanwhile();
            await _asking;
        }

        public async ValueTask DisposeAsync() => await StopAskingAsync(() => Task.CompletedTask);

        private async Task AskAsync(Bench bench, string path)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    var (status, text) = await bench.Get(path);
                    Interlocked.Increment(ref _answered);
                    if (status != HttpStatusCode.OK)
                    {
                        Failures.Enqueue($"{(int)status} {text}");
                        await Task.Delay(20, Cancel);
                    }
                }
                catch (HttpRequestException e)
                {
                    Failures.Enqueue(e.ToString());
                }
            }
        }
    }
}
