using Conway.Checks.Boundaries;
using Conway.Findings;

namespace Conway.Checks;

/// <summary>What was found, and what could not be looked at.</summary>
public sealed record CheckReport
{
    /// <summary>Everything that is to be told, by code and then in order of declaration. Not yet placed in text.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What the model says not to tell.</summary>
    public IReadOnlyList<SuppressedFinding> Suppressed { get; init; } = [];

    /// <summary>How well each service's boundary is drawn, in order of declaration.</summary>
    public IReadOnlyList<BoundaryScore> Boundaries { get; init; } = [];

    /// <summary>How much was seen of the run. Unset: nobody looked.</summary>
    public TrafficSeen? Traffic { get; init; }

    /// <summary>Rules that were judged, by code.</summary>
    public IReadOnlyList<FindingRule> Evaluated { get; init; } = [];

    /// <summary>Rules that could not be judged, by code.</summary>
    public IReadOnlyList<NotEvaluated> NotEvaluated { get; init; } = [];

    /// <summary>Rules that were judged, and would have seen more with another input, by code.</summary>
    public IReadOnlyList<NotEvaluated> InPart { get; init; } = [];
}

/// <summary>How much was seen of a run.</summary>
/// <param name="Run">Its name.</param>
/// <param name="From">Start of the first span.</param>
/// <param name="Until">End of the last span.</param>
/// <param name="Requests">Requests that services answered, as spans tell.</param>
/// <param name="Coverage">Share of the requests between services whose caller was seen, 0 to 1.</param>
/// <param name="SpanLoss">Share of spans that are missing, 0 to 1, estimated from parents that are named and never came.</param>
/// <param name="IsCut">There are older spans that were not read.</param>
public sealed record TrafficSeen(string Run, DateTimeOffset From, DateTimeOffset Until, int Requests, double Coverage, double SpanLoss, bool IsCut);
