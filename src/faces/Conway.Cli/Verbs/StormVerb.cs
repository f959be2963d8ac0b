using System.CommandLine;
using Conway.Storming;

namespace Conway.Cli.Verbs;

/// <summary><c>conway storm</c></summary>
internal sealed class StormVerb : Verb
{
    private readonly Argument<string> _board = new("BOARD") { Description = "The board of an event storming: a .yaml or .csv of notes" };
    private readonly Option<string?> _out = new("--out") { HelpName = "FILE", Description = "Write the proposed model; a file that is there is left alone" };
    private readonly Option<string> _output = CommonOptions.Output("text", "json", "yaml");

    public override IEnumerable<Symbol> Symbols => [_board, _out, _output];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway storm board.yaml", "aggregates and contexts"),
        new("conway storm board.csv -o yaml", "as a model"),
        new("conway storm board.yaml --out conway.yaml", "and written as a file"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        var path = line.GetValue(_board)!;
        var (board, findings, problem) = BoardFile.Read(path, terminal);
        if (problem is not null)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        foreach (var told in FindingsReport.Lines(findings, terminal))
        {
            terminal.Error.WriteLine(told);
        }

        if (board is null)
        {
            return terminal.Refuse(ExitCode.ModelInvalid, $"'{path}' has errors in what it says, so nothing is proposed. Mend them first.");
        }

        if (board.Notes.Count == 0)
        {
            return terminal.Refuse(ExitCode.Findings, $"'{path}' has no notes, so there is nothing to propose.");
        }

        var proposal = Stormer.Propose(board);
        var yaml = StormReport.Yaml(proposal, Path.GetFileName(path));
        if (line.GetValue(_out) is { } file && Write(file, yaml, terminal) is var code && code != ExitCode.Ok)
        {
            return code;
        }

        switch (line.GetValue(_output))
        {
            case "json": StormReport.Json(proposal, terminal.Output); break;
            case "yaml": terminal.Output.Write(yaml); break;
            default: StormReport.Text(proposal, terminal); break;
        }

        return ExitCode.Ok;
    }

    private static ExitCode Write(string file, string yaml, Terminal terminal)
    {
        var full = Path.GetFullPath(file, terminal.CurrentFolder);
        try
        {
            // CreateNew: nothing that is there is lost.
            using var stream = new FileStream(full, FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(stream);
            writer.Write(yaml);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Path.Exists(full)
                ? terminal.Refuse(ExitCode.WouldOverwrite, $"'{file}' is there already and was left as it is. Give another name.")
                : terminal.Refuse(ExitCode.PrerequisiteMissing, $"'{file}' could not be written: {e.Message.TrimEnd('.')}.");
        }

        terminal.Note($"wrote {file}. Next: conway check {file}.");
        return ExitCode.Ok;
    }
}
