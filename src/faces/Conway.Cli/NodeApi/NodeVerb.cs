using System.CommandLine;
using System.Net;
using System.Text.Json;

namespace Conway.Cli;

/// <summary>A verb that talks to the running node: finds it, and turns what may go wrong on the way into exit codes.</summary>
internal abstract class NodeVerb : Verb
{
    private static readonly TimeSpan ListenMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public const string NothingRuns = "no system runs in this folder. Start it with 'conway run'.";

    private readonly Option<string?> _isolated = IsolatedRuns.Option("Ask the run of this name");

    public sealed override IEnumerable<Symbol> Symbols => [.. OwnSymbols, _isolated];

    /// <summary>What this verb takes beside what all verbs take that ask a node.</summary>
    protected abstract IEnumerable<Symbol> OwnSymbols { get; }

    /// <summary>The path on the command line, and the names; <paramref name="problem"/> when they make no sense.</summary>
    protected abstract Operands? OperandsOf(ParseResult line, out string problem);

    protected abstract Task<ExitCode> AskAsync(NodeClient node, Operands operands, ParseResult line, Terminal terminal, CancellationToken cancellationToken);

    /// <summary>What to do when nothing runs; exit 7 unless the verb knows better.</summary>
    protected virtual ExitCode NotRunning(ModelLocation location, Operands operands, ParseResult line, Terminal terminal, string why) =>
        terminal.Refuse(ExitCode.NotRunning, why);

    public sealed override async Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        if (OperandsOf(line, out var problem) is not { } operands
            || ModelLocation.Find(operands.Path, terminal.CurrentFolder, out problem) is not { } location)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        location = location with { Isolated = line.GetValue(_isolated) };
        var (file, why) = await FindNodeAsync(location, AppearMax(line), terminal, cancellationToken);
        if (file is null)
        {
            return NotRunning(location, operands, line, terminal, why);
        }

        using var node = new NodeClient(file);
        try
        {
            return await AskAsync(node, operands, line, terminal, cancellationToken);
        }
        catch (HttpRequestException e) when (e.InnerException is System.Net.Sockets.SocketException)
        {
            // The process id lives, but somebody else has it now, or the node is on its way out.
            return NotRunning(location, operands, line, terminal, Leftover(location, file));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return terminal.Refuse(ExitCode.NotRunning, "the system ended while it was being asked.");
        }
        catch (NodeRefused e) when (e.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return NotRunning(location, operands, line, terminal, $"what listens at {file.Url} is not this folder's node. {Leftover(location, file)}");
        }
        catch (NodeRefused e)
        {
            return terminal.Refuse(e.Status == HttpStatusCode.NotFound || e.Status == HttpStatusCode.BadRequest ? ExitCode.Usage : ExitCode.Findings, e.Message);
        }
        catch (JsonException)
        {
            return terminal.Refuse(ExitCode.NotRunning, $"what listens at {file.Url} does not answer as a node does. {Leftover(location, file)}");
        }
    }

    /// <summary>How long a system that is not there yet is waited for; not at all unless the verb says so.</summary>
    protected virtual TimeSpan AppearMax(ParseResult line) => TimeSpan.Zero;

    /// <summary>The node that can be asked; or null, and why there is none. A node that has just begun is given the time to listen.</summary>
    private static async Task<(NodeFile? Node, string Why)> FindNodeAsync(ModelLocation location, TimeSpan appearMax, Terminal terminal, CancellationToken cancellationToken)
    {
        for (var began = terminal.Time.GetTimestamp(); ;)
        {
            var file = NodeFile.TryRead(location);
            var lives = file?.ProcessLives() ?? false;
            if (lives && file!.Token.Length > 0 && Uri.TryCreate(file.Url, UriKind.Absolute, out _))
            {
                return (file, "");
            }

            // The file without a token is written before anything starts, so that a run that is killed then can be cleared up.
            var max = lives && ListenMax > appearMax ? ListenMax : appearMax;
            if (terminal.Time.GetElapsedTime(began) >= max)
            {
                return (null, file is null ? IsolatedRuns.NothingRuns(location) : lives ? $"the system is still starting (process {file.Pid}). Try again in a moment." : Leftover(location, file));
            }

            await Task.Delay(Pause, terminal.Time, cancellationToken);
        }
    }

    private static string Leftover(ModelLocation location, NodeFile file) =>
        $"no system runs in this folder: {Path.GetRelativePath(location.Folder, NodeFile.PathIn(location))} was left by a node that has ended (process {file.Pid}). Start it with 'conway run{IsolatedRuns.Words(location)}'.";

    /// <summary>Which of the services are meant: the named ones, or all. Null when a name is unknown; then it has been told.</summary>
    internal static IReadOnlyList<ServiceView>? Pick(IReadOnlyList<ServiceView> all, IReadOnlyList<string> names, Terminal terminal)
    {
        foreach (var name in names)
        {
            if (all.All(s => s.Name != name))
            {
                var hint = Directory.Exists(Path.Combine(terminal.CurrentFolder, name))
                    ? $"For the folder write ./{name}."
                    : UsageProblem.Hint(name, all.Select(s => s.Name), $"There are {string.Join(", ", all.Select(s => s.Name).Take(20))}.");
                terminal.Refuse(ExitCode.Usage, $"there is no service '{name}'. {hint}");
                return null;
            }
        }

        return names.Count == 0 ? all : [.. all.Where(s => names.Contains(s.Name))];
    }
}
