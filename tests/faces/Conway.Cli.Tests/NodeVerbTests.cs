using System.Text.Json;

namespace Conway.Cli.Tests;

/// <summary>The verbs that talk to a running node, against one that speaks its API over real HTTP.</summary>
public sealed class NodeVerbTests : IAsyncLifetime
{
    private readonly SystemFolder _folder = new(Models.Clean);
    private FakeNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await FakeNode.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Ps_prints_one_object_a_replica_with_one_of_five_states()
    {
        _node.With("catalog", "healthy").With("orders", "building").With("payments", "stopping").With("stock", "stopped");
        var ended = await RunAsync("ps", "-o", "json");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        var replicas = JsonDocument.Parse(ended.Output).RootElement.EnumerateArray().ToArray();
        Assert.Equal(["catalog healthy healthy", "orders starting building", "payments unhealthy stopping", "stock stopped stopped"], replicas.Select(r => $"{r.GetProperty("name")} {r.GetProperty("state")} {r.GetProperty("detail")}"));
        Assert.Equal(
            """{"name":"catalog","replica":1,"state":"healthy","detail":"healthy","instance":"catalog-1","pid":4711,"port":41873,"url":"http://127.0.0.1:41873","startedAt":"2026-11-21T22:15:32.5Z","restarts":2,"reason":null,"waitingFor":[]}""",
            JsonSerializer.Serialize(replicas[0]));
    }

