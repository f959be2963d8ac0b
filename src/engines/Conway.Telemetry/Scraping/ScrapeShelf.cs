using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Scraping;

/// <summary>The present values of one service's metrics. Locks itself; the series it gives out are to be read under <see cref="Gate"/>.</summary>
internal sealed class ScrapeShelf(ScrapeTable table, TimeProvider clock)
{
    private const int TargetsMax = 256;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(10);
    private const int AliasesMax = 4 * ScrapeTable.SeriesOfServiceMax;

    private readonly Dictionary<ulong, ScrapedSeries> _byBytes = [];
    private readonly Dictionary<(string Family, string Labels), ScrapedSeries> _byName = [];
    private readonly Dictionary<ulong, Target> _targets = [];

    // Points that found no room: asked for again with every export, so that the answer must be cheap.
    private readonly HashSet<ulong> _refused = [];
    private readonly ByteBuffer _scratch = new(256);
    private long _sweptAt = clock.GetTimestamp();

    public Lock Gate { get; } = new();

    public void Note(in MetricHead metric, ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scope, ulong arrivedAt)
    {
        if (metric.Kind == default)
        {
            return;
        }

        lock (Gate)
        {
            var now = clock.GetTimestamp();
            var resourceHash = TextHash.Of(resource);
            var target = TargetOf(resourceHash, resource, now);
            var hash = Mix(Mix(Mix(Mix(resourceHash, TextHash.Of(scope)), TextHash.Of(metric.Name)), TextHash.Of(metric.Unit)), (ulong)metric.Kind << 8 | (ulong)metric.Flags);
            foreach (var point in metric.Points)
            {
                var fields = MetricPointFields.Read(point, metric.Kind);
                var key = hash;
                foreach (var attribute in fields.Attributes)
                {
                    key = Mix(key, TextHash.Of(attribute));
                }

                if (!_byBytes.TryGetValue(key, out var series) && (_refused.Contains(key) || (series = Find(metric, fields, target, scope, key)) is null))
                {
                    Refuse(key);
                }
                else if ((fields.Flags & MetricFlags.HasNoValue) != 0)
                {
                    Remove([series!]);
                }
                else if (series!.Take(fields, metric.Kind, metric.Flags, arrivedAt, _scratch))
                {
                    series.TouchedAt = now;
                }
            }
        }
    }

    /// <summary>Adds what is still sent.</summary>
    /// <param name="series">Gets the series.</param>
    /// <param name="targets">Gets the labels of the replicas.</param>
    public void AddPresent(PresentSeries series, List<string> targets)
    {
        lock (Gate)
        {
            RemoveStale(clock.GetTimestamp());
            series.Add(this, _byName.Values);
            foreach (var target in _targets.Values)
            {
                targets.Add(target.InfoLabels);
            }
        }
    }

    private static ulong Mix(ulong hash, ulong more) => BitOperations.RotateLeft((hash ^ more) * 0x9FB21C651E98DF25, 29);

    private ScrapedSeries? Find(in MetricHead metric, in MetricPointFields point, Target target, ReadOnlySpan<byte> scope, ulong key)
    {
        var type = metric.Kind switch
        {
            MetricKind.Sum when (metric.Flags & MetricFlags.Monotonic) != 0 => FamilyType.Counter,
            MetricKind.Gauge or MetricKind.Sum => FamilyType.Gauge,
            MetricKind.Summary => FamilyType.Summary,
            _ => FamilyType.Histogram,
        };
        var metricName = Encoding.UTF8.GetString(RecordLimits.Cut(metric.Name, 256));
        var (name, unit) = PrometheusNames.Of(metricName, Encoding.UTF8.GetString(RecordLimits.Cut(metric.Unit, 64)), type);
        var labels = new LabelText().With("job", target.Job).With("instance", target.Instance)
            .With("otel_scope_name", TextOf(scope, 1)).With("otel_scope_version", TextOf(scope, 2))
            .With(AttributeTexts.Of(scope, 3), "otel_scope_").With(AttributeTexts.Of(point.Attributes)).ToString();

        // The same attributes in another order are the same series.
        if (!_byName.TryGetValue((name, labels), out var series))
        {
            if (!HasRoom())
            {
                return null;
            }

            var help = Encoding.UTF8.GetString(RecordLimits.Cut(metric.Description, 512));
            series = new ScrapedSeries(new Family(name, type, unit, help.Length > 0 ? help : $"{metricName}, as services send it."), labels);
            _byName.Add((name, labels), series);
        }
        else if (series.Family.Type != type)
        {
            return null;
        }

        if (_byBytes.Count >= AliasesMax)
        {
            _byBytes.Clear();
        }

        _byBytes.Add(key, series);
        return series;
    }

