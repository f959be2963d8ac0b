using Conway.Telemetry;

namespace Conway.Console.FromNode;

/// <summary>Rate, errors and duration, of one run and of two side by side, in the words of the API. Pure.</summary>
internal static class ShownRates
{
    public static Api.RedRow Of(RequestRate rate, IReadOnlyList<Api.RedPoint> series) => new(
        rate.Service, RouteOf(rate.Operation), rate.Count, rate.PerSecond, rate.ErrorRatio, rate.P50.TotalMilliseconds, rate.P90.TotalMilliseconds, rate.P99.TotalMilliseconds, series);

    /// <summary>The rows of an earlier run.</summary>
    public static Api.Red Of(RunRates rates, IReadOnlyList<string> damage) => new(
        (rates.Until - rates.From).TotalMilliseconds, rates.From, rates.Until, rates.IsComplete, Told(damage, rates.Unreadable),
        [.. InOrder(rates).Select(rate => Of(rate, [.. rate.Series.Select(point => new Api.RedPoint(point.At, point.PerSecond, point.ErrorRatio, point.PerSecond == 0 ? null : point.P99.TotalMilliseconds))]))]);

    /// <summary>One run held against another.</summary>
    public static Api.Comparison Of(RunComparison compared, (string Run, IReadOnlyList<string> Damage) run, (string Run, IReadOnlyList<string> Damage) with) => new(
        Of(compared.Run, run.Run, run.Damage),
        Of(compared.With, with.Run, with.Damage),
        [.. compared.Rows.Select(row => new Api.ComparedRow(row.Service, RouteOf(row.Operation), Of(row.Run), Of(row.With), row.Change is { } change
            ? new(change.RateRatio, Of(change.ErrorRatio), Of(change.P50), Of(change.P95), Of(change.P99))
            : null))]);

    private static Api.ComparedRun Of(RunStretch stretch, string run, IReadOnlyList<string> damage) =>
        new(run, stretch.From, stretch.Until, stretch.IsComplete, Told(damage, stretch.Unreadable));

    private static Api.ComparedFigures? Of(RouteFigures? one) =>
        one is null ? null : new(one.Count, one.Errors, one.PerSecond, one.ErrorRatio, one.P50.TotalMilliseconds, one.P95.TotalMilliseconds, one.P99.TotalMilliseconds);

    private static Api.Difference Of(Change change) => new(change.Value, change.Low, change.High, change.Verdict switch
    {
        Verdict.More => Api.Verdict.More,
        Verdict.Less => Api.Verdict.Less,
        Verdict.TooFew => Api.Verdict.TooFew,
        _ => Api.Verdict.Noise,
    });

    private static IReadOnlyList<string> Told(IReadOnlyList<string> damage, int unreadable) => unreadable switch
    {
        0 => damage,
        1 => [.. damage, "A block of its traces is damaged; the requests in it are not counted."],
        _ => [.. damage, $"{unreadable} blocks of its traces are damaged; the requests in them are not counted."],
    };

    private static string? RouteOf(string operation) => operation.Length == 0 ? null : operation;

    private static IEnumerable<RequestRate> InOrder(RunRates rates) =>
        rates.Services.Concat(rates.Routes).OrderBy(rate => rate.Service, StringComparer.Ordinal).ThenBy(rate => rate.Operation, StringComparer.Ordinal);
}
