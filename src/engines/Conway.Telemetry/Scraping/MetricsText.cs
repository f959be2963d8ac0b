using System.Globalization;
using System.Text;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Scraping;

/// <summary>Writes families and samples in one of the two text formats. A sample goes straight into the buffer: nothing is allocated for it.</summary>
/// <remarks>Sources: Prometheus, <c>exposition_formats.md</c>, text format 0.0.4; OpenMetrics 1.0.0. One user at a time.</remarks>
internal sealed class MetricsText(ByteBuffer output, bool openMetrics) : IDisposable
{
    private readonly ByteBuffer _labels = new(1024);

    public ByteBuffer Output => output;

    /// <summary>The head of a family; its samples follow without another family's between.</summary>
    public void Begin(Family family)
    {
        // The older format names the sample, the newer the family.
        var name = openMetrics ? family.Name : family.Name + SuffixOf(family.Type);
        Put($"# HELP {name} {Escaped(family.Help)}\n");
        Put($"# TYPE {name} {(family.Type == FamilyType.Info && !openMetrics ? "gauge" : family.Type.ToString().ToLowerInvariant())}\n");
        if (openMetrics && family.Unit.Length > 0)
        {
            Put($"# UNIT {name} {family.Unit}\n");
        }
    }

    /// <summary>Labels as they stand between the braces, in the order given; one without a value is left out. Good until the next call.</summary>
    public ReadOnlySpan<byte> Labels(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _labels.Clear();
        foreach (var (name, value) in labels)
        {
            if (value.Length > 0)
            {
                LabelText.Append(_labels, name, value);
            }
        }

        return _labels.Span;
    }

    /// <summary>The same from a text that was made before. Good until the next call.</summary>
    public ReadOnlySpan<byte> Ready(string labels)
    {
        _labels.Clear();
        Append(_labels, labels);
        return _labels.Span;
    }

    /// <summary>One number. A counter says in the newer format since when it counts.</summary>
    /// <param name="family">Whose.</param>
    /// <param name="labels">Between the braces.</param>
    /// <param name="value">The number.</param>
    /// <param name="start">Nanoseconds since 1970; 0 when it is not known.</param>
    /// <param name="exemplars">Of a counter: the last of them is told.</param>
    public void Number(Family family, ReadOnlySpan<byte> labels, double value, ulong start = 0, ReadOnlySpan<MetricExemplar> exemplars = default)
    {
        Sample(family.Name, SuffixOf(family.Type), labels, value);
        if (family.Type == FamilyType.Counter)
        {
            Exemplar(exemplars.IsEmpty ? default : exemplars[^1]);
        }

        Put("\n"u8);
        if (family.Type == FamilyType.Counter)
        {
            Created(family, labels, start);
        }
    }

    /// <summary>One bucket of a histogram; they follow each other from the least bound on.</summary>
    /// <param name="family">Whose.</param>
    /// <param name="labels">Between the braces.</param>
    /// <param name="reached">The bound of the bucket before. One that is not above it is left out: what it holds is in the next.</param>
    /// <param name="bound">The upper bound.</param>
    /// <param name="below">How many lie at or below it.</param>
    /// <param name="exemplars">The last that lies in the bucket is told.</param>
    public void Bucket(Family family, ReadOnlySpan<byte> labels, ref double reached, double bound, double below, ReadOnlySpan<MetricExemplar> exemplars = default)
    {
        if (!(bound > reached))
        {
            return;
        }

        Put(family.Name);
        Put("_bucket{"u8);
        PutWith(labels, "le"u8, bound);
        Put("} "u8);
        Put(below);
        for (var index = exemplars.Length - 1; index >= 0; index--)
        {
            if (exemplars[index].Value > reached && exemplars[index].Value <= bound)
            {
                Exemplar(exemplars[index]);
                break;
            }
        }

        Put("\n"u8);
        reached = bound;
    }

    /// <summary>What stands after the buckets of a histogram.</summary>
    public void SumAndCount(Family family, ReadOnlySpan<byte> labels, double? sum, double count, ulong start)
    {
        if (sum is { } all)
        {
            Sample(family.Name, "_sum", labels, all);
            Put("\n"u8);
        }

        Sample(family.Name, "_count", labels, count);
        Put("\n"u8);
        Created(family, labels, start);
    }

