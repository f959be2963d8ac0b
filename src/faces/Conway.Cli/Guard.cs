namespace Conway.Cli;

/// <summary>The last line of defence: whatever goes wrong inside, a person reads one sentence and where the details are.</summary>
public static class Guard
{
    /// <summary>Runs the work and turns how it ended into an exit code: its own, 130 or 143 when a signal ended it, 70 for a fault of ours.</summary>
    public static async Task<ExitCode> RunAsync(Terminal terminal, Interrupts interrupts, Func<Task<ExitCode>> work)
    {
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            Tell(terminal, e.ExceptionObject as Exception);
            Environment.Exit((int)ExitCode.Internal);
        };
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (interrupts.Ended is { } ended)
        {
            return ended;
        }
        catch (Exception e)
        {
            Tell(terminal, e);
            return ExitCode.Internal;
        }
    }

    private static void Tell(Terminal terminal, Exception? fault)
    {
        var file = FaultFile.Write(terminal, fault?.ToString() ?? "no details");
        terminal.Error.WriteLine($"conway: internal error: {fault?.GetType().Name}. This is a fault of Conway, not of your model."
            + (file is null ? "" : $" Details: {file}"));
        terminal.Error.Flush();
    }
}
