using System.Collections.Concurrent;
using System.Text;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Watching;

/// <summary>The metrics each service sends. Bounded to <see cref="NamesMax"/>; safe for concurrent use.</summary>
internal sealed class MetricNames
{
    public const int NamesMax = 20_000;

    private readonly ConcurrentDictionary<(string Service, string Name), MetricName> _names = new();
    private readonly OperationNames _texts = new(NamesMax);

    /// <summary>Takes note of a Metric message.</summary>
    public void Note(string service, ReadOnlySpan<byte> metric)
    {
        ReadOnlySpan<byte> name = default, description = default, unit = default;
        ReadOnlySpan<byte> data = default;
        MetricKind kind = default;
        var reader = new WireReader(metric);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 1 << 3 | WireReader.Bytes:
                    name = reader.ReadBytes();
                    break;
                case 2 << 3 | WireReader.Bytes:
                    description = reader.ReadBytes();
                    break;
                case 3 << 3 | WireReader.Bytes:
                    unit = reader.ReadBytes();
                    break;
                default:
                    if (MetricDecoder.KindOf(tag) is { } known)
                    {
                        kind = known;
                        data = reader.ReadBytes();
                        break;
                    }

                    reader.Skip(tag);
                    break;
            }
        }

        var key = (service, _texts.Of(name));
        if (kind != default && !_names.ContainsKey(key) && _names.Count < NamesMax)
        {
            _names.TryAdd(key, new(service, key.Item2, Encoding.UTF8.GetString(RecordLimits.Cut(unit, 64)), Encoding.UTF8.GetString(RecordLimits.Cut(description, 512)), kind, KeysOf(data, kind)));
        }
    }

    // Of the first point: what a metric is asked for by seldom changes.
    private static List<string> KeysOf(ReadOnlySpan<byte> data, MetricKind kind)
    {
        var keys = new List<string>();
        var points = new WireReader(data);
        while (points.ReadTag() is not 0 and var tag)
        {
            if (tag != (1 << 3 | WireReader.Bytes))
            {
                points.Skip(tag);
                continue;
            }

            var fields = new WireReader(points.ReadBytes());
            while (fields.ReadTag() is not 0 and var field)
            {
                if (field == MetricPointDecoder.AttributesTag(kind) && keys.Count < RecordLimits.AttributesMax)
                {
                    ValueWriter.Split(fields.ReadBytes(), out var key, out _);
                    keys.Add(Encoding.UTF8.GetString(RecordLimits.Cut(key, RecordLimits.InternBytesMax)));
                }
                else
                {
                    fields.Skip(field);
                }
            }

            break;
        }

        return [.. keys.Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<MetricName> List(string? service) =>
        [.. _names.Values.Where(name => service is null || name.Service == service)
            .OrderBy(name => name.Service, StringComparer.Ordinal).ThenBy(name => name.Name, StringComparer.Ordinal)];
}
