namespace Conway.Telemetry.Querying;

/// <summary>Holds what was counted of one run against another. Pure.</summary>
internal static class RunComparer
{
    public static RunComparison Compare(RateTally run, RateTally other)
    {
        var (ours, theirs) = (ByName(run), ByName(other));
        return new(StretchOf(run), StretchOf(other), [.. ours.Keys.Union(theirs.Keys)
            .OrderBy(key => key.Service, StringComparer.Ordinal).ThenBy(key => key.Operation, StringComparer.Ordinal)
            .Select(key => Compare(key, (ours.GetValueOrDefault(key), run.Seconds), (theirs.GetValueOrDefault(key), other.Seconds)))]);
    }

    private static ComparedRoute Compare((string Service, string Operation) key, (RateRow? Row, double Seconds) ours, (RateRow? Row, double Seconds) theirs)
    {
        var (run, with) = (FiguresOf(ours.Row, ours.Seconds), FiguresOf(theirs.Row, theirs.Seconds));
        return new(key.Service, key.Operation, run, with, ours.Row is { } mine && theirs.Row is { } other
            ? new(run!.PerSecond / with!.PerSecond, Noise.Errors(mine, other), Noise.Percentile(mine, other, 0.5), Noise.Percentile(mine, other, 0.95), Noise.Percentile(mine, other, 0.99))
            : null);
    }

    private static RouteFigures? FiguresOf(RateRow? row, double seconds) => row is null ? null : new(
        row.Count, row.Errors, row.Count / seconds, row.Latency.Percentile(0.5), row.Latency.Percentile(0.95), row.Latency.Percentile(0.99));

    private static RunStretch StretchOf(RateTally tally) => new(tally.Begin, tally.End, tally.IsComplete, tally.Unreadable);

    private static Dictionary<(string Service, string Operation), RateRow> ByName(RateTally tally) =>
        tally.Services.Concat(tally.Routes).ToDictionary(one => (one.Service, one.Operation), one => one.Row);
}
