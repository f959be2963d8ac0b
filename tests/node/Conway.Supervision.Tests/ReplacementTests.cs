using System.Globalization;

namespace Conway.Supervision.Tests;

/// <summary>How one generation of processes takes the place of another.</summary>
public sealed class ReplacementTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_replicas_of_a_change_take_over_together_when_the_last_of_them_could_serve()
    {
        await using var bench = new Bench();
        await StartTwo(bench);
        int?[] before = [.. bench.Supervisor.Replicas.Select(r => r.Pid)];
        var go = Path.Combine(bench.Folder, "go");
        var replacing = bench.Supervisor.ReplaceAsync(bench.Server(version: "2", replicas: 2, script: ListenOnceThereIs(go, "svc-2")), Cancel);
        await UntilListens(bench.Port(101));
        Assert.Equal(before, bench.Supervisor.Replicas.Select(r => r.Pid));
        Assert.False(replacing.IsCompleted);
        await File.WriteAllTextAsync(go, "", Cancel);
        Assert.Null((await replacing).Problem);
        Assert.Empty(before.Intersect(bench.Supervisor.Replicas.Select(r => r.Pid)));
        Assert.Equal("2", await bench.Ask(port: bench.Replica(1).Port));
        Assert.Equal("2", await bench.Ask(port: bench.Replica(2).Port));
        await bench.UntilAlive(2);
    }

    [Fact]
    public async Task A_replacement_that_is_given_up_leaves_the_old_ones_serving_and_no_process_behind()
    {
        await using var bench = new Bench();
        await StartTwo(bench);
        var replacing = bench.Supervisor.ReplaceAsync(bench.Server(replicas: 2, listen: false), Cancel);
        await bench.UntilAlive(4);
        bench.Supervisor.GiveUpReplacing();
        Assert.True((await replacing).GivenUp);
        Assert.Equal(2, bench.Alive().Count);
        Assert.Equal("1", await bench.Ask());
        Assert.Null((await bench.Supervisor.ReplaceAsync(bench.Server(version: "3", replicas: 2), Cancel)).Problem);
        Assert.Equal("3", await bench.Ask());
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_new_process_that_never_serves()
    {
        await using var bench = new Bench();
        await StartTwo(bench);
        var replacing = bench.Supervisor.ReplaceAsync(bench.Server(replicas: 2, listen: false, startup: TimeSpan.FromMinutes(10)), Cancel);
        await bench.UntilAlive(4);
        await bench.Supervisor.StopAsync(TimeSpan.Zero, Cancel);
        Assert.True((await replacing).GivenUp);
        Assert.Empty(bench.Alive());
    }

    [Fact]
    public async Task A_new_process_that_dies_for_a_passing_reason_is_started_once_more_and_serves()
    {
        await using var bench = new Bench();
        await StartTwo(bench);
        var died = Path.Combine(bench.Folder, "died");
        var replaced = await bench.Supervisor.ReplaceAsync(
            bench.Server(version: "2", replicas: 2, script: $"const fs = require('fs'); try {{ fs.writeFileSync('{died}', '', {{ flag: 'wx' }}); process.kill(process.pid, 'SIGABRT'); }} catch {{ }}"), Cancel);
        Assert.Null(replaced.Problem);
        Assert.Equal("2", await bench.Ask(port: bench.Replica(1).Port));
        Assert.Equal("2", await bench.Ask(port: bench.Replica(2).Port));
        Assert.Contains(bench.Notes, note => note == "the new process was ended by signal 6 before it was healthy; it is started once more");
        await bench.UntilAlive(2);
    }

    [Theory]
    [InlineData("Unhandled exception. System.IO.IOException: address in use", "info: ready", "Unhandled exception. System.IO.IOException: address in use", "   at Shop.Main()", "")]
    [InlineData("Error: listen EADDRINUSE", "node:net:1", "Error: listen EADDRINUSE", "    at Server.listen error", "Node.js v20.1.0")]
    [InlineData("bye", "hello", "bye", " ")]
    [InlineData(null)]
    [InlineData(null, "", "  ")]
    public void Of_what_a_process_printed_the_line_that_says_why_is_told(string? expected, params string[] lines) => Assert.Equal(expected, LastWords.Of(lines));

    [Fact]
    public async Task A_crash_while_the_successor_starts_leaves_one_process_and_it_serves()
    {
        await using var bench = new Bench();
        await bench.Supervisor.StartAsync(bench.Server(), Cancel);
        await bench.Until(ReplicaState.Healthy);
        var go = Path.Combine(bench.Folder, "go");
        var replacing = bench.Supervisor.ReplaceAsync(bench.Server(version: "2", script: ListenOnceThereIs(go, "svc-1")), Cancel);
        await bench.UntilAlive(2);

        // Twice, so that it pauses before its next try when the successor is there.
        var first = bench.Replica().Pid;
        bench.Supervisor.Kill(1);
        await bench.Until(r => r.Pid is not null && r.Pid != first, "started again");
        bench.Supervisor.Kill(1);
        await bench.Until(r => r.Restarts == 2, "dead again");
        await File.WriteAllTextAsync(go, "", Cancel);
        Assert.Null((await replacing).Problem);
        Assert.Equal("2", await bench.Ask());
        await bench.UntilAlive(1);
        Assert.Equal(bench.Alive().Single(), bench.Replica().Pid);
        Assert.Equal(ReplicaState.Healthy, bench.Replica().State);

        // And it is watched like any other.
        bench.Supervisor.Kill(1);
        await bench.Until(r => r.Restarts == 3 && r.State == ReplicaState.Healthy, "back");
    }

    [Fact]
    public async Task Without_overlap_one_replica_after_another_is_restarted_and_the_next_one_waits_until_it_serves()
    {
        await using var bench = new Bench();
        await bench.Supervisor.StartAsync(bench.Server(replicas: 2, overlap: false), Cancel);
        await bench.Until(ReplicaState.Healthy, 1);
        var second = (await bench.Until(ReplicaState.Healthy, 2)).Pid;
        var go = Path.Combine(bench.Folder, "go");
        var replacing = bench.Supervisor.ReplaceAsync(bench.Server(version: "2", replicas: 2, overlap: false, script: ListenOnceThereIs(go, "svc-1")), Cancel);
        await bench.Until(r => r.State == ReplicaState.Starting, "restarted", 1);
        Assert.Equal(2, bench.Alive().Count);
        Assert.Equal(second, bench.Replica(2).Pid);
        Assert.Equal("1", await bench.Ask(port: bench.Replica(2).Port));
        await File.WriteAllTextAsync(go, "", Cancel);
        Assert.Null((await replacing).Problem);
        Assert.Equal("2", await bench.Ask(port: bench.Replica(2).Port));
    }

    [Fact]
    public async Task Without_overlap_a_replica_that_does_not_come_back_keeps_the_others_as_they_are()
    {
        await using var bench = new Bench();
        await bench.Supervisor.StartAsync(bench.Server(replicas: 2, overlap: false), Cancel);
        await bench.Until(ReplicaState.Healthy, 1);
        await bench.Until(ReplicaState.Healthy, 2);
        var replaced = await bench.Supervisor.ReplaceAsync(bench.Server(replicas: 2, overlap: false, script: "process.exit(5);"), Cancel);
        Assert.Equal("the new process exited with code 5 before it was healthy", replaced.Problem);
        Assert.True(replaced.OldServe);
        Assert.Equal("1", await bench.Ask(port: bench.Replica(2).Port));
    }

    /// <summary>The server knows nothing of SIGTERM: it would end at once, whatever it is doing.</summary>
    [Fact]
    public async Task What_is_under_way_is_answered_before_a_process_is_asked_to_end_whether_it_is_replaced_scaled_down_or_stopped()
    {
        var underWay = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        await using var bench = new Bench(underWay: port => underWay.GetValueOrDefault(port));
        var two = bench.Server(replicas: 2);
        await bench.Supervisor.StartAsync(two, Cancel);
        await bench.Until(ReplicaState.Healthy, 1);
        await bench.Until(ReplicaState.Healthy, 2);

        var slow = Slow(2);
        await bench.Supervisor.StartAsync(two with { Service = two.Service with { Replicas = [two.Service.Replicas[0]] } }, Cancel);
        Assert.Equal("slow 1", await slow);
        Assert.Single(bench.Alive());

        slow = Slow(1);
        await bench.Supervisor.ReplaceAsync(bench.Server(version: "2"), Cancel);
        Assert.Equal("slow 1", await slow);

        slow = Slow(1);
        await bench.Supervisor.StopAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal("slow 2", await slow);
        Assert.Empty(bench.Alive());

        Task<string> Slow(int replica)
        {
            var port = bench.Replica(replica).Port;
            underWay[port] = 1;
            return AskAsync();

            async Task<string> AskAsync()
            {
                var answer = await bench.Ask("/slow", port);
                underWay[port] = 0;
                return answer;
            }
        }
    }

    [Fact]
    public async Task Who_never_gets_an_answer_does_not_keep_a_process_longer_than_it_was_said()
    {
        await using var bench = new Bench(underWay: _ => 1);
        await bench.Supervisor.StartAsync(bench.Server(drain: TimeSpan.FromMilliseconds(300)), Cancel);
        await bench.Until(ReplicaState.Healthy);
        await bench.Supervisor.ReplaceAsync(bench.Server(version: "2", drain: TimeSpan.FromMilliseconds(300)), Cancel);
        await bench.UntilAlive(1);
        await bench.Supervisor.StopAsync(TimeSpan.FromMilliseconds(300), Cancel);
        Assert.Empty(bench.Alive());
    }

    [Fact]
    public async Task The_next_change_does_not_wait_for_one_who_keeps_the_process_before_the_last()
    {
        await using var bench = new Bench(underWay: _ => 1);
        var hour = TimeSpan.FromHours(1);
        await bench.Supervisor.StartAsync(bench.Server(drain: hour), Cancel);
        await bench.Until(ReplicaState.Healthy);
        await bench.Supervisor.ReplaceAsync(bench.Server(version: "2", drain: hour), Cancel);
        await bench.Supervisor.ReplaceAsync(bench.Server(version: "3", drain: hour), Cancel);
        Assert.Equal("3", await bench.Ask());
        Assert.Equal(2, bench.Alive().Count);
        using var kill = new CancellationTokenSource();
        await kill.CancelAsync();
        await bench.Supervisor.StopAsync(hour, kill.Token);
        Assert.Empty(bench.Alive());
    }

    private static async Task StartTwo(Bench bench)
    {
        await bench.Supervisor.StartAsync(bench.Server(replicas: 2), Cancel);
        await bench.Until(ReplicaState.Healthy, 1);
        await bench.Until(ReplicaState.Healthy, 2);
    }

    /// <summary>For one of the replicas; the others listen at once.</summary>
    private static string ListenOnceThereIs(string file, string replica) => string.Create(CultureInfo.InvariantCulture, $$"""
        if (process.env.CONWAY_INSTANCE === '{{replica}}') {
          const net = require('net'), listen = net.Server.prototype.listen;
          net.Server.prototype.listen = function (...all) {
            const wait = setInterval(() => { if (require('fs').existsSync('{{file}}')) { clearInterval(wait); listen.apply(this, all); } }, 10);
          };
        }
        """);

    private static async Task UntilListens(int port)
    {
        using var client = new System.Net.Sockets.TcpClient();
        while (!client.Connected)
        {
            try
            {
                await client.ConnectAsync(System.Net.IPAddress.Loopback, port, Cancel);
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(10, Cancel);
            }
        }
    }
}