    /// <summary>A series of a service. Its shelf is locked.</summary>
    public void Series(ScrapedSeries series)
    {
        var family = series.Family;
        var labels = Ready(series.Labels);
        switch (family.Type)
        {
            case FamilyType.Histogram:
                Histogram(series, labels);
                break;
            case FamilyType.Summary:
                foreach (var (quantile, value) in series.Quantiles)
                {
                    Put(family.Name);
                    Put("{"u8);
                    PutWith(labels, "quantile"u8, quantile);
                    Put("} "u8);
                    Put(value);
                    Put("\n"u8);
                }

                SumAndCount(family, labels, series.Sum ?? 0, series.Count, series.Start);
                break;
            default:
                Number(family, labels, series.Value, series.Start, series.Exemplars);
                break;
        }
    }

    /// <summary>What must stand last.</summary>
    public void End()
    {
        if (openMetrics)
        {
            Put("# EOF\n"u8);
        }
    }

    public void Dispose() => _labels.Dispose();

    private void Histogram(ScrapedSeries series, ReadOnlySpan<byte> labels)
    {
        var (reached, below) = (double.NegativeInfinity, 0.0);
        if (series.Powers is { } powers)
        {
            foreach (var (bound, count) in powers.Buckets)
            {
                below += count;
                if (double.IsFinite(bound))
                {
                    Bucket(series.Family, labels, ref reached, bound, below, series.Exemplars);
                }
            }
        }
        else
        {
            for (var index = 0; index < series.Counts.Length; index++)
            {
                below += series.Counts[index];
                if (index < series.Bounds.Length && double.IsFinite(series.Bounds[index]))
                {
                    Bucket(series.Family, labels, ref reached, series.Bounds[index], below, series.Exemplars);
                }
            }
        }

        // A sender whose count is less than its buckets hold must not make the last bucket the smaller one.
        var all = Math.Max(below, series.Count);
        Bucket(series.Family, labels, ref reached, double.PositiveInfinity, all, series.Exemplars);
        SumAndCount(series.Family, labels, series.Sum, all, series.Start);
    }

    private void Created(Family family, ReadOnlySpan<byte> labels, ulong start)
    {
        if (openMetrics && start > 0)
        {
            PutName(family.Name, "_created", labels);
            PutSeconds(start);
            Put("\n"u8);
        }
    }

    private void Sample(string name, string suffix, ReadOnlySpan<byte> labels, double value)
    {
        PutName(name, suffix, labels);
        Put(value);
    }

    private void Exemplar(in MetricExemplar one)
    {
        if (!openMetrics || one.Trace.IsNone)
        {
            return;
        }

        Put(" # {trace_id=\""u8);
        PutHex(one.Trace.High);
        PutHex(one.Trace.Low);
        if (!one.Span.IsNone)
        {
            Put("\",span_id=\""u8);
            PutHex(one.Span.Value);
        }

        Put("\"} "u8);
        Put(one.Value);
        Put(" "u8);
        PutSeconds(one.Time);
    }

    private static string SuffixOf(FamilyType type) => type switch { FamilyType.Counter => "_total", FamilyType.Info => "_info", _ => "" };

    private string Escaped(string help)
    {
        var escaped = help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return openMetrics ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private void PutName(string name, string suffix, ReadOnlySpan<byte> labels)
    {
        Put(name);
        Put(suffix);
        if (labels.Length > 0)
        {
            Put("{"u8);
            Put(labels);
            Put("}"u8);
        }

        Put(" "u8);
    }

    private void PutWith(ReadOnlySpan<byte> labels, ReadOnlySpan<byte> label, double value)
    {
        Put(labels);
        Put(labels.IsEmpty ? default : ","u8);
        Put(label);
        Put("=\""u8);
        var begin = output.Length;
        Put(value);

        // OpenMetrics wants a bound that is a whole number to say that it is a float.
        if (openMetrics && double.IsFinite(value) && output.Span[begin..].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            Put(".0"u8);
        }

        Put("\""u8);
    }

    private void Put(double value)
    {
        if (double.IsFinite(value))
        {
            value.TryFormat(output.Room(32), out var length, default, CultureInfo.InvariantCulture);
            output.Advance(length);
        }
        else
        {
            Put(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8);
        }
    }

    private void PutSeconds(ulong nanoseconds)
    {
        (nanoseconds / 1e9).TryFormat(output.Room(32), out var length, "F3", CultureInfo.InvariantCulture);
        output.Advance(length);
    }

    private void PutHex(ulong value)
    {
        value.TryFormat(output.Room(16), out var length, "x16", CultureInfo.InvariantCulture);
        output.Advance(length);
    }

    private void Put(ReadOnlySpan<byte> bytes) => output.Raw(bytes);

    private void Put(string text) => Append(output, text);

    private static void Append(ByteBuffer buffer, string text) => buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.Room(Encoding.UTF8.GetMaxByteCount(text.Length))));
}
