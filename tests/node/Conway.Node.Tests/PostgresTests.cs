using System.Net;
using Conway.Lowering;
using Conway.Supervision;

namespace Conway.Node.Tests;

/// <summary>Stores in PostgreSQL, with the real server and a service that speaks to it by psql.</summary>
public sealed class PostgresTests
{
    private const string Model = """
        conway: 1
        system: kept
        services:
          back: { command: node rows.js, watch: [rows.js], owns: { rows-db: { engine: postgresql } } }
          front: { command: node rows.js, watch: [rows.js] }
        gateway:
          routes:
            - { path: "/back/**", to: back }
            - { path: "/front/**", to: front }
        """;

    /// <summary>Each request adds a row and answers how many there are.</summary>
    private const string Rows = """
        const { execFile } = require('child_process');
        require('http').createServer((q, r) => execFile('psql', [process.env[q.url.split('/')[2]] || 'none', '-XqAtc', 'CREATE TABLE IF NOT EXISTS rows (x int); INSERT INTO rows VALUES (1); SELECT count(*) FROM rows'], (e, out) => {
          r.statusCode = e ? 503 : 200;
          r.end(e ? e.message : out.trim());
        })).listen(process.env.PORT, process.env.HOST);
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_outlive_the_server_and_the_run_and_a_store_that_is_added_comes_to_the_server_that_runs()
    {
        await using var bench = new Bench(Model);
        bench.Write("rows.js", Rows);
        var host = await bench.StartHealthyAsync();
        Assert.Equal((HttpStatusCode.OK, "1"), await bench.Get("/back/ROWS_DB_URL"));
        var (pid, port) = Server(bench);

        // Only restarted when the model gives it something new.
        bench.Write("conway.yaml", Model.Replace("front: { command: node rows.js,", "front: { command: node rows.js, owns: { more-db: { engine: postgresql } },", StringComparison.Ordinal));
        await bench.Until(() => host.Plan.Postgres!.Databases.Count == 2 && bench.Seen.OfType<NodeEvent.SourceChanged>().Any(e => e is { Service: "front", Phase: "serving" }), "the other store");
        Assert.Equal((HttpStatusCode.OK, "1"), await bench.Get("/front/MORE_DB_URL"));
        Assert.Equal((pid, port), Server(bench));
        Assert.DoesNotContain(bench.Seen.OfType<NodeEvent.SourceChanged>(), e => e.Service == "back");
        Assert.Equal($"127.0.0.1:{port}/more-db", Assert.Single(host.Describe("front")!.Stores).Location);

        UnixProcesses.Signal(pid, UnixProcesses.SigKill);
        await bench.Until(() => Server(bench) is var (now, at) && now != pid && at == port, "the server again");
        await bench.Until(() => bench.Get("/back/ROWS_DB_URL").Result == (HttpStatusCode.OK, "2"), "its rows");

        var secret = await File.ReadAllTextAsync(Path.Combine(bench.Folder, ".conway", "postgresql", "secret"), Cancel);
        Assert.DoesNotContain(secret.Trim(), RunPlanText.Write(host.Plan), StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresStores.Password(secret.Trim(), "back"), RunPlanText.Write(host.Plan), StringComparison.Ordinal);
        Assert.Contains(host.Describe("back")!.Environment, v => v is { Name: "ROWS_DB_CONNECTION", Masked: true });

        await host.StopAsync(Cancel);
        Assert.Equal(0, bench.Alive());
        await bench.StartHealthyAsync();
        Assert.Equal(port, Server(bench).Port);
        Assert.Equal((HttpStatusCode.OK, "3"), await bench.Get("/back/ROWS_DB_URL"));
    }

    [Fact]
    public async Task A_machine_without_postgresql_starts_nothing_and_keeps_what_runs()
    {
        await using var bench = new Bench(Model);
        bench.Write("rows.js", Rows);
        var start = await NodeHost.StartAsync(bench.Options with { PostgresPrograms = null }, Cancel);
        Assert.Equal((RefusalKind.PrerequisiteMissing, "There is no PostgreSQL server on this machine, and the model has stores in one."), (start.Refusal!.Kind, start.Refusal.Message));
        Assert.Equal("conway.yaml:4:60 CW7002 'rows-db' of 'back' is kept in PostgreSQL, which this machine does not have.", Assert.Single(start.Refusal.Findings).ToString());
        Assert.False(Directory.Exists(Path.Combine(bench.Folder, ".conway")));

        bench.Write("conway.yaml", Model.Replace("postgresql", "sqlite", StringComparison.Ordinal));
        var host = await bench.StartHealthyAsync(bench.Options with { PostgresPrograms = null });
        bench.Write("conway.yaml", Model);
        await bench.Until(() => bench.Seen.OfType<NodeEvent.ModelChanged>().Any(e => !e.Accepted), "the refusal");
        Assert.Contains(host.Findings, f => f.Code == "CW7002");
        Assert.Null(host.Plan.Postgres);
        Assert.Equal(SystemState.Running, host.System.State);
    }

    private static (int Pid, int Port) Server(Bench bench)
    {
        var lines = File.Exists(Pid(bench)) ? File.ReadAllLines(Pid(bench)) : [];
        return lines.Length < 4 ? (0, 0) : (int.Parse(lines[0]), int.Parse(lines[3]));

        static string Pid(Bench bench) => Path.Combine(bench.Folder, ".conway", "postgresql", "data", "postmaster.pid");
    }
}