    private Target TargetOf(ulong hash, ReadOnlySpan<byte> resource, long now)
    {
        ref var target = ref CollectionsMarshal.GetValueRefOrAddDefault(_targets, hash, out var exists);
        if (!exists)
        {
            target = new Target(AttributeTexts.Of(resource, 1));
        }

        target!.TouchedAt = now;
        var found = target;
        if (_targets.Count > TargetsMax)
        {
            _targets.Remove(_targets.MinBy(other => other.Value.TouchedAt).Key);
        }

        return found;
    }

    private bool HasRoom()
    {
        var now = clock.GetTimestamp();
        if ((_byName.Count >= ScrapeTable.SeriesOfServiceMax || table.IsFull) && clock.GetElapsedTime(_sweptAt, now) >= SweepEvery)
        {
            RemoveStale(now);
        }

        return _byName.Count < ScrapeTable.SeriesOfServiceMax && table.TryAdd();
    }

    private void Refuse(ulong key)
    {
        table.CountRefused();
        if (_refused.Count >= AliasesMax)
        {
            _refused.Clear();
        }

        _refused.Add(key);
    }

    private void RemoveStale(long now)
    {
        _sweptAt = now;
        _refused.Clear();
        Remove([.. _byName.Values.Where(series => clock.GetElapsedTime(series.TouchedAt, now) >= ScrapeTable.Stale)]);
        foreach (var (hash, _) in _targets.Where(target => clock.GetElapsedTime(target.Value.TouchedAt, now) >= ScrapeTable.Stale).ToList())
        {
            _targets.Remove(hash);
        }
    }

    private void Remove(HashSet<ScrapedSeries> gone)
    {
        if (gone.Count == 0)
        {
            return;
        }

        foreach (var series in gone)
        {
            _byName.Remove((series.Family.Name, series.Labels));
        }

        foreach (var (hash, _) in _byBytes.Where(entry => gone.Contains(entry.Value)).ToList())
        {
            _byBytes.Remove(hash);
        }

        table.CountGone(gone.Count);
    }

    private static string TextOf(ReadOnlySpan<byte> message, int field)
    {
        foreach (var text in new MessageReader(message, field))
        {
            return Encoding.UTF8.GetString(RecordLimits.Cut(text, LabelText.ValueBytesMax));
        }

        return "";
    }

    /// <summary>A resource: one replica of the service.</summary>
    private sealed class Target
    {
        public Target(List<(string Key, string Value)> attributes)
        {
            var (space, name) = (ValueOf("service.namespace"), ValueOf("service.name"));
            Job = space.Length == 0 ? name : $"{space}/{name}";
            Instance = ValueOf("service.instance.id");
            InfoLabels = new LabelText().With("job", Job).With("instance", Instance)
                .With(attributes.Where(one => one.Key is not ("service.namespace" or "service.name" or "service.instance.id"))).ToString();

            string ValueOf(string key) => attributes.FirstOrDefault(one => one.Key == key).Value ?? "";
        }

        public string Job { get; }

        public string Instance { get; }

        public string InfoLabels { get; }

        public long TouchedAt { get; set; }
    }
}
