namespace Conway.Observations;

/// <summary>What one operation of an edge has carried since counting began; it only grows. Safe for concurrent use.</summary>
public readonly struct TrafficCounter
{
    private readonly TrafficEdge _edge;
    private readonly TrafficCell _cell;

    internal static readonly Comparison<TrafficCounter> ByName = static (one, other) =>
    {
        var order = string.CompareOrdinal(one.Caller, other.Caller);
        order = order != 0 ? order : string.CompareOrdinal(one.Callee, other.Callee);
        order = order != 0 ? order : string.CompareOrdinal(one.Protocol, other.Protocol);
        return order != 0 ? order : string.CompareOrdinal(one.Operation, other.Operation);
    };

    internal TrafficCounter(TrafficEdge edge, string protocol, string operation, TrafficCell cell) => (_edge, Protocol, Operation, _cell) = (edge, protocol, operation, cell);

    /// <summary>Name of the calling service.</summary>
    public string Caller => _edge.Caller;

    /// <summary>Name of the called service.</summary>
    public string Callee => _edge.Callee;

    /// <summary><c>http</c>, <c>grpc</c> or <c>websocket</c>.</summary>
    public string Protocol { get; }

    /// <summary>Method and route, or the method alone.</summary>
    public string Operation { get; }

    /// <summary>What it stands at. Allocates nothing.</summary>
    /// <param name="buckets">Gets how many requests fell into each bucket of <see cref="LatencyScale"/>: room for <see cref="LatencyScale.Buckets"/>, or empty when nobody wants them.</param>
    public TrafficReading Read(Span<long> buckets) => _cell.Read(buckets);
}

/// <summary>One reading of a <see cref="TrafficCounter"/>.</summary>
/// <param name="Count">Requests that ended; as many as all buckets hold.</param>
/// <param name="Errors">Of these failed.</param>
/// <param name="Retries">Extra attempts made for them.</param>
/// <param name="Took">Their times together.</param>
public readonly record struct TrafficReading(long Count, long Errors, long Retries, TimeSpan Took);
