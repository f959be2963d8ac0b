using System.CommandLine;
using Conway.Diagrams;

namespace Conway.Cli.Verbs;

/// <summary><c>conway diagram [PATH] [KIND [NAME]]</c></summary>
internal sealed class DiagramVerb : Verb
{
    private const string Every = "all";

    private readonly Argument<string[]> _operands = Kinds();
    private readonly Option<string?> _environment = CommonOptions.Environment();
    private readonly Option<string> _output = CommonOptions.Output([.. DiagramForms.All.Select(form => form.Name)]);
    private readonly Option<string?> _out = new("--out") { HelpName = "FILE|FOLDER", Description = "Write there instead of printing; with 'all', the folder for every diagram" };
    private readonly Option<bool> _check = CommonOptions.Flag("--check", "Write nothing; exit with 8 when --out is not up to date");

    public override IEnumerable<Symbol> Symbols => [_operands, _environment, _output, _out, _check];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway diagram", "the kinds that there are"),
        new("conway diagram containers -o svg --out containers.svg", "services and stores, as a picture"),
        new("conway diagram components orders", "one service, in Mermaid"),
        new("conway diagram all -o structurizr --out docs", "a workspace with a view for each"),
        new("conway diagram all --out docs --check", "in a pipeline: are they up to date?"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        if (Operands.Of(line.GetValue(_operands) ?? [], out var problem) is not { } operands)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        if (line.GetValue(_check) && line.GetValue(_out) is null)
        {
            return terminal.Refuse(ExitCode.Usage, "--check compares with what is written already; say where with --out.");
        }

        if (operands.Names.Count == 0)
        {
            return List(terminal);
        }

        if (ModelLocation.Find(operands.Path, terminal.CurrentFolder, out problem) is not { } location)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var environment = line.GetValue(_environment);
        var loaded = LoadedModel.Load(location, environment, terminal);
        ModelVerb.NoteErrors(loaded, terminal);
        var form = DiagramForms.Find(line.GetValue(_output)!)!;
        if (!TryChoose(operands.Names, loaded, environment, out var diagrams, out problem))
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var ended = operands.Names[0] == Every ? Folder(diagrams, loaded, environment, form, line, terminal) : One(diagrams[0], loaded, environment, form, line, terminal);
        return ended == ExitCode.Ok && loaded.Read.HasErrors ? ExitCode.ModelInvalid : ended;
    }

    private static bool TryChoose(IReadOnlyList<string> names, LoadedModel loaded, string? environment, out IReadOnlyList<Diagram> diagrams, out string problem)
    {
        diagrams = [];
        if (names[0] == Every)
        {
            problem = names.Count > 1 ? $"'{Every}' is of the whole system, so '{names[1]}' says too much." : "";
            diagrams = [.. DiagramCatalog.Every(loaded.Model, environment)];
            return problem.Length == 0;
        }

        if (DiagramCatalog.Find(names[0]) is not { } kind)
        {
            problem = $"there is no diagram '{names[0]}'. {UsageProblem.Hint(names[0], DiagramCatalog.All.Select(one => one.Name), "'conway diagram' lists them.")}";
            return false;
        }

        problem = kind.Operand is null ? names.Count > 1 ? $"'{kind.Name}' is of the whole system, so '{names[1]}' says too much." : ""
            : names.Count != 2 ? $"of which {Word(kind)}? 'conway diagram {kind.Name} NAME'. {There(kind, loaded)}"
            : kind.NamesIn(loaded.Model).Contains(names[1]) ? ""
            : $"there is no {Word(kind)} '{names[1]}'. {UsageProblem.Hint(names[1], kind.NamesIn(loaded.Model), There(kind, loaded))}";
        if (problem.Length > 0)
        {
            return false;
        }

        diagrams = [kind.Draw(loaded.Model, environment, names.Count == 2 ? names[1] : "")];
        return true;
    }

    private static string Word(DiagramKind kind) => kind.Operand!.Value.ToString().ToLowerInvariant();

    private static string There(DiagramKind kind, LoadedModel loaded) =>
        kind.NamesIn(loaded.Model).ToArray() is { Length: > 0 } names ? $"There are {string.Join(", ", names.Take(20))}{(names.Length > 20 ? ", …" : "")}." : $"The model declares no {Word(kind)}.";

