using Conway.Telemetry.Blocks;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Querying;

/// <summary>Finds the points of a metric and makes series of them.</summary>
internal static class MetricSearch
{
    /// <summary>Series of one answer; further ones are left out, the first seen stay.</summary>
    public const int SeriesMax = 500;

    /// <summary>Steps of one answer.</summary>
    public const int StepsMax = 2000;

    /// <summary>Before the window, to find the point a counter's first increase is counted from.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<MetricName> ListNames(IBlockSource source, string? service, CancellationToken cancelled)
    {
        var names = new SortedDictionary<(string Service, string Name), MetricName>();
        using var scan = new BlockScan(source, Signal.Metrics, name => service is null || name == service);
        foreach (var part in scan.Parts)
        {
            cancelled.ThrowIfCancellationRequested();
            if (scan.Open(part) is not { } block)
            {
                continue;
            }

            foreach (var record in block)
            {
                var head = PointHead.Of(record);
                var key = (part.Service, block.String(head.Name));
                if (!names.ContainsKey(key))
                {
                    names.Add(key, new(key.Service, key.Item2, block.String(head.Unit), block.String(head.Description), head.Kind, KeysOf(block, head.Attributes)));
                }
            }
        }

        return [.. names.Values];
    }

    private static List<string> KeysOf(OpenBlock block, int attributes)
    {
        var reader = new RecordReader(block.Text(attributes));
        return attributes == 0 ? [] : [.. ValueReader.Attributes(ref reader, block).Select(attribute => attribute.Key).Order(StringComparer.Ordinal)];
    }

    public static IReadOnlyList<MetricSeries> Query(IBlockSource source, MetricQuery query, CancellationToken cancelled)
    {
        var window = query.Until - query.From;
        var step = TimeSpan.FromTicks(Math.Max(Math.Max(query.Step.Ticks, TimeSpan.TicksPerSecond), window.Ticks / StepsMax));
        var (from, until) = (UnixNano.Minus(UnixNano.Of(query.From), UnixNano.Of(LookBack)), UnixNano.Of(query.Until));
        var series = new Dictionary<string, SeriesBuilder>(StringComparer.Ordinal);
        using var scan = new BlockScan(source, Signal.Metrics, name => name == query.Service);
        foreach (var part in scan.Parts.Where(part => part.TimeMax >= from && part.TimeMin < until))
        {
            cancelled.ThrowIfCancellationRequested();
            if (scan.Open(part) is { } block && block.Find(System.Text.Encoding.UTF8.GetBytes(query.Name)) is >= 0 and var name)
            {
                Collect(block, name, query, (from, until), series);
            }
        }

        return [.. series.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value.Build(query.From, query.Until, step))];
    }

    private static void Collect(OpenBlock block, int name, MetricQuery query, (ulong From, ulong Until) window, Dictionary<string, SeriesBuilder> series)
    {
        var texts = new RecordTexts(block);
        var known = new Dictionary<(int Resource, int Attributes), SeriesBuilder?>();
        foreach (var record in block)
        {
            var head = PointHead.Of(record);
            var time = RecordHeader.Time(record);
            if (head.Name != name || time < window.From || time >= window.Until)
            {
                continue;
            }

            if (!known.TryGetValue((head.Resource, head.Attributes), out var builder))
            {
                builder = Find(block, texts, head, query, series);
                known.Add((head.Resource, head.Attributes), builder);
            }

            builder?.Add(time, head, record, block);
        }
    }

    private static SeriesBuilder? Find(OpenBlock block, RecordTexts texts, in PointHead head, MetricQuery query, Dictionary<string, SeriesBuilder> series)
    {
        var (resource, instance) = texts.Resource(head.Resource);
        var reader = new RecordReader(block.Text(head.Attributes));
        var attributes = head.Attributes == 0 ? [] : ValueReader.Attributes(ref reader, block);
        foreach (var (key, value) in query.Attributes)
        {
            if ((attributes.FirstOrDefault(a => a.Key == key) ?? resource.FirstOrDefault(a => a.Key == key))?.Text != value)
            {
                return null;
            }
        }

        var identity = instance + "\n" + string.Join('\n', attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Text}"));
        if (!series.TryGetValue(identity, out var builder) && series.Count < SeriesMax)
        {
            series.Add(identity, builder = new(instance, attributes, head.Kind, block.String(head.Unit)));
        }

        return builder;
    }
}
