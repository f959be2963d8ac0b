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

    /// <summary>Takes note of a metric.</summary>
    public void Note(string service, in MetricHead metric)
    {
        var key = (service, _texts.Of(metric.Name));
        if (metric.Kind != default && !_names.ContainsKey(key) && _names.Count < NamesMax)
        {
            _names.TryAdd(key, new(
                service, key.Item2, Encoding.UTF8.GetString(RecordLimits.Cut(metric.Unit, 64)), Encoding.UTF8.GetString(RecordLimits.Cut(metric.Description, 512)), metric.Kind, KeysOf(metric)));
        }
    }

    // Of the first point: what a metric is asked for by seldom changes.
    private static List<string> KeysOf(in MetricHead metric)
    {
        var keys = new List<string>();
        foreach (var point in metric.Points)
        {
            foreach (var attribute in new MessageReader(point, MetricPointFields.FieldOfAttributes(metric.Kind)))
            {
                if (keys.Count < RecordLimits.AttributesMax)
                {
                    ValueWriter.Split(attribute, out var key, out _);
                    keys.Add(Encoding.UTF8.GetString(RecordLimits.Cut(key, RecordLimits.InternBytesMax)));
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
