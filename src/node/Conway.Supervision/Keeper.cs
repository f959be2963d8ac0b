using System.ComponentModel;
using System.Diagnostics;

namespace Conway.Supervision;

/// <summary>A small process that outlives the node, however the node ends, and clears up after it.</summary>
/// <remarks>It holds one end of a pipe from the node. When the pipe ends (the node stopped, crashed or was killed with -9) it kills every
/// process that carries the run's id, grandchildren too, until none is left. It carries no run id itself and ignores the terminal's signals,
/// because it sits in a session of its own.</remarks>
public sealed class Keeper : IDisposable
{
    /// <summary>The hidden verb by which the program starts itself as keeper: <c>conway keeper RUN</c>.</summary>
    public const string Verb = "keeper";

    /// <summary>Set in the environment of a server of databases, beside <c>CONWAY_RUN</c> and to the same: it is asked to end its own processes, which
    /// carry no variable any more and would outlive it for a while.</summary>
    public const string DatabaseVariable = "CONWAY_DATABASE";

    private static readonly TimeSpan DatabasesLeave = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private Keeper(Process process) => _process = process;

    public int Pid => _process.Id;

    /// <summary>Starts the keeper of a run.</summary>
    /// <param name="program">How to start this very program, without arguments: <c>dotnet conway.dll</c>.</param>
    /// <exception cref="InvalidOperationException">The program could not be started.</exception>
    public static Keeper Start(IReadOnlyList<string> program, string run)
    {
        var line = File.Exists("/usr/bin/setsid") ? ["/usr/bin/setsid", .. program] : program;
        var info = new ProcessStartInfo
        {
            FileName = line[0],
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in line.Skip(1).Append(Verb).Append(run))
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment.Remove("CONWAY_RUN");
        info.Environment["DOTNET_TieredPGO"] = "0";
        info.Environment["DOTNET_gcServer"] = "0";
        try
        {
            return new Keeper(Process.Start(info) ?? throw new InvalidOperationException("The keeper was not started."));
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"The keeper of run '{run}' could not be started with '{info.FileName}'.", e);
        }
    }

    /// <summary>What the keeper does: waits for the end of standard input, then sweeps.</summary>
    public static async Task RunAsync(string run, Stream input, CancellationToken cancel)
    {
        var buffer = new byte[64];
        while (await input.ReadAsync(buffer, cancel).ConfigureAwait(false) > 0)
        {
        }

        await SweepAsync(run, TimeProvider.System, cancel).ConfigureAwait(false);
    }

    /// <summary>Kills every process of the run, again and again until none is left, since a dying one may still have started another.</summary>
    /// <returns>How many were killed.</returns>
    public static async Task<int> SweepAsync(string run, TimeProvider clock, CancellationToken cancel)
    {
        var killed = new HashSet<int>();
        await EndDatabasesAsync(run, clock, cancel).ConfigureAwait(false);
        for (var round = 0; round < 200; round++)
        {
            var left = UnixProcesses.Carrying("CONWAY_RUN", run);
            if (left.Count == 0)
            {
                break;
            }

            foreach (var pid in left)
            {
                UnixProcesses.Signal(pid, UnixProcesses.SigKill);
                killed.Add(pid);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), clock, cancel).ConfigureAwait(false);
        }

        return killed.Count;
    }

    private static async Task EndDatabasesAsync(string run, TimeProvider clock, CancellationToken cancel)
    {
        var servers = UnixProcesses.Carrying(DatabaseVariable, run);
        foreach (var pid in servers)
        {
            UnixProcesses.Signal(pid, UnixProcesses.SigQuit);
        }

        var began = clock.GetTimestamp();
        while (servers.Any(UnixProcesses.Exists) && clock.GetElapsedTime(began) < DatabasesLeave)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), clock, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the keeper still watches; the node starts another when it does not.</summary>
    public bool Watches => !_process.HasExited;

    /// <summary>Ends the pipe, so that the keeper sweeps and ends.</summary>
    public async Task EndAsync(CancellationToken cancel)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancel).ConfigureAwait(false);
    }

    public void Dispose() => _process.Dispose();
}
