using Conway.Cli.Verbs;
using Conway.Console;
using Conway.Console.FromCode;

namespace Conway.Cli;

/// <summary><c>conway decompose --open</c>: the console on a codebase that is being cut, until somebody ends it.</summary>
internal static class CutConsole
{
    /// <summary>Where the console of a running system is, too; when that is taken, any other will do.</summary>
    private const int UsualPort = 8090;

    /// <summary>Ends with the signal that comes.</summary>
    /// <param name="session">Who calls disposes of it.</param>
    /// <param name="cut">The alternative that is shown first; null for the recommended one.</param>
    /// <param name="port">The port that was asked for; null for the usual one. The next free one when it is taken.</param>
    /// <param name="terminal">Is told the address, which works once and for a minute.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended: there is no other way.</exception>
    public static async Task<ExitCode> RunAsync(DecompositionSession session, string? cut, int? port, Terminal terminal, CancellationToken stop)
    {
        await using var console = await StartAsync(new ConsoleOptions { Port = port ?? UsualPort, Decomposition = session }, terminal, stop);
        var address = console.NewCode(cut is null ? "/decompose" : $"/decompose?cut={Uri.EscapeDataString(cut)}").Url;
        var opened = terminal.OutputIsTerminal && Browser.TryOpen(address);
        terminal.Output.WriteLine(address);
        terminal.Output.Flush();
        terminal.Note(opened ? "The browser shows it; the address works once. Ctrl-C ends it." : "Open it in a browser: it works once, within a minute. Ctrl-C ends it.");
        await Task.Delay(Timeout.InfiniteTimeSpan, terminal.Time, stop);
        return ExitCode.Ok;
    }

    private static async Task<ConsoleServer> StartAsync(ConsoleOptions options, Terminal terminal, CancellationToken stop)
    {
        try
        {
            return await ConsoleServer.StartAsync(options, null, terminal.Time, stop);
        }
        catch (IOException)
        {
            return await ConsoleServer.StartAsync(options with { Port = 0 }, null, terminal.Time, stop);
        }
    }
}
