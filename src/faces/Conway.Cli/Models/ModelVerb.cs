using System.CommandLine;

namespace Conway.Cli;

/// <summary>A verb that looks at the model on disk.</summary>
internal abstract class ModelVerb : Verb
{
    protected Argument<string?> Path { get; } = CommonOptions.Path();

    protected Option<string?> Environment { get; } = CommonOptions.Environment();

    protected abstract Task<ExitCode> LookAsync(LoadedModel model, ParseResult line, Terminal terminal, CancellationToken cancellationToken);

    public override async Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        if (ModelLocation.Find(line.GetValue(Path), terminal.CurrentFolder, out var problem) is not { } location)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        return await LookAsync(LoadedModel.Load(location, line.GetValue(Environment), terminal), line, terminal, cancellationToken);
    }

    /// <summary>Says that the model has errors and what shows them; for verbs that go on with what could be read.</summary>
    internal static void NoteErrors(LoadedModel model, Terminal terminal)
    {
        var errors = model.Read.Findings.Count(f => f.Severity == Findings.Severity.Error);
        if (errors > 0)
        {
            terminal.Note($"note: the model has {errors} error{(errors == 1 ? "" : "s")}, so parts may be missing here. 'conway check' shows {(errors == 1 ? "it" : "them")}.");
        }
    }
}
