using System.Net;
using Conway.Supervision;

namespace Conway.Node.Tests;

public sealed class RunTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_goes_through_the_gateway_over_the_callers_listener_to_a_replica_and_is_seen_on_both_edges()
    {
        await using var bench = new Bench();
        await bench.StartHealthyAsync();
        var (status, text) = await bench.Get("/front/a");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("front of back back-", text, StringComparison.Ordinal);
        await bench.Until(() => bench.Host.Graph(TimeSpan.FromMinutes(1)).Edges.Count(e => e.Traffic?.RequestsPerSecond > 0) == 2, "traffic on both edges");
        var edges = bench.Host.Graph(TimeSpan.FromMinutes(1)).Edges;
        Assert.Equal(["gateway>front", "gateway>back", "front>back"], edges.Select(e => $"{e.From}>{e.To}"));
        Assert.All(edges, e => Assert.True(e.Declared));

        using var prometheus = new HttpClient();
        var metrics = await prometheus.GetStringAsync(new Uri(bench.Host.System.OtlpUrl + "/metrics"), Cancel);
        Assert.Contains("\nconway_edge_requests_total{callee=\"front\",caller=\"gateway\",operation=\"GET /front/**\",protocol=\"http\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nconway_edge_requests_total{callee=\"back\",caller=\"front\",operation=\"GET\",protocol=\"http\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nconway_service_wanted_replicas{service=\"back\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nconway_replica_state{replica=\"back-2\",service=\"back\",state=\"healthy\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nconway_replica_state{replica=\"back-2\",service=\"back\",state=\"failed\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nconway_replica_restarts_total{replica=\"front-1\",service=\"front\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nconway_endpoint_attempts_total{callee=\"front\",caller=\"gateway\",replica=\"front-1\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nconway_endpoint_ejected{callee=\"back\",caller=\"front\",replica=\"back-1\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nconway_registry_instances{health=\"passing\",service=\"back\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nconway_findings{severity=\"error\"} 0\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_route_gets_a_problem_and_not_a_stack_trace()
    {
        await using var bench = new Bench();
        await bench.StartHealthyAsync();
        var (status, text) = await bench.Get("/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("\"status\":404", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_stop_no_process_no_port_and_no_node_file_is_left_and_stores_and_ports_stay()
    {
        await using var bench = new Bench();
        var host = await bench.StartHealthyAsync();
        host.Announce("http://127.0.0.1:1", "token");
        Assert.True(File.Exists(Path.Combine(bench.Folder, ".conway", "node.json")));
        var ports = new[] { host.Plan.Platform.GatewayPort, host.Plan.Platform.OtlpPort, host.Plan.Platform.RegistryPort, host.Plan.Listeners[0].Port };
        Assert.Equal(3, bench.Alive());
        await host.StopAsync(Cancel);
        Assert.Equal(0, bench.Alive());
        Assert.False(File.Exists(Path.Combine(bench.Folder, ".conway", "node.json")));
        Assert.All(ports, Free);

        var again = await bench.StartHealthyAsync(bench.Options with { GatewayPort = ports[0] });
        int[] kept = [again.Plan.Platform.OtlpPort, again.Plan.Platform.RegistryPort, again.Plan.Listeners[0].Port];
        Assert.Equal(ports.Skip(1), kept);
    }

    [Fact]
    public async Task A_run_that_cannot_write_where_it_is_goes_on_and_says_so()
    {
        await using var bench = new Bench();
        var host = await bench.StartHealthyAsync();
        var before = await File.ReadAllTextAsync(Path.Combine(bench.Folder, ".conway", "node.json"), Cancel);
        Directory.CreateDirectory(Path.Combine(bench.Folder, ".conway", "node.json.new"));
        Assert.Matches(@"^'.*/\.conway' cannot be written \(.+[^.]\), so conway ps, logs, stop and their like will not find this run\. It goes on\.$", host.Announce("http://127.0.0.1:1", "token"));
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(bench.Folder, ".conway", "node.json"), Cancel));
        Assert.Equal("http://127.0.0.1:1", host.System.ConsoleUrl);
        Assert.Equal(HttpStatusCode.OK, (await bench.Get("/back/a")).Status);
    }

    [Fact]
    public async Task A_killed_replica_is_not_felt_by_who_calls_and_comes_back()
    {
        await using var bench = new Bench();
        var host = await bench.StartHealthyAsync();
        var pid = bench.Service("back").Replicas[0].Pid;
        var failed = 0;
        var calling = Task.Run(async () =>
        {
            while (bench.Service("back").Replicas[0] is not { State: ReplicaState.Healthy } back || back.Pid == pid)
            {
                failed += (await bench.Get("/front/a")).Status == HttpStatusCode.OK ? 0 : 1;
            }
        }, Cancel);
        Assert.True(host.KillReplica("back", 1));
        await calling;
        Assert.Equal(0, failed);
        Assert.Equal(1, bench.Service("back").Replicas[0].Restarts);
    }

    [Fact]
    public async Task A_required_callee_makes_readiness_wait_and_not_start()
    {
        await using var bench = new Bench();
        bench.Write("back.js", "setTimeout(() => { " + Bench.Back + " }, 1500);");
        await bench.StartAsync();
        await bench.Until(() => bench.Service("front").State == ReplicaState.Waiting, "front waits");
        Assert.Equal(["back"], bench.Service("front").WaitingFor);
        Assert.Equal("waits for back", bench.Service("front").Replicas[0].Reason);
        Assert.NotNull(bench.Service("front").Replicas[0].Pid);
        await bench.Until(() => bench.Host.System.State == SystemState.Running, "running");
    }

    [Fact]
    public async Task One_service_that_exits_at_once_leaves_the_rest_running_and_says_why()
    {
        await using var bench = new Bench(Bench.TwoServices.Replace("required: true", "required: false", StringComparison.Ordinal));
        bench.Write("front.js", "console.error('no such table: carts'); process.exit(4);");
        await bench.StartAsync();
        await bench.Until(() => bench.Service("front").State == ReplicaState.Failed, "failed");
        await bench.Until(() => bench.Service("back").State == ReplicaState.Healthy, "back healthy");
        Assert.Equal(SystemState.Degraded, bench.Host.System.State);
        Assert.Contains("exited with code 4", bench.Service("front").Replicas[0].Reason, StringComparison.Ordinal);
        Assert.Contains("no such table: carts", bench.Host.RecentLines("front", 1));
        Assert.Equal(HttpStatusCode.OK, (await bench.Get("/back/a")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await bench.Get("/front/a")).Status);
    }

    [Fact]
    public async Task A_stopped_service_stays_stopped_until_it_is_started()
    {
        await using var bench = new Bench();
        await bench.StartHealthyAsync();
        var others = Pids();
        Assert.True(bench.Host.StopService("front"));
        await bench.Until(() => bench.Service("front").State == ReplicaState.Stopped, "stopped");
        await bench.Until(() => bench.Alive() == 2, "that nothing of it is left");
        Assert.Equal(others, Pids());
        bench.Write("front.js", Bench.Front + "\n// changed");
        Assert.True(bench.Host.StartService("front"));
        await bench.Until(() => bench.Service("front").State == ReplicaState.Healthy, "healthy");
        Assert.False(bench.Host.StopService("nobody"));

        int?[] Pids() => [.. bench.Service("back").Replicas.Select(r => r.Pid)];
    }

    [Fact]
    public async Task A_service_that_writes_without_end_slows_nobody_and_fills_no_memory()
    {
        await using var bench = new Bench();
        bench.Write("back.js", Bench.Back + """

            const line = Buffer.alloc(1 << 20, 'x'.repeat(127) + '\n');
            (function write() { while (process.stdout.write(line)); process.stdout.once('drain', write); })();
            """);
        await bench.StartHealthyAsync();
        await bench.Until(() => bench.Host.Telemetry.Status.Services.Any(s => s.Service == "back" && s.Logs + s.LinesDropped > 1_000_000), "a million lines");
        Assert.Equal(HttpStatusCode.OK, (await bench.Get("/front/a")).Status);
        Assert.Equal(SystemState.Running, bench.Host.System.State);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, 700L << 20);
    }

    [Fact]
    public async Task A_service_that_does_not_speak_HTTP_is_never_healthy_and_the_reason_says_so()
    {
        await using var bench = new Bench(Bench.TwoServices.Replace("node front.js,", "node front.js, health: /ready,", StringComparison.Ordinal).Replace("required: true", "required: false", StringComparison.Ordinal));
        bench.Write("front.js", "require('net').createServer(s => s.on('data', () => s.end('this is not HTTP\\r\\n\\r\\n'))).listen(process.env.PORT, process.env.HOST);");
        await bench.StartAsync();
        await bench.Until(() => bench.Service("back").State == ReplicaState.Healthy, "back healthy");
        await bench.Until(() => bench.Service("front").Replicas[0].LastAnswer == "the answer is not HTTP", "told");
        Assert.Equal(ReplicaState.Starting, bench.Service("front").State);
    }

    [Fact]
    public async Task A_second_node_on_the_folder_is_refused_and_told_about_the_first()
    {
        await using var bench = new Bench();
        var host = await bench.StartAsync();
        host.Announce("http://127.0.0.1:4711", "token");
        var second = await NodeHost.StartAsync(bench.Options, Cancel);
        Assert.Equal(RefusalKind.AlreadyRunning, second.Refusal!.Kind);
        Assert.Contains("http://127.0.0.1:4711", second.Refusal.Message, StringComparison.Ordinal);
        Assert.Contains("conway stop", second.Refusal.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_gateway_port_gives_the_next_free_one()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var bench = new Bench();
        var host = await bench.StartAsync(bench.Options with { GatewayPort = port });
        Assert.InRange(host.Plan.Platform.GatewayPort, port + 1, port + 200);
        Assert.EndsWith($":{host.Plan.Platform.GatewayPort}", host.System.GatewayUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_with_errors_is_refused_with_all_of_them()
    {
        await using var bench = new Bench("conway: 1\nsystem: two\nservices:\n  a: { command: x, calls: { b: {} } }\n  c: { comand: y }\n");
        var start = await NodeHost.StartAsync(bench.Options, Cancel);
        Assert.Equal(RefusalKind.ModelInvalid, start.Refusal!.Kind);
        Assert.True(start.Refusal.Findings.Count(f => f.Severity == Conway.Findings.Severity.Error) >= 2);
        Assert.False(Directory.Exists(Path.Combine(bench.Folder, ".conway", "stores")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_in_a_sentence()
    {
        await using var bench = new Bench();
        bench.Write(".conway", "a file where the folder should be");
        var start = await NodeHost.StartAsync(bench.Options, Cancel);
        Assert.Equal(RefusalKind.CannotStart, start.Refusal!.Kind);
        Assert.Contains("cannot be written", start.Refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_run_left_is_cleared_up_by_the_next()
    {
        await using var bench = new Bench();
        var left = "r-test-" + Guid.NewGuid().ToString("N");
        var info = new System.Diagnostics.ProcessStartInfo("sleep", "1000");
        info.Environment["CONWAY_RUN"] = left;
        using var orphan = System.Diagnostics.Process.Start(info)!;
        Directory.CreateDirectory(Path.Combine(bench.Folder, ".conway"));
        new NodeFile("http://127.0.0.1:1", "t", 1, left, DateTimeOffset.UnixEpoch).Write(Path.Combine(bench.Folder, ".conway"));
        await bench.StartAsync();
        await orphan.WaitForExitAsync(Cancel);
        Assert.Empty(UnixProcesses.Carrying("CONWAY_RUN", left));
    }

    [Fact]
    public async Task Only_the_named_services_are_started()
    {
        await using var bench = new Bench();
        var host = await bench.StartHealthyAsync(bench.Options with { Only = ["back"] });
        Assert.Equal(["back"], host.Services.Select(s => s.Name));
        var unknown = await NodeHost.StartAsync(bench.Options with { Only = ["bakc"] }, Cancel);
        Assert.Equal("Did you mean 'back'?", unknown.Refusal!.Mend);
    }

    private static void Free(int port)
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, port);
        listener.Start();
    }
}
