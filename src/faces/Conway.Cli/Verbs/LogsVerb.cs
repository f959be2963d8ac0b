using System.CommandLine;

namespace Conway.Cli.Verbs;

/// <summary><c>conway logs</c></summary>
internal sealed class LogsVerb : NodeVerb
{
    private const int PageMax = 500;
    private const int TailUsual = 200;
    private const int TailMax = 1_000_000;

    private readonly Argument<string[]> _operands = CommonOptions.PathAndServices("[PATH] [SERVICE...]", "The system, and whose logs; all by default");
    private readonly Option<bool> _follow = CommonOptions.Flag("--follow", "Stay and print new records", "-f");
    private readonly Option<int?> _tail = CommonOptions.Number("--tail", "The last N records; 200 by default", 0, TailMax);
    private readonly Option<TimeSpan> _since = CommonOptions.Duration("--since", "Not older than this", TimeSpan.Zero);
    private readonly Option<string?> _level = Level();
    private readonly Option<string?> _search = new("--search") { HelpName = "QUERY", Description = "More terms, as in the console" };
    private readonly Option<bool> _timestamps = CommonOptions.Flag("--timestamps", "Date and zone instead of the time of day");
    private readonly Option<string> _output = CommonOptions.Output("text", "json");

    protected override IEnumerable<Symbol> OwnSymbols => [_operands, _follow, _tail, _since, _level, _search, _timestamps, _output];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway logs orders -f", "follow one service"),
        new("conway logs --level error --since 5m", "errors of the last five minutes, of all"),
        new("conway logs --search 'trace:4bf92f3577b34da6a3ce929d0e0e4736' -o json", "all records of one trace, for programs"),
    ];

    protected override Operands? OperandsOf(ParseResult line, out string problem) => Operands.Of(line.GetValue(_operands) ?? [], out problem);

    protected override async Task<ExitCode> AskAsync(NodeClient node, Operands operands, ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        if (operands.Names.Count > 0 && Pick(await node.ServicesAsync(cancellationToken), operands.Names, terminal) is null)
        {
            return ExitCode.Usage;
        }

        var since = line.GetValue(_since);
        var query = LogQuery.Of(operands.Names, line.GetValue(_level), since, line.GetValue(_search));
        var form = new LogForm(line.GetValue(_output) == "json", line.GetValue(_timestamps), terminal);
        var tail = line.GetValue(_tail) ?? (since > TimeSpan.Zero ? TailMax : TailUsual);

        // The stream is opened before the page is read, so that nothing falls between the two; ids tell what came twice.
        using var streamEnds = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stream = line.GetValue(_follow) ? LogStream.Open(node, query, streamEnds.Token) : null;
        var printed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in await NewestAsync(node, query, tail, cancellationToken))
        {
            form.Write(record);
            printed.Add(record.Id);
        }

        terminal.Output.Flush();
        if (stream is not null)
        {
            await stream.PrintAsync(form, printed, terminal);
        }

        return ExitCode.Ok;
    }

    /// <summary>The newest records, oldest first: pages are asked for backward until there are enough.</summary>
    private static async Task<IReadOnlyList<LogView>> NewestAsync(NodeClient node, string query, int tail, CancellationToken cancellationToken)
    {
        var pages = new Stack<IReadOnlyList<LogView>>();
        string? before = null;
        for (var left = tail; left > 0;)
        {
            var page = await node.LogsAsync(query, Math.Min(left, PageMax), before, cancellationToken);
            pages.Push(page.Records);
            left -= page.Records.Count;
            before = page.Before;
            if (before is null || page.Records.Count == 0)
            {
                break;
            }
        }

        return [.. pages.SelectMany(p => p)];
    }

    private static Option<string?> Level() => CommonOptions.OneOf(
        new Option<string?>("--level") { HelpName = "LEVEL", Description = "This level and above" }, [.. LogQuery.Levels]);
}
