using System.CommandLine;
using Conway.Checks;
using Conway.Lowering;
using Conway.Node;

namespace Conway.Cli.Verbs;

/// <summary><c>conway run</c></summary>
internal sealed class RunVerb : Verb
{
    private const int PortMax = 65535;
    private static readonly TimeSpan DemoTime = TimeSpan.FromSeconds(30);

    private readonly Argument<string?> _path = CommonOptions.Path();
    private readonly Option<string?> _environment = CommonOptions.Environment();
    private readonly Option<bool> _plan = CommonOptions.Flag("--plan", "Print what would be done, and do nothing");
    private readonly Option<string?> _only = new("--only") { HelpName = "A,B", Description = "These services and what they call" };
    private readonly Option<bool> _detach = CommonOptions.Flag("--detach", "Return when all are healthy, and leave the system running");
    private readonly Option<bool> _demo = CommonOptions.Flag("--demo", "Let a service be slow for 30 s, to see what happens");
    private readonly Option<string?> _isolated = IsolatedRuns.Option("A run of its own beside others on the same folder");
    private readonly Option<bool> _noWatch = CommonOptions.Flag("--no-watch", "Do not rebuild or restart on change");
    private readonly Option<bool> _noOpen = CommonOptions.Flag("--no-open", "Do not open the console in a browser");
    private readonly Option<int?> _port = CommonOptions.Number("--port", "Gateway port; the next free one when taken", 1, PortMax);
    private readonly Option<int?> _consolePort = CommonOptions.Number("--console-port", "Console port; 8090 by default", 1, PortMax);
    private readonly Option<TimeSpan> _timeout = CommonOptions.Duration("--timeout", "How long until all are healthy, builds apart", TimeSpan.FromSeconds(60));

    public override IEnumerable<Symbol> Symbols => [_path, _environment, _plan, _only, _detach, _isolated, _demo, _noWatch, _noOpen, _port, _consolePort, _timeout];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway run", "the system here; Ctrl-C stops it"),
        new("conway run samples/shop --no-open", "another, without a browser"),
        new("conway run --detach --timeout 2m", "in the background, for scripts"),
        new("conway run --only orders,payments", "a part, with what it calls"),
        new("conway run --isolated review", "another one beside it, with its own data"),
        new("conway run --plan", "what would be done"),
    ];

    public override async Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        if (ModelLocation.Find(line.GetValue(_path), terminal.CurrentFolder, out var problem) is not { } location)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        location = location with { Isolated = line.GetValue(_isolated) };
        if (Options(line, location, terminal) is not { } options)
        {
            return ExitCode.Usage;
        }

        return line.GetValue(_plan) ? Plan(options, terminal)
            : line.GetValue(_detach) ? await DetachedRun.StartAsync(location, Again(line, location), line.GetValue(_timeout), terminal, cancellationToken)
            : await ForegroundRun.RunAsync(location, options, line.GetValue(_timeout), open: !line.GetValue(_noOpen), terminal, cancellationToken);
    }

    private NodeOptions? Options(ParseResult line, ModelLocation location, Terminal terminal)
    {
        var options = new NodeOptions
        {
            Folder = location.Folder,
            ModelFile = location.File,
            Environment = line.GetValue(_environment),
            Isolated = location.Isolated,
            GatewayPort = line.GetValue(_port),
            Watch = !line.GetValue(_noWatch),
            Demo = line.GetValue(_demo) ? DemoTime : null,
            Program = ThisProgram.Line,
            Version = Product.Version,
            Judge = (model, findings) => CheckCatalog.Judge(new CheckSubject(model) { Today = LoadedModel.Today(terminal) }, findings).Findings,
            Clock = terminal.Time,
        };
        if (line.GetValue(_consolePort) is { } port)
        {
            options = options with { ConsolePort = port };
        }

        if (line.GetValue(_only) is not { } only)
        {
            return options;
        }

        var names = only.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var services = LoadedModel.Load(location, options.Environment, terminal).Model.Services;
        if (names.FirstOrDefault(n => !services.ContainsKey(n)) is { } unknown)
        {
            terminal.Refuse(ExitCode.Usage, $"there is no service '{unknown}'. {UsageProblem.Hint(unknown, services.Keys, $"There are {string.Join(", ", services.Keys.Take(20))}.")}");
            return null;
        }

        return options with { Only = OnlyServices.WithCallees(services, names) };
    }

    private static ExitCode Plan(NodeOptions options, Terminal terminal)
    {
        var (plan, findings) = NodeHost.PlanOnly(options);
        if (plan is null)
        {
            ForegroundRun.TellFindings(findings, terminal);
            return terminal.Refuse(ExitCode.ModelInvalid, "the model has errors, so there is no plan.");
        }

        terminal.Output.WriteLine(RunPlanText.Write(plan));
        return ExitCode.Ok;
    }

    /// <summary>The same run without <c>--detach</c>, as words.</summary>
    private List<string> Again(ParseResult line, ModelLocation location)
    {
        List<string> words = ["run", Path.Combine(location.Folder, location.File), "--no-open", "--no-color"];
        Add(_environment, line.GetValue(_environment));
        Add(_only, line.GetValue(_only));
        Add(_isolated, line.GetValue(_isolated));
        Add(_port, line.GetValue(_port)?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(_consolePort, line.GetValue(_consolePort)?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var flag in new[] { _noWatch, _demo }.Where(line.GetValue))
        {
            words.Add(flag.Name);
        }

        return words;

        void Add(Option option, string? value)
        {
            if (value is not null)
            {
                words.AddRange([option.Name, value]);
            }
        }
    }
}