    [Fact]
    public async Task A_healthy_replica_of_a_service_that_waits_is_still_starting()
    {
        _node.Services["orders"] = """{"name":"orders","state":"waiting","wanted":1,"waitingFor":["catalog"],"replicas":[{"name":"orders-1","replica":1,"state":"healthy","pid":1}]}""";
        var ended = await RunAsync("ps", "-o", "json");
        var replica = JsonDocument.Parse(ended.Output).RootElement[0];
        Assert.Equal(("starting", "waiting", "catalog"), (replica.GetProperty("state").GetString(), replica.GetProperty("detail").GetString(), replica.GetProperty("waitingFor")[0].GetString()));
        Assert.Contains("waits for catalog", (await RunAsync("ps")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_replicas_is_shown_all_the_same()
    {
        _node.Services["orders"] = """{"name":"orders","state":"stopped","wanted":0,"waitingFor":[],"replicas":[]}""";
        Assert.Equal(0, JsonDocument.Parse((await RunAsync("ps", "-o", "json")).Output).RootElement[0].GetProperty("replica").GetInt32());
        Assert.Contains("orders   stopped", (await RunAsync("ps")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_keys_of_a_newer_node_are_skipped()
    {
        _node.With("orders", "healthy", extra: "\"fromTheFuture\":{\"a\":[1]},");
        Assert.Equal(0, (await RunAsync("ps")).Code);
    }

    [Fact]
    public async Task Wait_ends_when_the_last_service_is_healthy_and_tells_whom_it_waited_for()
    {
        _node.With("catalog", "healthy").With("orders", "starting");
        var waiting = RunAsync("wait", "--timeout", "20s");
        await UntilAsync(() => _node.Asked.Count(a => a == "GET services") > 2);
        _node.With("orders", "healthy");
        Assert.Equal(new Ended(0, "", "waiting for orders (starting)\n"), await waiting);
    }

    [Fact]
    public async Task Wait_for_a_system_that_is_about_to_appear_gives_it_time()
    {
        _node.With("orders", "healthy");
        var file = NodeFile.PathIn(new ModelLocation(_folder.Path, "conway.yaml"));
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        // As the node does it: first nothing, then a file without a token, then the whole one.
        File.Delete(file);
        var waiting = RunAsync("wait");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, FakeNode.NodeJson(_node.Url, "", Environment.ProcessId), TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await waiting).Code);
    }

    [Fact]
    public async Task Wait_for_stopped_is_content_when_nothing_runs_at_all()
    {
        File.Delete(NodeFile.PathIn(new ModelLocation(_folder.Path, "conway.yaml")));
        Assert.Equal(new Ended(0, "", ""), await RunAsync("wait", "--for", "stopped"));
    }

    [Fact]
    public async Task A_restart_is_over_when_a_new_process_is_healthy_not_before()
    {
        _node.With("orders", "healthy", pid: 100);
        var restarting = RunAsync("restart", "orders");
        await UntilAsync(() => _node.Asked.Contains("POST services/orders/restart") && _node.Asked.Count(a => a == "GET services") > 3);
        Assert.False(restarting.IsCompleted);
        _node.With("orders", "healthy", pid: 101);
        Assert.Equal(0, (await restarting).Code);
    }

    [Fact]
    public async Task Start_without_names_starts_what_is_stopped()
    {
        _node.With("catalog", "healthy").With("orders", "stopped").With("stock", "failed");
        _node.OnAct = (name, _) => _node.With(name, "healthy", pid: 5000);
        Assert.Equal(new Ended(0, "", "start orders\nstart stock\n"), await RunAsync("start"));
    }

    [Fact]
    public async Task Stop_with_a_name_stops_that_service_only()
    {
        _node.With("catalog", "healthy").With("orders", "healthy");
        _node.OnAct = (name, act) => _node.With(name, act == "stop" ? "stopped" : "healthy");
        Assert.Equal(0, (await RunAsync("stop", "orders")).Code);
        Assert.DoesNotContain("POST stop", _node.Asked);
    }

    [Fact]
    public async Task Stop_alone_returns_when_the_nodes_process_has_ended()
    {
        using var process = Shell.Start("/", null, ["sleep", "60"]);
        _folder.Write(".conway/node.json", FakeNode.NodeJson(_node.Url, FakeNode.Token, process.Id));
        _node.OnStop = () => process.Kill();
        Assert.Equal(new Ended(0, "", "stopping\nstopped\n"), await RunAsync("stop"));
        Assert.True(process.HasExited);
    }

    [Fact]
    public async Task An_unknown_service_is_answered_with_the_one_that_was_meant()
    {
        _node.With("catalog", "healthy");
        Assert.Equal(new Ended(2, "", "conway: there is no service 'catalogue'. Did you mean 'catalog'?\n"), await RunAsync("restart", "catalogue"));
    }

    [Fact]
    public async Task A_node_json_left_by_a_node_that_ended_is_recognised()
    {
        using var process = Shell.Start("/", null, ["true"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _folder.Write(".conway/node.json", FakeNode.NodeJson(_node.Url, FakeNode.Token, process.Id));
        var ended = await RunAsync("ps");
        Assert.Equal((7, $"conway: no system runs in this folder: .conway/node.json was left by a node that has ended (process {process.Id}). Start it with 'conway run'.\n"), (ended.Code, ended.Error));
    }

    [Fact]
    public async Task A_process_id_that_somebody_else_has_now_is_recognised_too()
    {
        _folder.Write(".conway/node.json", FakeNode.NodeJson("http://127.0.0.1:1", FakeNode.Token, Environment.ProcessId));
        Assert.Equal(7, (await RunAsync("ps")).Code);
        _folder.Write(".conway/node.json", FakeNode.NodeJson(_node.Url, "of another run", Environment.ProcessId));
        var ended = await RunAsync("ps");
        Assert.Equal(7, ended.Code);
        Assert.Contains("is not this folder's node", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"url\":\"nonsense\",\"token\":\"t\"}")]
    public async Task A_node_json_that_makes_no_sense_counts_as_none(string text)
    {
        _folder.Write(".conway/node.json", text);
        Assert.Equal(7, (await RunAsync("ps")).Code);
    }

    [Fact]
    public async Task Logs_asks_for_what_the_options_say_and_prints_oldest_first()
    {
        _node.With("orders", "healthy").Logs.AddRange([Log(1, "orders", "error", "card refused"), Log(2, "orders", "info", "second\\u001b[2J line\\nwith more")]);
        var ended = await Shell.RunAsync(_folder.Path, new Dictionary<string, string> { ["TZ"] = "UTC" }, [Repository.Conway, "logs", "orders", "--level", "warn", "--since", "1m30s", "--search", "\"card refused\"", "--tail", "7"]);
        Assert.Equal("22:16:01.120  orders-1  error  card refused  trace 4bf92f35\n22:16:02.120  orders-1  info   second·[2J line⏎with more  trace 4bf92f35\n", ended.Output);
        Assert.Contains("GET logs?query=service:orders level:warn since:90000ms \"card refused\"&limit=7", _node.Asked);
    }

    [Fact]
    public async Task Logs_in_json_is_one_record_a_line()
    {
        _node.Logs.Add(Log(1, "orders", "error", "card \\\"refused\\\""));
        var line = Assert.Single((await RunAsync("logs", "-o", "json")).Output.Trim().Split('\n'));
        Assert.Equal("card \"refused\"", JsonDocument.Parse(line).RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_long_tail_is_fetched_in_pages()
    {
        _node.Logs.AddRange(Enumerable.Range(1, 1300).Select(i => Log(i, "orders", "info", $"m{i}")));
        var ended = await RunAsync("logs", "--tail", "1200", "-o", "json");
        var lines = ended.Output.Trim().Split('\n');
        Assert.Equal(1200, lines.Length);
        Assert.Contains("\"m101\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"m1300\"", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Following_prints_each_record_once_and_says_what_was_left_out()
    {
        _node.Logs.AddRange([Log(1, "orders", "info", "m1"), Log(2, "orders", "info", "m2")]);
        _node.LaterLogs.Add(Log(3, "orders", "info", "m3"));
        var ended = await RunAsync("logs", "-f", "-o", "json");
        Assert.Equal(["m1", "m2", "m3"], ended.Output.Trim().Split('\n').Select(l => JsonDocument.Parse(l).RootElement.GetProperty("message").GetString()));
        Assert.Equal("note: 120 records were left out, because they came faster than they were read.\n", ended.Error);
    }

    [Fact]
    public async Task A_search_that_the_node_cannot_read_is_a_usage_error_in_its_words() =>
        Assert.Equal(new Ended(2, "", "conway: 'nonsense' is not a qualifier.\n"), await RunAsync("logs", "--search", "nonsense:1"));

    [Fact]
    public async Task Open_prints_the_address_in_a_pipe()
    {
        _node.With("orders", "healthy");
        Assert.Equal(new Ended(0, $"{_node.Url}/?code=once\n", ""), await RunAsync("open"));
        Assert.Equal($"{_node.Url}/services/orders?code=once\n", (await RunAsync("open", "orders")).Output);
        Assert.Equal($"{_node.Url}/traces/4bf9?code=once\n", (await RunAsync("open", "trace", "4bf9")).Output);
        Assert.Equal("http://127.0.0.1:8080\n", (await RunAsync("open", "storefront")).Output);
    }

    [Fact]
    public async Task Describe_masks_what_the_node_masks_and_json_is_the_nodes_own_object()
    {
        _node.With("orders", "healthy", extra: """
            "environment":[{"name":"KEY","value":null,"masked":true,"from":"secret key"},{"name":"LOG","value":"debug","masked":false,"from":"model"}],"fromTheFuture":1,
            """);
        var text = (await RunAsync("describe", "orders")).Output;
        Assert.EndsWith("environment  KEY=(masked)\n             LOG=debug\n", text, StringComparison.Ordinal);
        Assert.Equal(1, JsonDocument.Parse((await RunAsync("describe", "orders", "-o", "json")).Output).RootElement.GetProperty("fromTheFuture").GetInt32());
    }

    [Fact]
    public async Task Loopback_does_not_go_through_a_proxy()
    {
        _node.With("orders", "healthy");
        var proxy = new Dictionary<string, string> { ["HTTP_PROXY"] = "http://127.0.0.1:1", ["http_proxy"] = "http://127.0.0.1:1" };
        Assert.Equal(0, (await Shell.RunAsync(_folder.Path, proxy, [Repository.Conway, "ps"])).Code);
    }

    private static string Log(int id, string service, string level, string message) =>
        $$"""{"id":"{{id:000000}}-00","time":"2026-11-21T22:16:{{id % 60:00}}.120Z","service":"{{service}}","instance":"{{service}}-1","level":"{{level}}","message":"{{message}}","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":null,"source":"otlp","attributes":{"order.id":"o-17"} }""";

    private Task<Ended> RunAsync(params string[] arguments) => Shell.ProcessAsync(_folder.Path, arguments);

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
