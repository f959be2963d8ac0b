using Conway.Lowering;
using Conway.Supervision.Databases;

namespace Conway.Node;

/// <summary>The PostgreSQL server of a run, if a store needs one: started before the first service that does, stopped after the last.</summary>
/// <param name="tell">Is told what a person should know of the server.</param>
internal sealed class RunDatabases(NodeOptions options, string run, Action<string> tell)
{
    private PostgresServer? _server;

    /// <summary>The folder of the server's programs on this machine; null when there is none.</summary>
    public static string? Programs => PostgresPrograms.Find(
        Environment.GetEnvironmentVariable(PostgresPrograms.Variable), Environment.GetEnvironmentVariable("PATH"), "/usr/lib/postgresql");

    /// <summary>Where the server of a run keeps its data.</summary>
    public static string FolderOf(string stateFolder) => Path.Combine(stateFolder, "postgresql");

    /// <summary>These ports and the server's own, which it keeps while it runs, whatever the model says meanwhile.</summary>
    public IReadOnlyDictionary<string, int> Holding(IReadOnlyDictionary<string, int> ports) =>
        _server is { } server ? new Dictionary<string, int>(ports) { [PortKeys.Postgres] = server.Port } : ports;

    /// <summary>Starts the server when it is needed for the first time, and makes what the plan has and the server has not. Called by one at a time.</summary>
    /// <exception cref="InvalidOperationException">The server did not start or refused; the message says why.</exception>
    public async Task ApplyAsync(PostgresPlan? plan, CancellationToken cancel)
    {
        if (plan is null)
        {
            return;
        }

        var secret = PostgresSecret.Of(options.StateFolder, keep: true);
        _server ??= await StartAsync(plan, secret, cancel).ConfigureAwait(false);
        await _server.FillAsync(plan.Databases, service => PostgresStores.Password(secret, service), cancel).ConfigureAwait(false);
    }

    /// <summary>Ends the server when all that used it have ended; after <paramref name="kill"/> without writing what it would only save time with.</summary>
    public async Task StopAsync(CancellationToken kill)
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.StopAsync(kill).ConfigureAwait(false);
        }
    }

    private Task<PostgresServer> StartAsync(PostgresPlan plan, string secret, CancellationToken cancel)
    {
        var programs = options.PostgresPrograms ?? throw new InvalidOperationException("This machine has no PostgreSQL server.");
        var cluster = new PostgresCluster(programs, FolderOf(options.StateFolder), PostgresStores.Password(secret, PostgresCluster.Superuser));
        return PostgresServer.StartAsync(cluster, run, plan.Port, options.Clock, tell, cancel);
    }
}
