namespace Conway.Cli;

/// <summary>The process: one terminal, one guard, one command line.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // The keeper of a run is this program too. It has no terminal, and must outlive signals that end the run.
        if (args is [Supervision.Keeper.Verb, var run])
        {
            await Supervision.Keeper.RunAsync(run, System.Console.OpenStandardInput(), CancellationToken.None);
            return 0;
        }

        using var interrupts = new Interrupts();
        using var terminal = Terminal.OfProcess(interrupts);
        var code = await Guard.RunAsync(terminal, interrupts, () => CommandLine.RunAsync(args, terminal, interrupts.Token));
        return (int)code;
    }
}
