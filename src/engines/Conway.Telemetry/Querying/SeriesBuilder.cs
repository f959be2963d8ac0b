using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Querying;

/// <summary>Gathers the points of one series and puts them into steps.</summary>
/// <remarks>A cumulative counter's increase is the difference of two points; when a value falls, or the sender's start time moved, the sender began anew and the whole
/// value is the increase. A delta counter's points are increases already.</remarks>
internal sealed class SeriesBuilder(string instance, IReadOnlyList<TelemetryAttribute> attributes, MetricKind kind, string unit)
{
    /// <summary>Points of one series in one answer; the earliest are kept.</summary>
    private const int PointsMax = 100_000;

    private readonly List<Point> _points = [];

    public void Add(ulong time, in PointHead head, ReadOnlySpan<byte> record, OpenBlock block)
    {
        if (head.Kind != kind || _points.Count >= PointsMax)
        {
            return;
        }

        var reader = new RecordReader(record) { At = head.At };
        _points.Add(kind switch
        {
            MetricKind.Gauge or MetricKind.Sum => new(time, head.Start, head.Flags, Number(ref reader, head.Flags), null, null),
            MetricKind.Summary => new(time, head.Start, head.Flags, reader.Varint(), null, Quantiles(ref reader)),
            _ => new(time, head.Start, head.Flags, 0, Distribution.Read(kind, head.Flags, ref reader, block), null),
        });
    }

    public MetricSeries Build(DateTimeOffset from, DateTimeOffset until, TimeSpan step)
    {
        // Sent again after a lost answer: once is enough.
        var points = _points.OrderBy(point => point.Time).DistinctBy(point => point.Time).ToList();
        var values = kind switch
        {
            MetricKind.Gauge => Last(points, from, step),
            MetricKind.Sum when (points.FirstOrDefault().Flags & MetricFlags.Monotonic) == 0 => Last(points, from, step),
            MetricKind.Sum => Rates(points, from, step),
            MetricKind.Summary => Summaries(points, from, step),
            _ => Distributions(points, from, step),
        };
        return new(instance, attributes, kind, unit, [.. values.Where(point => point.At >= from && point.At < until).OrderBy(point => point.At)]);
    }

    private static double Number(ref RecordReader reader, MetricFlags flags) => (flags & MetricFlags.IsInteger) != 0 ? (long)reader.U64() : reader.Double();

    private static (double Quantile, double Value)[] Quantiles(ref RecordReader reader)
    {
        reader.U64();
        var quantiles = new (double, double)[reader.Number()];
        for (var index = 0; index < quantiles.Length; index++)
        {
            quantiles[index] = (reader.Double(), reader.Double());
        }

        return quantiles;
    }

    private static DateTimeOffset StepOf(ulong time, DateTimeOffset from, TimeSpan step)
    {
        var ticks = (UnixNano.ToTime(time) - from).Ticks;
        return from + step * Math.Floor((double)ticks / step.Ticks);
    }

    private static bool BeganAnew(Point before, Point point) => point.Start > before.Time || point.Value < before.Value;

    // Of a series that is older than what was read, the first point tells nothing: there is none to count from.
    private static bool BeganSince(DateTimeOffset from, Point point) => point.Start != 0 && UnixNano.ToTime(point.Start) >= from;

    private static IEnumerable<MetricPoint> Last(List<Point> points, DateTimeOffset from, TimeSpan step) =>
        points.GroupBy(point => StepOf(point.Time, from, step)).Select(group => new MetricPoint { At = group.Key, Value = group.Last().Value });

    private static IEnumerable<MetricPoint> Rates(List<Point> points, DateTimeOffset from, TimeSpan step) =>
        Increases(points, from).GroupBy(item => StepOf(item.Time, from, step)).Select(group => new MetricPoint { At = group.Key, Value = group.Sum(item => item.Increase) / step.TotalSeconds });

    private static IEnumerable<(ulong Time, double Increase)> Increases(List<Point> points, DateTimeOffset from)
    {
        for (var index = 0; index < points.Count; index++)
        {
            var point = points[index];
            if ((point.Flags & MetricFlags.Delta) != 0)
            {
                yield return (point.Time, point.Value);
            }
            else if (index > 0)
            {
                yield return (point.Time, BeganAnew(points[index - 1], point) ? point.Value : point.Value - points[index - 1].Value);
            }
            else if (BeganSince(from, point))
            {
                yield return (point.Time, point.Value);
            }
        }
    }

    private static IEnumerable<MetricPoint> Summaries(List<Point> points, DateTimeOffset from, TimeSpan step)
    {
        var rates = Rates(points, from, step).ToDictionary(point => point.At, point => point.Value);
        return points.GroupBy(point => StepOf(point.Time, from, step)).Select(group => new MetricPoint
        {
            At = group.Key,
            Value = rates.GetValueOrDefault(group.Key),
            P50 = At(group.Last().Quantiles!, 0.5),
            P90 = At(group.Last().Quantiles!, 0.9),
            P99 = At(group.Last().Quantiles!, 0.99),
        });

        static double? At((double Quantile, double Value)[] quantiles, double share)
        {
            var found = Array.FindIndex(quantiles, item => Math.Abs(item.Quantile - share) < 1e-9);
            return found < 0 ? null : quantiles[found].Value;
        }
    }

    private static IEnumerable<MetricPoint> Distributions(List<Point> points, DateTimeOffset from, TimeSpan step)
    {
        var steps = new SortedDictionary<DateTimeOffset, Distribution>();
        for (var index = 0; index < points.Count; index++)
        {
            var point = points[index];
            var fresh = (point.Flags & MetricFlags.Delta) != 0 ? point.Distribution
                : index == 0 ? BeganSince(from, point) ? point.Distribution : null
                : point.Start > points[index - 1].Time ? point.Distribution
                : point.Distribution!.Since(points[index - 1].Distribution!) ?? point.Distribution;
            if (fresh is null)
            {
                continue;
            }

            var at = StepOf(point.Time, from, step);
            if (!steps.TryGetValue(at, out var sum))
            {
                steps.Add(at, sum = new());
            }

            sum.Add(fresh);
        }

        return steps.Select(entry => new MetricPoint
        {
            At = entry.Key,
            Value = entry.Value.Count / step.TotalSeconds,
            Count = entry.Value.Count,
            P50 = entry.Value.Percentile(0.5),
            P90 = entry.Value.Percentile(0.9),
            P99 = entry.Value.Percentile(0.99),
            Mean = entry.Value.Count > 0 ? entry.Value.Sum / entry.Value.Count : null,
        });
    }

    private readonly record struct Point(ulong Time, ulong Start, MetricFlags Flags, double Value, Distribution? Distribution, (double Quantile, double Value)[]? Quantiles);
}
