using System.CommandLine;
using Conway.Scaffolding;

namespace Conway.Cli.Verbs;

/// <summary><c>conway new system|service NAME [PATH]</c></summary>
internal sealed class NewVerb : Verb
{
    private static readonly string[] Forms = ["system NAME", "service NAME"];

    private readonly Argument<string[]> _operands = new("KIND NAME [PATH]") { Arity = ArgumentArity.ZeroOrMore, Description = "system or service; its name; the folder" };
    private readonly Option<string?> _service = new("--service") { HelpName = "NAME", Description = "system: its first service; hello by default" };
    private readonly Option<string?> _api = new("--api") { HelpName = "NAME", Description = "system: what that serves; greetings by default" };
    private readonly Option<string?> _lang = CommonOptions.OneOf(new Option<string?>("--lang") { HelpName = "csharp|node", Description = "service: its language; csharp by default" }, "csharp", "node");
    private readonly Option<string?> _context = new("--context") { HelpName = "NAME", Description = "service: its bounded context" };
    private readonly Option<string?> _team = new("--team") { HelpName = "NAME", Description = "service: the team that owns it" };
    private readonly Option<bool> _dryRun = CommonOptions.Flag("--dry-run", "Write nothing; print what would change, as a diff");

    public override IEnumerable<Symbol> Symbols => [_operands, _service, _api, _lang, _context, _team, _dryRun];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway new system shop", "a system that runs, in this folder"),
        new("conway new system shop ./shop --service orders", "in another one"),
        new("conway new service payments", "another service, in C#"),
        new("conway new service mails --lang node", "or in Node.js"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        if (ScaffoldWords.Of("new", Forms, line.GetValue(_operands) ?? [], out var problem) is not { } words)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var isSystem = words.Kind == "system";
        if ((isSystem ? new Option[] { _lang, _context, _team } : [_service, _api]).FirstOrDefault(option => line.GetResult(option) is { Implicit: false }) is { } other)
        {
            return terminal.Refuse(ExitCode.Usage, $"{other.Name} is not for 'new {words.Kind}'. 'conway new --help' says which is for what.");
        }

        return isSystem ? System(words, line, terminal) : Service(words, line, terminal);
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

    private ExitCode Service(ScaffoldWords words, ParseResult line, Terminal terminal)
    {
        if (ModelLocation.Find(words.Path, terminal.CurrentFolder, out var problem) is not { } location)
        {
            return terminal.Refuse(ExitCode.Usage, problem.Replace("'conway init", "'conway new system NAME' makes a system, 'conway init", StringComparison.Ordinal));
        }

        var isNode = line.GetValue(_lang) == "node";
        var feed = isNode ? null : LibraryFeed.Find(terminal, out problem);
        if (!isNode && feed is null)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, problem);
        }

        var facts = ScaffoldRun.FactsOf(LoadedModel.Load(location, null, terminal), feed?.Version ?? "");
        return ScaffoldRun.Do(Scaffolder.Service(facts, words.Names[0], isNode, line.GetValue(_context), line.GetValue(_team)), location, feed, line.GetValue(_dryRun), terminal);
    }
}
