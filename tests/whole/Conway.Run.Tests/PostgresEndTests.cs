using Conway.Supervision;

namespace Conway.Run;

/// <summary>However a run with a PostgreSQL server ends, nothing is left of it but its rows.</summary>
public sealed class PostgresEndTests : IDisposable
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(60);

    private readonly SmallSystem _system = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public PostgresEndTests()
    {
        _system.Write("conway.yaml", """
            conway: 1
            system: small
            services: { rows: { command: node rows.js, owns: { rows-db: { engine: postgresql } } } }
            gateway: { routes: [ { path: "/**", to: rows } ] }
            """);

        // A request adds a row and answers how many there are; a connection stays open, as those of a pool do.
        _system.Write("rows.js", """
            const { execFile, spawn } = require('child_process');
            spawn('psql', [process.env.ROWS_DB_URL, '-XqAtc', 'SELECT pg_sleep(1000)'], { stdio: 'ignore' });
            require('http').createServer((q, r) => execFile('psql', [process.env.ROWS_DB_URL, '-XqAtc', 'CREATE TABLE IF NOT EXISTS rows (x int); INSERT INTO rows VALUES (1); SELECT count(*) FROM rows'], (e, out) => {
              r.statusCode = e ? 503 : 200;
              r.end(e ? e.message : out.trim());
            })).listen(process.env.PORT, process.env.HOST);
            """);
    }

    private string Data => Path.Combine(_system.Folder, ".conway", "postgresql", "data");

    public void Dispose()
    {
        _client.Dispose();
        _system.Dispose();
    }

    [Fact]
    public async Task After_kill_9_of_the_node_its_keeper_ends_the_server_and_after_SIGTERM_it_has_ended_in_order_and_the_rows_are_there()
    {
        await using (var program = RunningProgram.Start(_system.Folder))
        {
            await program.UntilAllHealthy(Enough);
            Assert.Equal("1", await _client.GetStringAsync(program.Gateway, TestContext.Current.CancellationToken));
            Assert.True(ProcessesIn(Data).Count > 4, "The server is alone.");
            program.Signal(UnixProcesses.SigKill);
            await program.Ended(Enough);
            using var stop = new CancellationTokenSource(Enough);
            while (ProcessesIn(Data).Count > 0)
            {
                await Task.Delay(10, stop.Token);
            }
        }

        await using var next = RunningProgram.Start(_system.Folder);
        await next.UntilAllHealthy(Enough);
        Assert.Equal("2", await _client.GetStringAsync(next.Gateway, TestContext.Current.CancellationToken));
        var run = next.Node.Run;
        next.Signal(UnixProcesses.SigTerm);
        Assert.Equal(143, await next.Ended(Enough));
        Assert.Empty(RunningProgram.Alive(run));
        Assert.Empty(ProcessesIn(Data));
        Assert.Equal(ShutDown, await StateAsync());
    }

    /// <summary>What pg_control says after an end in order (DBState of PostgreSQL's catalog/pg_control.h).</summary>
    private const int ShutDown = 1;

    /// <summary>The state stands after the identifier and two versions.</summary>
    private async Task<int> StateAsync() => BitConverter.ToInt32(await File.ReadAllBytesAsync(Path.Combine(Data, "global", "pg_control"), TestContext.Current.CancellationToken), 16);

    /// <summary>All of a server work in its data folder, also those that carry no variable any more.</summary>
    private static List<int> ProcessesIn(string folder)
    {
        var found = new List<int>();
        foreach (var process in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), out var pid) && Works(process) == folder)
            {
                found.Add(pid);
            }
        }

        return found;

        static string? Works(string process)
        {
            try
            {
                return new FileInfo(process + "/cwd").LinkTarget;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null; // it ended meanwhile
            }
        }
    }
}
