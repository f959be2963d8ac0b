using System.CommandLine;
using Conway.Scaffolding;

namespace Conway.Cli.Verbs;

/// <summary><c>conway add api|call|event|store|route|saga … [PATH]</c></summary>
internal sealed class AddVerb : Verb
{
    private static readonly string[] Forms = ["api SERVICE NAME", "call FROM TO", "event SERVICE NAME", "store SERVICE NAME", "route ROUTE SERVICE", "saga NAME OWNER"];

    private readonly Argument<string[]> _operands = new("KIND NAMES [PATH]") { Arity = ArgumentArity.ZeroOrMore, Description = "api, call, event, store, route or saga; its names" };
    private readonly Option<bool> _route = CommonOptions.Flag("--route", "api: the gateway leads to it, too");
    private readonly Option<bool> _grpc = CommonOptions.Flag("--grpc", "api: serve it by gRPC; call: by gRPC, not REST");
    private readonly Option<TimeSpan> _timeout = CommonOptions.Duration("--timeout", "call: how long one attempt may take", TimeSpan.Zero);
    private readonly Option<string?> _to = new("--to") { HelpName = "A,B", Description = "event: services that handle it" };
    private readonly Option<string?> _engine = CommonOptions.OneOf(new Option<string?>("--engine") { HelpName = "NAME", Description = "store: sqlite, postgresql, redis, document, event-store" }, "sqlite", "postgresql", "redis", "document", "event-store");
    private readonly Option<string?> _steps = new("--steps") { HelpName = "A.X:A.Y,B.Z", Description = "saga: operations in order, each with its undo" };
    private readonly Option<bool> _dryRun = CommonOptions.Flag("--dry-run", "Write nothing; print what would change, as a diff");

    public override IEnumerable<Symbol> Symbols => [_operands, _route, _grpc, _timeout, _to, _engine, _steps, _dryRun];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway add api orders invoices --route", "a resource, from contract to tests"),
        new("conway add api ledger entries --grpc", "the same by gRPC"),
        new("conway add call basket catalog.products", "a call, with a typed client"),
        new("conway add call basket pricing --grpc", "a call by gRPC, with a typed client"),
        new("conway add event orders OrderPlaced --to shipping", "an event"),
        new("conway add store orders orders-db", "a store"),
        new("conway add route '/api/v1/orders/**' orders", "a way in from outside"),
        new("conway add saga buy orders --steps stock.take:stock.give", "a saga"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        if (ScaffoldWords.Of("add", Forms, line.GetValue(_operands) ?? [], out var problem) is not { } words)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        Option[] own = words.Kind switch { "api" => [_route, _grpc], "call" => [_timeout, _grpc], "event" => [_to], "store" => [_engine], "saga" => [_steps], _ => [] };
        if (new Option[] { _route, _grpc, _timeout, _to, _engine, _steps }.FirstOrDefault(option => !own.Contains(option) && line.GetResult(option) is { Implicit: false }) is { } other)
        {
            return terminal.Refuse(ExitCode.Usage, $"{other.Name} is not for 'add {words.Kind}'. 'conway add --help' says which is for what.");
        }

        if (ModelLocation.Find(words.Path, terminal.CurrentFolder, out problem) is not { } location)
        {
            return terminal.Refuse(ExitCode.Usage, problem.Replace("'conway init", "'conway new system NAME' makes a system, 'conway init", StringComparison.Ordinal));
        }

        // Most of what is added needs no package, so that there is none is told only where one is needed.
        var feed = LibraryFeed.Find(terminal, out problem);
        var plan = Plan(words, ScaffoldRun.FactsOf(LoadedModel.Load(location, null, terminal), feed?.Version ?? ""), line);
        if (plan is { Problem: null, Libraries.Count: > 0 } && feed is null)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, problem);
        }

        return ScaffoldRun.Do(plan, location, feed, line.GetValue(_dryRun), terminal);
    }

    private ScaffoldPlan Plan(ScaffoldWords words, ScaffoldFacts facts, ParseResult line)
    {
        var (first, second) = (words.Names[0], words.Names[1]);
        switch (words.Kind)
        {
            case "api":
                return line.GetValue(_grpc) ? Scaffolder.GrpcApi(facts, first, second, line.GetValue(_route)) : Scaffolder.Api(facts, first, second, line.GetValue(_route));
            case "call":
                var parts = second.Split('.', 2);
                return Scaffolder.Call(facts, first, parts[0], parts.Length > 1 ? parts[1] : null, line.GetValue(_timeout) is { Ticks: > 0 } timeout ? timeout : null, line.GetValue(_grpc));
            case "event":
                return Scaffolder.Event(facts, first, second, Listed(line.GetValue(_to)));
            case "store":
                return Scaffolder.Store(facts, first, second, line.GetValue(_engine));
            case "route":
                return Scaffolder.RouteTo(facts, first, second);
            default:
                var steps = Listed(line.GetValue(_steps)).Select(step => step.Split(':', 2)).Select(step => (step[0], step.Length > 1 ? step[1] : null)).ToArray();
                return steps.Length > 0 ? Scaffolder.Saga(facts, first, second, steps)
                    : new ScaffoldPlan { Problem = "a saga has steps: '--steps stock.take:stock.give,payments.charge:payments.refund', each with what undoes it." };
        }
    }

    private static string[] Listed(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
