namespace Conway.Telemetry;

/// <summary>Logs found, newest first.</summary>
/// <param name="Entries">At most as many as asked for.</param>
/// <param name="Next">Where the next page begins; unset when there is none.</param>
/// <param name="IsComplete">False when the search gave up after reading its fill: narrow it by service or time.</param>
/// <param name="Scanned">Records in the blocks that were opened.</param>
public sealed record LogPage(IReadOnlyList<LogEntry> Entries, string? Next, bool IsComplete, long Scanned);

/// <summary>Traces found, newest first.</summary>
/// <param name="Traces">At most as many as asked for.</param>
/// <param name="Next">Where the next page begins; unset when there is none.</param>
/// <param name="IsComplete">False when the search gave up after reading its fill: narrow it by service or time.</param>
/// <param name="Scanned">Records in the blocks that were opened.</param>
public sealed record TracePage(IReadOnlyList<TraceSummary> Traces, string? Next, bool IsComplete, long Scanned);

/// <summary>A trace in a list.</summary>
/// <param name="Id">Which.</param>
/// <param name="RootService">Service of the span without a parent; of the first span when that is missing.</param>
/// <param name="RootOperation">Name of that span.</param>
/// <param name="Start">When its first span began.</param>
/// <param name="Duration">From the first begin to the last end.</param>
/// <param name="SpanCount">Spans received.</param>
/// <param name="ErrorCount">Spans that failed.</param>
/// <param name="Services">All that took part, by name.</param>
public sealed record TraceSummary(
    TraceId Id, string RootService, string RootOperation, DateTimeOffset Start, TimeSpan Duration, int SpanCount, int ErrorCount, IReadOnlyList<TraceShare> Services);

/// <summary>What one service did in a trace.</summary>
/// <param name="Service">Its name.</param>
/// <param name="SpanCount">Its spans.</param>
/// <param name="ErrorCount">Those that failed.</param>
public sealed record TraceShare(string Service, int SpanCount, int ErrorCount);

/// <summary>Which part of a result to give.</summary>
/// <param name="Limit">Items, 1 to 1000.</param>
/// <param name="After"><c>Next</c> of the page before; unset for the first.</param>
public sealed record PageRequest(int Limit = 100, string? After = null)
{
    /// <summary>The largest page.</summary>
    public const int LimitMax = 1000;
}
