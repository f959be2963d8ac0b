using System.Text.Json;
using Conway.Observations;

namespace Conway.Cli;

/// <summary>What the listeners of the running node counted in the last minute. They see every request, also of services that send no spans.</summary>
internal static class RunningTraffic
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Nothing when this run does not run any more, or its node does not answer: the spans on disk have to do.</summary>
    public static async Task<IReadOnlyList<ObservedTraffic>> ReadAsync(ModelLocation location, string run, CancellationToken cancellationToken)
    {
        if (NodeFile.TryRead(location) is not { Token.Length: > 0 } file || file.Run != run || !file.ProcessLives() || !Uri.TryCreate(file.Url, UriKind.Absolute, out _))
        {
            return [];
        }

        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        try
        {
            using var node = new NodeClient(file);
            return [.. Edges(await node.GraphAsync(Window, late.Token))];
        }
        catch (Exception e) when (e is HttpRequestException or IOException or NodeRefused or JsonException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return [];
        }
    }

    private static IEnumerable<ObservedTraffic> Edges(GraphEdges graph) =>
        from edge in graph.Edges
        where edge.Observed
        let rate = edge.RequestsPerSecond ?? 0
        where rate > 0
        select new ObservedTraffic
        {
            From = default,
            Until = DateTimeOffset.MinValue + Window,
            Caller = edge.From,
            Callee = edge.To,
            Protocol = edge.Protocol,
            Operation = "",
            Count = Math.Max(1, (long)(rate * Window.TotalSeconds)),
            Errors = 0,
            Latency = default,
            Source = TrafficSource.Listener,
        };
}
