using System.CommandLine;

namespace Conway.Cli.Verbs;

/// <summary><c>conway wait</c></summary>
internal sealed class WaitVerb : NodeVerb
{
    private static readonly TimeSpan AppearPatience = TimeSpan.FromSeconds(5);

    private readonly Argument<string[]> _operands = CommonOptions.PathAndServices("[PATH] [SERVICE...]", "The system, and services to wait for; all by default");
    private readonly Option<string> _for = For();
    private readonly Option<TimeSpan> _timeout = CommonOptions.Duration("--timeout", "How long to wait at most", TimeSpan.FromSeconds(60));

    protected override IEnumerable<Symbol> OwnSymbols => [_operands, _for, _timeout];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway wait", "until all services are healthy"),
        new("conway wait catalog --timeout 10s", "until one is, for ten seconds"),
        new("conway wait --for stopped", "until nothing runs any more"),
    ];

    protected override Operands? OperandsOf(ParseResult line, out string problem) => Operands.Of(line.GetValue(_operands) ?? [], out problem);

    /// <summary>Long enough for <c>conway run &amp; conway wait</c>, short enough for a mistaken folder.</summary>
    protected override TimeSpan AppearMax(ParseResult line)
    {
        var timeout = line.GetValue(_timeout);
        return line.GetValue(_for) == "stopped" ? TimeSpan.Zero : timeout < AppearPatience ? timeout : AppearPatience;
    }

    protected override ExitCode NotRunning(ModelLocation location, Operands operands, ParseResult line, Terminal terminal, string why) =>
        line.GetValue(_for) == "stopped" ? ExitCode.Ok : base.NotRunning(location, operands, line, terminal, why);

    protected override async Task<ExitCode> AskAsync(NodeClient node, Operands operands, ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        var wanted = line.GetValue(_for)!;
        return await ServiceWait.UntilAsync(node, operands.Names, wanted, line.GetValue(_timeout), terminal, cancellationToken);
    }

    private static Option<string> For() => CommonOptions.OneOf(
        new Option<string>("--for") { HelpName = "healthy|running|stopped", Description = "What to wait for; healthy by default", DefaultValueFactory = _ => "healthy" },
        "healthy", "running", "stopped");
}
