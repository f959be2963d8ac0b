using System.CommandLine;

namespace Conway.Cli.Verbs;

/// <summary>What <c>start</c>, <c>stop</c> and <c>restart</c> share: ask the node for each service, then wait until it is so.</summary>
internal abstract class ActVerb(string act, string until) : NodeVerb
{
    private readonly Argument<string[]> _operands = CommonOptions.PathAndServices("[PATH] [SERVICE...]", "The system, and the services meant");

    protected Option<TimeSpan> Timeout { get; } = CommonOptions.Duration("--timeout", "How long to wait at most", TimeSpan.FromSeconds(60));

    protected override IEnumerable<Symbol> OwnSymbols => [_operands, Timeout];

    /// <summary>Whether a service is meant when none is named.</summary>
    protected abstract bool Concerns(ServiceView service);

    protected override Operands? OperandsOf(ParseResult line, out string problem) => Operands.Of(line.GetValue(_operands) ?? [], out problem);

    protected override async Task<ExitCode> AskAsync(NodeClient node, Operands operands, ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        if (Pick(await node.ServicesAsync(cancellationToken), operands.Names, terminal) is not { } services)
        {
            return ExitCode.Usage;
        }

        string[] names = [.. (operands.Names.Count > 0 ? services : services.Where(Concerns)).Select(s => s.Name)];
        if (names.Length == 0)
        {
            terminal.Note($"nothing to {act}");
            return ExitCode.Ok;
        }

        foreach (var name in names)
        {
            await node.ActAsync(name, act, cancellationToken);
            terminal.Note($"{act} {name}");
        }

        return await ServiceWait.UntilAsync(node, names, until, line.GetValue(Timeout), terminal, cancellationToken, before: act == "stop" ? [] : services);
    }
}
