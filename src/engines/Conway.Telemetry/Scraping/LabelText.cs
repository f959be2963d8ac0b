using System.Text;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Scraping;

/// <summary>Labels as they stand between the braces: <c>job="shop/orders",http_route="/orders"</c>. Made once for a series.</summary>
internal sealed class LabelText
{
    public const int LabelsMax = 64;
    public const int ValueBytesMax = 512;

    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal) { "job", "instance", "le", "quantile" };

    private readonly SortedDictionary<string, SortedDictionary<string, string>> _labels = new(StringComparer.Ordinal);

    /// <summary>Adds a label of ours, as it is.</summary>
    public LabelText With(string label, string value)
    {
        Add(label, "", value);
        return this;
    }

    /// <summary>Adds attributes under the names Prometheus allows; of keys that fall together the values are joined in the order of the keys.</summary>
    /// <param name="attributes">Key and value.</param>
    /// <param name="prefix">Stands before each name.</param>
    public LabelText With(IEnumerable<(string Key, string Value)> attributes, string prefix = "")
    {
        foreach (var (key, value) in attributes)
        {
            var label = PrometheusNames.Label(prefix + key);
            Add(Taken.Contains(label) ? "exported_" + label : label, key, value);
        }

        return this;
    }

    public override string ToString()
    {
        using var text = new ByteBuffer(512);
        foreach (var (label, values) in _labels.Where(label => label.Value.Values.Any(value => value.Length > 0)))
        {
            Append(text, label, string.Join(';', values.Values));
        }

        return Encoding.UTF8.GetString(text.Span);
    }

    /// <summary>Adds one label to those that stand there, its value cut and escaped.</summary>
    public static void Append(ByteBuffer text, string label, string value)
    {
        text.Raw(text.Length == 0 ? default : ","u8);
        text.Advance(Encoding.UTF8.GetBytes(label, text.Room(Encoding.UTF8.GetMaxByteCount(label.Length))));
        text.Raw("=\""u8);

        // A character has a byte at least, and three at most.
        Span<byte> bytes = stackalloc byte[3 * (ValueBytesMax + 1)];
        var length = Encoding.UTF8.GetBytes(value.AsSpan(0, Math.Min(value.Length, ValueBytesMax + 1)), bytes);
        Escape(text, RecordLimits.Cut(bytes[..length], ValueBytesMax));
        text.Raw("\""u8);
    }

    private static void Escape(ByteBuffer text, ReadOnlySpan<byte> value)
    {
        while (value.IndexOfAny((byte)'\\', (byte)'"', (byte)'\n') is >= 0 and var at)
        {
            text.Raw(value[..at]);
            text.Raw(value[at] switch { (byte)'\\' => "\\\\"u8, (byte)'"' => "\\\""u8, _ => "\\n"u8 });
            value = value[(at + 1)..];
        }

        text.Raw(value);
    }

    private void Add(string label, string key, string value)
    {
        if (_labels.TryGetValue(label, out var values))
        {
            values[key] = value;
        }
        else if (_labels.Count < LabelsMax)
        {
            _labels.Add(label, new(StringComparer.Ordinal) { [key] = value });
        }
    }
}
