using Conway.CodeFacts;

namespace Conway.Cli;

/// <summary>One line on standard error that says how far a decomposition has come. In a pipe and with <c>--quiet</c> it is silent.</summary>
internal sealed class CutProgress(Terminal terminal)
{
    private readonly Lock _drawing = new();
    private readonly LiveBlock? _block = terminal is { ErrorIsTerminal: true, Quiet: false } ? new LiveBlock(terminal.Error) : null;
    private bool _ended;

    public void Tell(ReadingProgress progress)
    {
        var much = progress.Total > 0 ? $" {progress.Done} of {progress.Total}" : "";
        Tell(progress.Stage switch
        {
            "list" => "looking for source",
            "read" or "parse" => $"reading files{much}",
            "declare" => $"reading types{much}",
            "bind" => $"following calls{much}",
            "walk" => $"following use cases{much}",
            _ => $"putting facts together{much}",
        });
    }

    public void Tell(string doing)
    {
        lock (_drawing)
        {
            if (!_ended)
            {
                _block?.Draw([TextColumns.Cut($"{doing} …", Math.Max(20, (terminal.Width() ?? 80) - 1))]);
            }
        }
    }

    /// <summary>Removes the line; whoever is still at work is not heard any more.</summary>
    public void End()
    {
        lock (_drawing)
        {
            _ended = true;
            _block?.Clear();
        }
    }
}
