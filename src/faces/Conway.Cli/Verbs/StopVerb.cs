using System.CommandLine;

namespace Conway.Cli.Verbs;

/// <summary><c>conway stop</c>: some services, or without names the whole system.</summary>
internal sealed class StopVerb() : ActVerb("stop", "stopped")
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway stop", "end the whole system, and return when it has ended"),
        new("conway stop payments", "stop one service and see how the others bear it"),
    ];

    protected override bool Concerns(ServiceView service) => service.State != "stopped";

    protected override Task<ExitCode> AskAsync(NodeClient node, Operands operands, ParseResult line, Terminal terminal, CancellationToken cancellationToken) =>
        operands.Names.Count > 0
            ? base.AskAsync(node, operands, line, terminal, cancellationToken)
            : EndAsync(node, line.GetValue(Timeout), terminal, cancellationToken);

    private static async Task<ExitCode> EndAsync(NodeClient node, TimeSpan timeout, Terminal terminal, CancellationToken cancellationToken)
    {
        await node.StopAsync(cancellationToken);
        terminal.Note("stopping");
        using var time = new CancellationTokenSource(timeout, terminal.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            while (node.Node.ProcessLives())
            {
                await Task.Delay(Pause, terminal.Time, both.Token);
            }

            terminal.Note("stopped");
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return terminal.Refuse(ExitCode.Timeout, $"the system has not ended after {Spans.Short(timeout)} (process {node.Node.Pid}).");
        }
    }
}
