namespace Conway.Cli;

/// <summary>Shows a run while it goes on. One thread uses it.</summary>
internal abstract class RunView
{
    /// <summary>Live lines for a person, plain lines for a pipe.</summary>
    public static RunView For(Terminal terminal) => terminal.OutputIsTerminal ? new LiveRunView(terminal) : new PipedRunView(terminal);

    /// <summary>Called for each change of a service.</summary>
    public abstract void Changed(RunService? before, RunService after);

    /// <summary>One line worth keeping: a notice, a build's error line, what a change did.</summary>
    public abstract void Say(string text);

    /// <summary>Lines that stay as they are.</summary>
    public abstract void Print(IReadOnlyList<string> lines);

    /// <summary>Called when something changed and several times a second.</summary>
    public abstract void Draw(RunScreenState state);
}

/// <summary>One line for each change.</summary>
internal sealed class PipedRunView(Terminal terminal) : RunView
{
    public override void Changed(RunService? before, RunService after)
    {
        if (RunLines.Changed(before, after, terminal.Time.GetUtcNow()) is { } line)
        {
            terminal.Output.WriteLine(line);
            terminal.Output.Flush();
        }
    }

    public override void Say(string text)
    {
        terminal.Output.WriteLine(RunLines.Line(terminal.Time.GetUtcNow(), text));
        terminal.Output.Flush();
    }

    public override void Print(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            terminal.Output.WriteLine(line);
        }

        terminal.Output.Flush();
    }

    public override void Draw(RunScreenState state)
    {
    }
}

/// <summary>A block of live lines at the bottom; everything else scrolls above it.</summary>
internal sealed class LiveRunView(Terminal terminal) : RunView
{
    private readonly LiveBlock _block = new(terminal.Output);
    private IReadOnlyList<string> _lines = [];

    public override void Changed(RunService? before, RunService after)
    {
        // The block shows it; only what ended badly is kept above.
        if (after.State == "failed" && before?.State != "failed")
        {
            Say($"{after.Name} failed: {after.Note}");
        }
    }

    public override void Say(string text) => Print([RunLines.Line(terminal.Time.GetLocalNow(), text)]);

    public override void Print(IReadOnlyList<string> lines) => _block.PrintAbove(lines, _lines);

    public override void Draw(RunScreenState state)
    {
        _lines = RunScreen.Render(state, terminal.Time.GetUtcNow(), terminal.Width() ?? 80, terminal.Height() ?? 24, terminal.Ink);
        _block.Draw(_lines);
    }
}
