using System.CommandLine;
using Conway.Scaffolding;

namespace Conway.Cli.Verbs;

/// <summary><c>conway new system|service|library|check NAME [PATH]</c>, <c>conway new templates [PATH]</c></summary>
internal sealed class NewVerb : Verb
{
    private const string TemplateFolder = "conway-templates";
    private static readonly string[] Forms = ["system NAME", "service NAME", "library NAME", "check NAME", "templates"];

    private readonly Argument<string[]> _operands = new("KIND NAME [PATH]") { Arity = ArgumentArity.ZeroOrMore, Description = "system, service, library or check, and its name; templates" };
    private readonly Option<string?> _service = new("--service") { HelpName = "NAME", Description = "system: its first service; hello by default" };
    private readonly Option<string?> _api = new("--api") { HelpName = "NAME", Description = "system: what that serves; greetings by default" };
    private readonly Option<string?> _lang = CommonOptions.OneOf(new Option<string?>("--lang") { HelpName = "csharp|node", Description = "service: its language, csharp by default; check: csharp" }, "csharp", "node");
    private readonly Option<string?> _context = new("--context") { HelpName = "NAME", Description = "service: its bounded context" };
    private readonly Option<string?> _team = new("--team") { HelpName = "NAME", Description = "service: the team that owns it" };
    private readonly Option<string?> _because = new("--because") { HelpName = "TEXT", Description = "check: what goes wrong if nobody keeps it" };
    private readonly Option<string?> _weight = CommonOptions.OneOf(new Option<string?>("--weight") { HelpName = "WEIGHT", Description = "check: info, warning (by default) or error" }, "info", "warning", "error");
    private readonly Option<string?> _forbid = new("--forbid") { HelpName = "A:B", Description = "check: no A depends on a B" };
    private readonly Option<string?> _require = new("--require") { HelpName = "A:B", Description = "check: each A depends on a B" };
    private readonly Option<string?> _only = new("--only") { HelpName = "A:B", Description = "check: an A depends on nothing but B" };
    private readonly Option<string?> _layers = new("--layers") { HelpName = "TAG,TAG", Description = "check: calls go down these layers" };
    private readonly Option<string?> _named = new("--named") { HelpName = "A:LIKE", Description = "check: how each A is called" };
    private readonly Option<string?> _by = CommonOptions.OneOf(new Option<string?>("--by") { HelpName = "KIND", Description = "check: depends by calls, events or any" }, "calls", "events", "any");
    private readonly Option<bool> _dryRun = CommonOptions.Flag("--dry-run", "Write nothing; print what would change, as a diff");

    public override IEnumerable<Symbol> Symbols => [_operands, _service, _api, _lang, _context, _team, _because, _weight, _forbid, _require, _only, _layers, _named, _by, _dryRun];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway new system shop", "a system that runs, in this folder"),
        new("conway new system shop ./shop --service orders", "in another one"),
        new("conway new service payments", "another service, in C#"),
        new("conway new service mails --lang node", "or in Node.js"),
        new("conway new library money", "code that services share"),
        new("conway new templates", "the same, for dotnet new"),
        new("conway new check web --because 'why' --forbid tag=web:ledger", "a rule; with --lang csharp a test"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        if (ScaffoldWords.Of("new", Forms, line.GetValue(_operands) ?? [], out var problem) is not { } words)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        Option[] own = words.Kind switch
        {
            "system" => [_service, _api],
            "service" => [_lang, _context, _team],
            "check" => [_lang, _because, _weight, _forbid, _require, _only, _layers, _named, _by],
            _ => [],
        };
        if (Symbols.OfType<Option>().FirstOrDefault(option => option != _dryRun && !own.Contains(option) && line.GetResult(option) is { Implicit: false }) is { } other)
        {
            return terminal.Refuse(ExitCode.Usage, $"{other.Name} is not for 'new {words.Kind}'. 'conway new --help' says which is for what.");
        }

        return words.Kind switch
        {
            "system" => System(words, line, terminal),
            "templates" => Templates(words, line, terminal),
            _ => Part(words, line, terminal),
        };
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

    private ExitCode Templates(ScaffoldWords words, ParseResult line, Terminal terminal)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(words.Path ?? TemplateFolder, terminal.CurrentFolder));
        return LibraryFeed.Find(terminal, out var problem) is { } feed
            ? ScaffoldRun.Do(Scaffolder.Templates(feed.Version), new ModelLocation(folder, ModelLocation.DefaultFile), feed, line.GetValue(_dryRun), terminal)
            : terminal.Refuse(ExitCode.PrerequisiteMissing, problem);
    }

    /// <summary>What becomes part of a system that is there.</summary>
    private ExitCode Part(ScaffoldWords words, ParseResult line, Terminal terminal)
    {
        if (ModelLocation.Find(words.Path, terminal.CurrentFolder, out var problem) is not { } location)
        {
            return terminal.Refuse(ExitCode.Usage, problem.Replace("'conway init", "'conway new system NAME' makes a system, 'conway init", StringComparison.Ordinal));
        }

        var isNode = line.GetValue(_lang) == "node";
        var isCheck = words.Kind == "check";
        if (isCheck && isNode)
        {
            return terminal.Refuse(ExitCode.Usage, "a rule is in the model, or with --lang csharp in C#.");
        }

        var needsFeed = isCheck ? line.GetValue(_lang) is not null : !isNode;
        var feed = needsFeed ? LibraryFeed.Find(terminal, out problem) : null;
        if (needsFeed && feed is null)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, problem);
        }

        var (name, facts) = (words.Names[0], ScaffoldRun.FactsOf(LoadedModel.Load(location, null, terminal), feed?.Version ?? ""));
        var plan = words.Kind switch
        {
            "service" => Scaffolder.Service(facts, name, isNode, line.GetValue(_context), line.GetValue(_team)),
            "library" => Scaffolder.Library(facts, name),
            _ => Scaffolder.Check(facts, name, line.GetValue(_because), line.GetValue(_weight), line.GetValue(_by), Said(line), isCode: needsFeed),
        };
        return ScaffoldRun.Do(plan, location, feed, line.GetValue(_dryRun), terminal);
    }

    private (string Key, string Value)[] Said(ParseResult line) =>
        [.. new[] { _forbid, _require, _only, _layers, _named }.Where(option => line.GetValue(option) is not null).Select(option => (option.Name.TrimStart('-'), line.GetValue(option)!))];
}
