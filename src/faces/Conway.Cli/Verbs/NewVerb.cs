using System.CommandLine;
using Conway.Scaffolding;

namespace Conway.Cli.Verbs;

/// <summary><c>conway new system NAME [PATH]</c></summary>
internal sealed class NewVerb : Verb
{
    private static readonly string[] Kinds = ["system"];

    private readonly Argument<string[]> _operands = new("KIND NAME [PATH]") { Arity = ArgumentArity.ZeroOrMore, Description = "What is made: system; its name; the folder, this one by default" };
    private readonly Option<string?> _service = new("--service") { HelpName = "NAME", Description = "system: its first service; hello by default" };
    private readonly Option<string?> _api = new("--api") { HelpName = "NAME", Description = "system: what that serves; greetings by default" };
    private readonly Option<bool> _dryRun = CommonOptions.Flag("--dry-run", "Write nothing; print what would change, as a diff");

    public override IEnumerable<Symbol> Symbols => [_operands, _service, _api, _dryRun];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway new system shop", "a system that runs, in this folder"),
        new("conway new system shop ./shop --service orders", "in another one"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        if (ScaffoldWords.Of("new", Kinds, line.GetValue(_operands) ?? [], 1, "NAME", out var problem) is not { } words)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        return System(words, line, terminal);
    }

    private ExitCode System(ScaffoldWords words, ParseResult line, Terminal terminal)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(words.Path ?? ".", terminal.CurrentFolder));
        var location = new ModelLocation(folder, ModelLocation.DefaultFile);
        var file = Path.Combine(folder, location.File);
        if (File.Exists(file) && LoadedModel.Load(location, null, terminal).Model.System is var there && there != words.Names[0])
        {
            return terminal.Refuse(ExitCode.WouldOverwrite, $"{location.File} is there already and describes '{there}'. 'conway new service NAME' adds to it; another system needs another folder.");
        }

        if (LibraryFeed.Find(terminal, out var problem) is not { } feed)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, problem);
        }

        var plan = Scaffolder.System(words.Names[0], line.GetValue(_service) ?? "hello", line.GetValue(_api) ?? "greetings", feed.Version);
        return ScaffoldRun.Do(plan, location, feed, line.GetValue(_dryRun), terminal);
    }
}
