namespace Conway.Observations;

/// <summary>What was seen of one run of a system.</summary>
/// <remarks>Spans tell everything about the requests that they belong to, and may be lost or sampled away; listeners count every request, and
/// tell nothing but the edge. Immutable.</remarks>
public sealed record ObservedRun
{
    /// <summary>Name of the run: <c>r-20261121-221530-4f2a</c>.</summary>
    public required string Run { get; init; }

    /// <summary>Spans, in any order, each once.</summary>
    public required IReadOnlyList<ObservedSpan> Spans { get; init; }

    /// <summary>What gateway and listeners counted; empty when the system runs no more.</summary>
    public IReadOnlyList<ObservedTraffic> Listeners { get; init; } = [];

    /// <summary>There are older spans that were not read.</summary>
    public bool IsCut { get; init; }
}
