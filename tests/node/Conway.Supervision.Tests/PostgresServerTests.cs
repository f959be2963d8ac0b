using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Conway.Lowering;
using Conway.Supervision.Databases;

namespace Conway.Supervision.Tests;

/// <summary>With the real server, in a folder that only the user of the tests may enter.</summary>
public sealed class PostgresServerTests(MadeCluster made) : IClassFixture<MadeCluster>, IAsyncDisposable
{
    private static readonly PostgresDatabase[] Both = [new("orders-db", "orders-db-owner", ["orders"]), new("catalog-db", "catalog-db-owner", ["catalog"])];

    private readonly string _folder = Directory.CreateTempSubdirectory("conway pg-").FullName;
    private readonly string _run = $"r-test-{Guid.NewGuid():N}";
    private readonly int _port = FreePorts.Next();
    private readonly ConcurrentQueue<string> _told = new();
    private readonly List<PostgresServer> _servers = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder, "data");

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.StopAsync(CancellationToken.None);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_killed_server_comes_back_at_its_address_with_its_data_and_who_stops_it_leaves_nothing()
    {
        var server = await StartAsync();
        await server.FillAsync(Both, PasswordOf, Cancel);
        await server.FillAsync(Both, PasswordOf, Cancel);
        Assert.Equal((0, "7|orders-db-owner"), await SqlAsync("orders", "orders-db", "CREATE TABLE t AS SELECT 7 AS x; SELECT x, tableowner FROM t, pg_tables WHERE tablename = 't'"));

        var first = server.Pid;
        UnixProcesses.Signal(first, UnixProcesses.SigKill);
        await Until(() => server.Pid != first);
        await server.FillAsync(Both, PasswordOf, Cancel);
        Assert.Equal((0, "7"), await SqlAsync("orders", "orders-db", "SELECT x FROM t"));
        Assert.Equal("the PostgreSQL server was ended by signal 9; next try now", _told.First());
        Assert.NotEmpty(UnixProcesses.Carrying("CONWAY_RUN", _run));

        await StopAsync(server);
        Assert.Empty(UnixProcesses.Carrying("CONWAY_RUN", _run));
        Assert.False(File.Exists(Path.Combine(Data, "postmaster.pid")));
    }

    [Fact]
    public async Task A_service_comes_to_the_databases_of_its_own_stores_only_and_no_longer_when_they_are_anothers()
    {
        var server = await StartAsync();
        await server.FillAsync(Both, PasswordOf, Cancel);
        Assert.Equal((2, ""), await SqlAsync("orders", "orders-db", "SELECT 1", password: "wrong"));
        Assert.Equal((2, ""), await SqlAsync("orders", "catalog-db", "SELECT 1"));
        Assert.Equal((2, ""), await SqlAsync("orders", "postgres", "SELECT 1"));
        Assert.Equal((1, ""), await SqlAsync("orders", "orders-db", "CREATE ROLE more"));

        await server.FillAsync([Both[0], Both[1] with { Services = ["orders"] }], PasswordOf, Cancel);
        Assert.Equal((0, "1"), await SqlAsync("orders", "catalog-db", "SELECT 1"));
        Assert.Equal((2, ""), await SqlAsync("catalog", "catalog-db", "SELECT 1"));
    }

    [Fact]
    public async Task A_start_ends_the_server_that_was_left_on_its_data_and_is_not_kept_by_a_number_that_another_program_has()
    {
        await StopAsync(await StartAsync());
        var cluster = await ClusterAsync();
        await cluster.MakeAsync(Cancel);
        var (left, problem) = ServiceProcess.Start(cluster.Start(_run, _port), _ => { }, _ => { });
        Assert.Null(problem);
        await Until(() => File.Exists(Path.Combine(Data, "postmaster.pid")));
        var server = await StartAsync();
        Assert.Equal(0, await left!.Exited.WaitAsync(Cancel));
        await server.FillAsync(Both, PasswordOf, Cancel);
        await StopAsync(server);

        await File.WriteAllTextAsync(Path.Combine(Data, "postmaster.pid"), $"{Environment.ProcessId}\n{Data}\n1\n{_port}\n\n127.0.0.1\n", Cancel);
        await StopAsync(await StartAsync());
        await File.WriteAllTextAsync(Path.Combine(Data, "postmaster.pid"), "", Cancel);
        await StopAsync(await StartAsync());
    }

    [Fact]
    public async Task A_server_that_cannot_have_its_port_says_so_and_is_not_left()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, _port);
        taken.Start();
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());
        Assert.Matches(@"^The PostgreSQL server of the run did not start: it exited with code 1: .*could not .*\.$", thrown.Message);
        Assert.Empty(UnixProcesses.Carrying("CONWAY_RUN", _run));
    }

    [Fact]
    public async Task The_sweep_after_a_killed_node_ends_the_server_with_all_its_processes()
    {
        // Started as a server is, but by nobody who would start it again: that is what a killed node leaves.
        var cluster = await ClusterAsync();
        await cluster.MakeAsync(Cancel);
        var (left, problem) = ServiceProcess.Start(cluster.Start(_run, _port), _ => { }, _ => { });
        Assert.Null(problem);
        await Until(() => Session(left!.Pid).Count > 3);
        var all = Session(left!.Pid);
        await Keeper.SweepAsync(_run, TimeProvider.System, Cancel);
        Assert.Empty(UnixProcesses.Carrying("CONWAY_RUN", _run));
        Assert.DoesNotContain(all, UnixProcesses.Exists);
        await left.Exited.WaitAsync(Cancel);
        left.Dispose();
    }

    private static string PasswordOf(string service) => MadeCluster.PasswordOf(service);

    /// <summary>The server and what it started.</summary>
    private static List<int> Session(int pid)
    {
        var children = Directory.GetDirectories("/proc/").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!))
            .Where(child => Parent(child) == pid);
        return [pid, .. children];

        static int Parent(int child)
        {
            try
            {
                var stat = File.ReadAllText($"/proc/{child}/stat");
                return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }

    private async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartAsync(await ClusterAsync(), _run, _port, TimeProvider.System, _told.Enqueue, Cancel);
        _servers.Add(server);
        return server;
    }

    /// <summary>On a copy of what was made once for all tests.</summary>
    private async Task<PostgresCluster> ClusterAsync()
    {
        if (!Directory.Exists(Data))
        {
            using var copy = Process.Start("cp", ["-a", $"{made.Folder}/.", _folder]);
            await copy.WaitForExitAsync(Cancel);
            Assert.Equal(0, copy.ExitCode);
        }

        return made.Of(_folder);
    }

    private async Task StopAsync(PostgresServer server)
    {
        _servers.Remove(server);
        await server.StopAsync(CancellationToken.None);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(10, Cancel);
        }
    }

    private async Task<(int Code, string Output)> SqlAsync(string user, string database, string sql, string? password = null)
    {
        var info = new ProcessStartInfo("psql", ["-X", "-q", "-A", "-t", "-w", "-h", "127.0.0.1", "-p", $"{_port}", "-U", user, "-d", database, "-c", sql]) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["PGPASSWORD"] = password ?? PasswordOf(user);
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        await errors;
        return (process.ExitCode, output.Trim());
    }
}
