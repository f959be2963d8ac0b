using Conway.Cli.Verbs;
using Conway.Console;
using Conway.Console.FromNode;
using Conway.Findings;
using Conway.Node;

namespace Conway.Cli;

/// <summary><c>conway run</c> in the foreground: findings, node, console, and the session until the end.</summary>
internal static class ForegroundRun
{
    public static async Task<ExitCode> RunAsync(ModelLocation location, NodeOptions options, TimeSpan timeout, bool open, Terminal terminal, CancellationToken stop)
    {
        var start = await NodeHost.StartAsync(options, stop);
        if (start.Host is not { } node)
        {
            return await RefusedAsync(start.Refusal!, location, terminal, stop);
        }

        await using var disposing = node;
        SchemaFile.Refresh(location, terminal);
        TellFindings(node.Findings, terminal);
        await using var source = new NodeSource(node, (look, cancel) => Inspections.LookAsync(location, options.Environment, look, node.Plan.Run, terminal, cancel), terminal.Time);
        await using var console = await StartConsoleAsync(node, source, terminal, stop);
        if (node.Announce(console.Url, console.Token) is { } trouble)
        {
            terminal.Note($"note: {trouble}");
        }

        if (open && terminal.OutputIsTerminal)
        {
            Browser.TryOpen(console.NewCode("/").Url);
        }

        var wasHealthy = await new RunSession(node, RunView.For(terminal), terminal, timeout).FollowAsync(stop);

        stop.ThrowIfCancellationRequested();
        return wasHealthy ? ExitCode.Ok : ExitCode.StartFailed;
    }

    /// <summary>The port was free a moment ago; when somebody took it since, any other will do.</summary>
    private static async Task<ConsoleServer> StartConsoleAsync(NodeHost node, NodeSource source, Terminal terminal, CancellationToken stop)
    {
        try
        {
            return await ConsoleServer.StartAsync(new ConsoleOptions { Port = node.Plan.Platform.ConsolePort }, source, terminal.Time, stop);
        }
        catch (IOException)
        {
            return await ConsoleServer.StartAsync(new ConsoleOptions { Port = 0 }, source, terminal.Time, stop);
        }
    }

    /// <summary>Errors and warnings whole; how many notes there are beside.</summary>
    public static void TellFindings(IReadOnlyList<Finding> findings, Terminal terminal)
    {
        foreach (var line in FindingsReport.Lines(findings.Where(f => f.Severity > Severity.Info), terminal))
        {
            terminal.Error.WriteLine(line);
        }

        var notes = findings.Count(f => f.Severity == Severity.Info);
        if (notes > 0)
        {
            terminal.Note($"{notes} note{(notes == 1 ? "" : "s")}; 'conway check' shows {(notes == 1 ? "it" : "them")}.");
        }

        terminal.Error.Flush();
    }

    private static async Task<ExitCode> RefusedAsync(Refusal refusal, ModelLocation location, Terminal terminal, CancellationToken stop)
    {
        TellFindings(refusal.Findings, terminal);
        var code = refusal.Kind switch
        {
            RefusalKind.ModelInvalid => ExitCode.ModelInvalid,
            RefusalKind.PrerequisiteMissing => ExitCode.PrerequisiteMissing,
            _ => ExitCode.StartFailed,
        };
        terminal.Refuse(code, $"{refusal.Message} {refusal.Mend}");
        if (refusal.Kind is RefusalKind.PrerequisiteMissing or RefusalKind.CannotStart)
        {
            var model = LoadedModel.Load(location, null, terminal).Model;
            var facts = await DoctorCatalog.LookAsync(new DoctorSubject(location, model, terminal), stop);
            DoctorReport.Write([.. facts.Where(f => f.State != DoctorState.Good)], terminal.Error, terminal.ErrorInk);
        }

        return code;
    }
}
