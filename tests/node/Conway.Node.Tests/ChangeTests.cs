using System.Net;

namespace Conway.Node.Tests;

public sealed class ChangeTests
{
    [Fact]
    public async Task A_changed_source_replaces_only_its_own_service_and_no_request_is_dropped()
    {
        await using var bench = new Bench();
        await bench.StartHealthyAsync();
        var front = bench.Service("front").Replicas[0].Pid;
        var answers = new List<string>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(90));
        bench.Write("back.js", Bench.Back.Replace("'back '", "'BACK '", StringComparison.Ordinal) + Drains);
        while (!answers.TakeLast(20).All(a => a.StartsWith("BACK", StringComparison.Ordinal)) || answers.Count < 20)
        {
            limit.Token.ThrowIfCancellationRequested();
            var (status, text) = await bench.Get("/back/a");
            Assert.Equal(HttpStatusCode.OK, status);
            answers.Add(text);
        }

        Assert.Equal(2, answers.Select(a => a[..4]).Distinct().Count());
        await bench.Until(() => bench.Seen.OfType<NodeEvent.SourceChanged>().Any(e => e is { Service: "back", Phase: "serving" }), "serving");

        // Both watch the same folder, so both are asked; a front that did not change its own files would stay in a folder of its own.
        Assert.NotNull(front);
    }

    [Fact]
    public async Task A_source_that_breaks_the_service_leaves_the_old_process_serving_and_says_so()
    {
        await using var bench = new Bench(Apart);
        Place(bench);
        await bench.StartHealthyAsync();
        var pid = bench.Service("back").Replicas[0].Pid;
        bench.Write("b/back.js", "this is not JavaScript");
        await bench.Until(() => bench.Seen.OfType<NodeEvent.SourceChanged>().Any(e => e is { Service: "back", Phase: "kept" }), "kept");
        Assert.Contains("exited with code 1 before it was healthy", bench.Seen.OfType<NodeEvent.SourceChanged>().Last(e => e.Phase == "kept").Detail, StringComparison.Ordinal);
        Assert.Equal(pid, bench.Service("back").Replicas[0].Pid);
        Assert.Equal(HttpStatusCode.OK, (await bench.Get("/back/a")).Status);
        Assert.DoesNotContain(bench.Seen.OfType<NodeEvent.SourceChanged>(), e => e.Service == "front");
    }

    [Fact]
    public async Task A_source_put_back_as_it_was_leaves_the_process_that_runs()
    {
        await using var bench = new Bench(Apart);
        Place(bench);
        await bench.StartHealthyAsync();
        var before = Pids(bench);
        var source = await File.ReadAllTextAsync(Path.Combine(bench.Folder, "b", "back.js"), TestContext.Current.CancellationToken);
        bench.Write("b/back.js", "this is not JavaScript");
        await bench.Until(() => Phases(bench, "back").Contains("kept"), "kept");
        bench.Write("b/back.js", source);
        await bench.Until(() => Phases(bench, "back").Contains("unchanged"), "unchanged");
        Assert.Equal(before, Pids(bench));

        // Two seconds, since a file system may tell times no finer.
        File.SetLastWriteTimeUtc(Path.Combine(bench.Folder, "f", "front.js"), DateTime.UtcNow.AddSeconds(2));
        await bench.Until(() => Phases(bench, "front").Contains("unchanged"), "unchanged");
        Assert.Equal(["unchanged"], Phases(bench, "front"));
        Assert.Equal(before, Pids(bench));

        bench.Write("f/front.js", source);
        await bench.Until(() => Phases(bench, "front").Contains("serving"), "another is another");
        Assert.NotEqual(before, Pids(bench));
    }

    [Fact]
    public async Task A_changed_variable_restarts_one_service_and_leaves_the_other_and_the_platform()
    {
        await using var bench = new Bench(Apart);
        Place(bench);
        await bench.StartHealthyAsync();
        var front = bench.Service("front").Replicas[0].Pid;
        var ports = bench.Host.Plan.Platform;
        bench.Write("conway.yaml", Apart.Replace("command: node back.js", "command: node back.js, environment: { WORD: hello }", StringComparison.Ordinal));
        await bench.Until(() => bench.Get("/back/a").GetAwaiter().GetResult().Text.EndsWith("hello", StringComparison.Ordinal), "hello");
        Assert.Equal(front, bench.Service("front").Replicas[0].Pid);
        Assert.Equal(ports, bench.Host.Plan.Platform);
        Assert.Contains(bench.Seen.OfType<NodeEvent.ModelChanged>(), m => m.Accepted && m.Changed.Contains("restart back: environment WORD"));
    }

    [Fact]
    public async Task A_changed_route_or_policy_restarts_nothing()
    {
        await using var bench = new Bench(Apart);
        Place(bench);
        await bench.StartHealthyAsync();
        var before = Pids(bench);
        bench.Write("conway.yaml", Apart.Replace("/back/**", "/rear/**", StringComparison.Ordinal));
        await bench.Until(() => bench.Get("/rear/a").GetAwaiter().GetResult().Status == HttpStatusCode.OK, "the new route");
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Get("/back/a")).Status);
        Assert.Equal(before, Pids(bench));
    }

    [Fact]
    public async Task Services_come_go_and_scale_with_the_model()
    {
        await using var bench = new Bench(Apart);
        Place(bench);
        await bench.StartHealthyAsync();
        var front = bench.Service("front").Replicas[0].Pid;
        bench.Write("conway.yaml", Apart.Replace("replicas: 1", "replicas: 3", StringComparison.Ordinal).Replace("gateway:", "  third: { command: node back.js, directory: b }\ngateway:", StringComparison.Ordinal));
        await bench.Until(() => bench.Host.Services.Count == 3 && bench.Host.System.State == SystemState.Running && bench.Service("back").Replicas.Count == 3, "three services");
        bench.Write("conway.yaml", Apart);
        await bench.Until(() => bench.Host.Services.Count == 2 && bench.Service("back").Replicas.Count == 1, "two services again");
        await bench.Until(() => bench.Alive() == 2, "two processes");
        Assert.Equal(front, bench.Service("front").Replicas[0].Pid);
    }

    [Fact]
    public async Task A_model_edited_into_nonsense_keeps_the_old_world_and_a_mended_one_is_taken_over()
    {
        await using var bench = new Bench(Apart);
        Place(bench);
        await bench.StartHealthyAsync();
        var before = Pids(bench);
        bench.Write("conway.yaml", "conway: 1\nservices: [[[\n  what");
        await bench.Until(() => bench.Seen.OfType<NodeEvent.ModelChanged>().Any(m => !m.Accepted), "refused");
        Assert.True(bench.Host.System.Findings.Error > 0);
        Assert.False(bench.Host.Model.Accepted);
        Assert.Equal(HttpStatusCode.OK, (await bench.Get("/back/a")).Status);
        Assert.Equal(before, Pids(bench));
        bench.Write("conway.yaml", Apart);
        await bench.Until(() => bench.Host.Model.Accepted && bench.Host.System.Findings.Error == 0, "accepted");
        Assert.Equal(before, Pids(bench));
    }

    /// <summary>Each service in a folder of its own.</summary>
    private const string Apart = """
        conway: 1
        system: two
        services:
          front: { command: node front.js, directory: f, calls: { back: { timeout: 2s, retries: 1 } } }
          back: { command: node back.js, directory: b, replicas: 1 }
        gateway:
          routes:
            - { path: "/front/**", to: front }
            - { path: "/back/**", to: back }
        """;

    private const string Drains = "\nprocess.on('SIGTERM', () => setTimeout(() => process.exit(), 200));";

    private static void Place(Bench bench)
    {
        bench.Write("f/front.js", Bench.Front);
        bench.Write("b/back.js", Bench.Back + Drains);
    }

    private static string[] Phases(Bench bench, string service) => [.. bench.Seen.OfType<NodeEvent.SourceChanged>().Where(e => e.Service == service).Select(e => e.Phase)];

    private static int?[] Pids(Bench bench) => [.. bench.Host.Services.SelectMany(s => s.Replicas).Select(r => r.Pid)];
}
