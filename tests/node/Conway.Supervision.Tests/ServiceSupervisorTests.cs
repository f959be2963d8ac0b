namespace Conway.Supervision.Tests;

public sealed class ServiceSupervisorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_started_replica_becomes_healthy_and_a_stopped_one_leaves_no_process()
    {
        await using var bench = new Bench();
        await bench.Supervisor.StartAsync(bench.Server(), Cancel);
        await bench.Until(ReplicaState.Healthy);
        Assert.Equal("1", await bench.Ask());
        Assert.Single(bench.Alive());
        await bench.Supervisor.StopAsync(TimeSpan.FromSeconds(5), Cancel);
        Assert.Equal(ReplicaState.Stopped, bench.Replica().State);
        Assert.Empty(bench.Alive());
    }

    [Fact]
    public async Task A_killed_replica_comes_back_on_its_port()
    {
        await using var bench = new Bench();
        await bench.Supervisor.StartAsync(bench.Server(), Cancel);
        var first = await bench.Until(ReplicaState.Healthy);
        Assert.True(bench.Supervisor.Kill(1));
        var second = await bench.Until(r => r.State == ReplicaState.Healthy && r.Pid != first.Pid, "healthy again");
        Assert.Equal(first.Port, second.Port);
        Assert.Equal(1, second.Restarts);
        Assert.Equal(137, second.ExitCode);
    }

    [Fact]
    public async Task A_change_is_taken_over_without_one_refused_request()
    {
        // Whoever picks instances has settled when no request is on its way to a port that was read before.
        using var onItsWay = new SemaphoreSlim(1, 1);
        await using var bench = new Bench(async () =>
        {
            await onItsWay.WaitAsync(Cancel);
            onItsWay.Release();
        });
        const string Drains = "process.on('SIGTERM', () => server.close(() => process.exit()));";
        await bench.Supervisor.StartAsync(bench.Server(Drains), Cancel);
        var old = await bench.Until(ReplicaState.Healthy);
        var slow = bench.Ask("/slow");
        var answers = new List<string>();
        var replacing = bench.Supervisor.ReplaceAsync(bench.Server(Drains, version: "2"), Cancel);
        while (!replacing.IsCompleted)
        {
            await onItsWay.WaitAsync(Cancel);
            answers.Add(await bench.Ask(port: bench.Replica().Port));
            onItsWay.Release();
        }

        Assert.Null((await replacing).Problem);
        Assert.Equal("slow 1", await slow);
        Assert.Equal("2", await bench.Ask());
        Assert.NotEqual(old.Port, bench.Replica().Port);
        Assert.Equal(0, bench.Replica().Restarts);
        Assert.Equal(["1", "2"], answers.Append("2").Distinct());
        await bench.UntilAlive(1);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => bench.Ask(port: old.Port));
    }

    [Fact]
    public async Task A_new_process_that_is_never_healthy_leaves_the_old_one_serving()
    {
        await using var bench = new Bench();
        await bench.Supervisor.StartAsync(bench.Server(), Cancel);
        await bench.Until(ReplicaState.Healthy);
        var replaced = await bench.Supervisor.ReplaceAsync(bench.Server(script: "console.log('a port is gone'); process.exit(3)"), Cancel);
        Assert.Equal(new Replacement("the new process exited with code 3 before it was healthy, saying 'a port is gone'; that was the second try", OldServe: true, GivenUp: false), replaced);
        Assert.Equal("1", await bench.Ask());
        Assert.Equal(ReplicaState.Healthy, bench.Replica().State);
        Assert.Single(bench.Alive());
    }

    [Fact]
    public async Task When_the_second_replica_of_a_change_fails_the_first_goes_back_to_the_old_program()
    {
        await using var bench = new Bench();
        await bench.Supervisor.StartAsync(bench.Server(replicas: 2), Cancel);
        await bench.Until(ReplicaState.Healthy, 1);
        await bench.Until(ReplicaState.Healthy, 2);
        var bad = bench.Server(version: "2", replicas: 2, script: "if (process.env.CONWAY_INSTANCE === 'svc-2') process.exit(9);");
        Assert.NotNull((await bench.Supervisor.ReplaceAsync(bad, Cancel)).Problem);
        Assert.Equal("1", await bench.Ask(port: bench.Replica(1).Port));
        Assert.Equal("1", await bench.Ask(port: bench.Replica(2).Port));
    }

    [Fact]
    public async Task A_process_that_exits_at_once_again_and_again_counts_as_failed_and_says_why()
    {
        await using var bench = new Bench();
        await bench.Supervisor.StartAsync(bench.Server(script: "console.error('no database'); process.exit(7);"), Cancel);
        var failed = await bench.Until(ReplicaState.Failed);
        Assert.Equal(7, failed.ExitCode);
        Assert.StartsWith("exited with code 7", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("next try in", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("no database", bench.Supervisor.RecentLines(1));
    }

    [Fact]
    public async Task A_process_that_hangs_on_start_is_ended_when_its_time_is_over()
    {
        await using var bench = new Bench();
        await bench.Supervisor.StartAsync(bench.Server(listen: false, startup: TimeSpan.FromMilliseconds(600)), Cancel);
        var tried = await bench.Until(r => r.Reason?.Contains("no healthy answer within 600ms", StringComparison.Ordinal) == true, "given up on");
        Assert.Contains("connection refused", tried.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_ignores_SIGTERM_is_killed_after_its_drain_time()
    {
        await using var bench = new Bench();
        await bench.Supervisor.StartAsync(bench.Server(script: "process.on('SIGTERM', () => console.log('ignored'));", drain: TimeSpan.FromMilliseconds(300)), Cancel);
        await bench.Until(ReplicaState.Healthy);
        await bench.Supervisor.StopAsync(TimeSpan.FromSeconds(5), Cancel);
        Assert.Empty(bench.Alive());
        Assert.Contains("svc-1 ignored", bench.Lines);
        Assert.Contains(bench.Notes, n => n.StartsWith("did not end within 300ms of SIGTERM", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_grandchild_ends_with_its_service()
    {
        await using var bench = new Bench();
        await bench.Supervisor.StartAsync(bench.Server(script: "require('child_process').spawn('sleep', ['1000']);"), Cancel);
        await bench.Until(ReplicaState.Healthy);
        Assert.Equal(2, bench.Alive().Count);
        await bench.Supervisor.StopAsync(TimeSpan.FromSeconds(5), Cancel);
        Assert.Empty(bench.Alive());
    }

    [Fact]
    public async Task A_replica_that_is_to_stop_takes_no_new_request_first()
    {
        var settled = new TaskCompletionSource();
        await using var bench = new Bench(() => settled.Task);
        await bench.Supervisor.StartAsync(bench.Server(), Cancel);
        await bench.Until(ReplicaState.Healthy);
        var stopping = bench.Supervisor.StopAsync(TimeSpan.FromSeconds(5), CancellationToken.None);
        await bench.Until(ReplicaState.Stopping);
        Assert.Equal("1", await bench.Ask());
        settled.SetResult();
        await stopping;
    }

    [Fact]
    public async Task Unhealthy_and_healthy_again_without_a_restart()
    {
        await using var bench = new Bench();
        var launch = bench.Server(script: "process.on('SIGUSR2', () => { server.close(); server.closeAllConnections(); setTimeout(() => server.listen(process.env.PORT, process.env.HOST), 700); });");
        await bench.Supervisor.StartAsync(launch, Cancel);
        var pid = (await bench.Until(ReplicaState.Healthy)).Pid!.Value;
        UnixProcesses.Signal(pid, 12);
        var sick = await bench.Until(ReplicaState.Unhealthy);
        Assert.Contains("connection refused", sick.Reason, StringComparison.Ordinal);
        Assert.Equal(pid, (await bench.Until(ReplicaState.Healthy)).Pid);
    }

    [Fact]
    public async Task Fewer_replicas_stop_the_last_and_more_start_new_ones()
    {
        await using var bench = new Bench();
        var three = bench.Server(replicas: 3);
        await bench.Supervisor.StartAsync(three, Cancel);
        await bench.Until(ReplicaState.Healthy, 3);
        var pid = (await bench.Until(ReplicaState.Healthy, 1)).Pid;
        var one = three with { Service = three.Service with { Replicas = [three.Service.Replicas[0]] } };
        await bench.Supervisor.StartAsync(one, Cancel);
        Assert.Equal(["svc-1"], bench.Supervisor.Replicas.Select(r => r.Name));
        Assert.Equal(pid, bench.Replica(1).Pid);
        await bench.Supervisor.StartAsync(three, Cancel);
        await bench.Until(ReplicaState.Healthy, 2);
    }

    [Fact]
    public async Task A_missing_folder_or_program_is_said_in_a_sentence()
    {
        await using var bench = new Bench();
        var launch = bench.Server();
        await bench.Supervisor.StartAsync(launch with { Service = launch.Service with { Directory = "/no/such/folder" } }, Cancel);
        var failed = await bench.Until(r => r.Reason is not null, "told");
        Assert.StartsWith("its folder '/no/such/folder' does not exist", failed.Reason, StringComparison.Ordinal);
    }
}