    private ExitCode One(Diagram diagram, LoadedModel loaded, string? environment, DiagramForm form, ParseResult line, Terminal terminal)
    {
        var text = form.Write(loaded.Model, environment, diagram);
        if (line.GetValue(_out) is not { } given)
        {
            terminal.Output.Write(text);
            return ExitCode.Ok;
        }

        var path = System.IO.Path.GetFullPath(given, terminal.CurrentFolder);
        return Directory.Exists(path)
            ? terminal.Refuse(ExitCode.Usage, $"'{given}' is a folder. Name a file in it, such as {System.IO.Path.Combine(given, $"{diagram.Key}.{form.Extension}")}.")
            : Keep(System.IO.Path.GetDirectoryName(path)!, new Dictionary<string, string> { [System.IO.Path.GetFileName(path)] = text }, line, terminal);
    }

    private ExitCode Folder(IReadOnlyList<Diagram> diagrams, LoadedModel loaded, string? environment, DiagramForm form, ParseResult line, Terminal terminal)
    {
        if (line.GetValue(_out) is not { } given)
        {
            return terminal.Refuse(ExitCode.Usage, $"{diagrams.Count} diagrams are more than one text; say with --out into which folder they go.");
        }

        // A workspace holds all views.
        var texts = form.Name == "structurizr"
            ? new Dictionary<string, string> { ["workspace.dsl"] = DiagramForms.Workspace(loaded.Model, environment, diagrams) }
            : diagrams.ToDictionary(diagram => $"{diagram.Key}.{form.Extension}", diagram => form.Write(loaded.Model, environment, diagram), StringComparer.Ordinal);
        return Keep(System.IO.Path.GetFullPath(given, terminal.CurrentFolder), texts, line, terminal);
    }

    private ExitCode Keep(string folder, Dictionary<string, string> texts, ParseResult line, Terminal terminal)
    {
        string Shown(string name) => GeneratedFiles.Shown(System.IO.Path.Combine(folder, name), terminal.CurrentFolder);
        try
        {
            if (line.GetValue(_check))
            {
                var stale = texts.Keys.Order(StringComparer.Ordinal).Where(name => !IsAsWritten(System.IO.Path.Combine(folder, name), texts[name])).Select(Shown).ToArray();
                return stale.Length == 0 ? ExitCode.Ok
                    : terminal.Refuse(ExitCode.Drift, $"{string.Join(", ", stale)} {(stale.Length == 1 ? "is" : "are")} not as the model says. The same line without --check draws {(stale.Length == 1 ? "it" : "them")} again.");
            }

            if (texts.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => GeneratedFiles.IsForeign(System.IO.Path.Combine(folder, name), DiagramForms.Mark)) is { } foreign)
            {
                return terminal.Refuse(ExitCode.WouldOverwrite, $"'{Shown(foreign)}' is there already and was not drawn by conway, so nothing was written. Give another place with --out.");
            }

            GeneratedFiles.Write(folder, texts);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, $"'{GeneratedFiles.Shown(folder, terminal.CurrentFolder)}' could not be written: {e.Message.TrimEnd('.')}. Give another place with --out.");
        }

        terminal.Note(texts.Count == 1 ? $"wrote {Shown(texts.Keys.Single())}" : $"wrote {texts.Count} diagrams into {GeneratedFiles.Shown(folder, terminal.CurrentFolder)}");
        return ExitCode.Ok;
    }

    private static bool IsAsWritten(string path, string text) => File.Exists(path) && File.ReadAllText(path) == text;

    private static ExitCode List(Terminal terminal)
    {
        var table = new TextTable("KIND", "OF", "WHAT");
        foreach (var kind in DiagramCatalog.All)
        {
            table.Add(kind.Name, kind.Operand is null ? "the system" : $"a {Word(kind)}", kind.Summary);
        }

        table.Add(Every, "the system", "each of them, into the folder of --out");
        terminal.Output.Write(table.Render(terminal.Width(), terminal.Ink));
        return ExitCode.Ok;
    }

    private static Argument<string[]> Kinds()
    {
        var kinds = new Argument<string[]>("[PATH] [KIND [NAME]]") { Arity = ArgumentArity.ZeroOrMore, Description = "The system, what to draw, and of which; lists all kinds without" };
        kinds.CompletionSources.Add(static _ => DiagramCatalog.All.Select(kind => kind.Name).Append(Every).Concat(ServiceNames.ForCompletion()));
        return kinds;
    }
}
