using System.Text;

namespace Conway.Cli;

/// <summary>Where a verb writes and what it may know about it. Tests make one of string writers.</summary>
public sealed class Terminal : IDisposable
{
    private const int WidthMin = 40;

    // For terminals that do not know their size, as over a serial line.
    private const int WidthUsual = 80;
    private const int HeightUsual = 24;

    private bool _color = true;

    /// <summary>Data.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Progress, notes, errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>True when a person watches the output: live lines are possible.</summary>
    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal; null in a pipe, where nothing is cut.</summary>
    public Func<int?> Width { get; init; } = static () => null;

    /// <summary>Rows of the terminal; null in a pipe.</summary>
    public Func<int?> Height { get; init; } = static () => null;

    /// <summary>The folder in which relative paths and the search for the model begin.</summary>
    public required string CurrentFolder { get; init; }

    /// <summary>The environment; null for a variable that is not set.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Cancelled by a second Ctrl-C: what is being ended in order is ended at once.</summary>
    public CancellationToken Kill { get; init; }

    /// <summary>Leaves out progress and notes.</summary>
    public bool Quiet { get; set; }

    /// <summary>Ink for the output.</summary>
    public Ink Ink => new(_color && OutputIsTerminal && ColorIsWanted);

    /// <summary>Ink for progress and errors.</summary>
    public Ink ErrorInk => new(_color && ErrorIsTerminal && ColorIsWanted);

    // https://no-color.org: any value that is not empty.
    private bool ColorIsWanted => string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") is not "dumb";

    public static Terminal OfProcess(Interrupts interrupts)
    {
        var outputIsTerminal = !System.Console.IsOutputRedirected;
        return new Terminal
        {
            Output = Writer(System.Console.OpenStandardOutput()),
            Error = Writer(System.Console.OpenStandardError()),
            OutputIsTerminal = outputIsTerminal,
            ErrorIsTerminal = !System.Console.IsErrorRedirected,
            Width = () => outputIsTerminal ? System.Console.WindowWidth is > 0 and var columns ? Math.Max(WidthMin, columns) : WidthUsual : null,
            Height = () => outputIsTerminal ? System.Console.WindowHeight is > 0 and var rows ? rows : HeightUsual : null,
            CurrentFolder = Environment.CurrentDirectory,
            Variable = Environment.GetEnvironmentVariable,
            Kill = interrupts.Kill,
        };

        static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    }

    /// <summary><c>--no-color</c></summary>
    public void TurnColorOff() => _color = false;

    /// <summary>Tells on standard error why nothing more happens, and hands back the exit code.</summary>
    public ExitCode Refuse(ExitCode code, string sentence)
    {
        Output.Flush();
        Error.WriteLine($"conway: {sentence}");
        Error.Flush();
        return code;
    }

    /// <summary>A line of progress; not with <c>--quiet</c>.</summary>
    public void Note(string sentence)
    {
        if (!Quiet)
        {
            Error.WriteLine(sentence);
            Error.Flush();
        }
    }

    public void Dispose()
    {
        Output.Flush();
        Error.Flush();
    }
}
