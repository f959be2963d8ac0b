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

    /// <summary>What is being done just now, of use only until the next such line.</summary>
    public abstract void Doing(string text);

    /// <summary>Called when something changed and several times a second.</summary>
    public abstract void Draw(RunScreenState state);

    /// <summary>Nothing changes any more.</summary>
    public abstract void End();
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

    public override void Doing(string text) => Say(text);

    public override void Draw(RunScreenState state)
    {
    }

    public override void End()
    {
    }
}

/// <summary>A block of live lines at the bottom; everything else scrolls above it.</summary>
internal sealed class LiveRunView(Terminal terminal) : RunView
{
    /// <summary>With fewer rows a line of air above the block would push it out of sight.</summary>
    private const int RoomyHeight = 6;

    private readonly LiveBlock _block = new(terminal.Output);
    private IReadOnlyList<string> _lines = [];
    private string? _doing;

    public override void Changed(RunService? before, RunService after)
    {
        // The block shows it; only what ended badly is kept above.
        if (after.State == "failed" && before?.State != "failed")
        {
            Say($"{after.Name} failed: {after.Note}");
        }
    }

    public override void Say(string text) => Print([RunLines.Line(terminal.Time.GetLocalNow(), text)]);

    public override void Doing(string text) => _doing = SafeText.OneLine(text);

    public override void Print(IReadOnlyList<string> lines) =>
        _block.PrintAbove([.. lines.SelectMany(l => TextColumns.Wrapped(l, terminal.Width() ?? 80, RunLines.TextColumn(l)))], _lines);

    public override void End()
    {
        _lines = [];
        _block.Clear();
    }

    public override void Draw(RunScreenState state)
    {
        _doing = state.Services.Any(s => s.State == "building") ? _doing : null;
        var height = terminal.Height() ?? 24;
        var block = RunScreen.Render(state with { Doing = _doing }, terminal.Time.GetUtcNow(), terminal.Width() ?? 80, height, terminal.Ink);
        _lines = height < RoomyHeight ? block : ["", .. block];
        _block.Draw(_lines);
    }
}
