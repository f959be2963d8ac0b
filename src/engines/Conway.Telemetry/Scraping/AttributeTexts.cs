using System.Globalization;
using System.Text;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Scraping;

/// <summary>Attributes of an OTLP message as texts.</summary>
internal static class AttributeTexts
{
    private const int DepthMax = 8;

    /// <summary>Key and value of each KeyValue that stands under a field.</summary>
    public static List<(string Key, string Value)> Of(ReadOnlySpan<byte> message, int field) => Of(new MessageReader(message, field));

    /// <summary>Key and value of each of these KeyValues.</summary>
    public static List<(string Key, string Value)> Of(MessageReader pairs, int depth = 0)
    {
        var texts = new List<(string, string)>();
        foreach (var pair in pairs)
        {
            if (texts.Count < RecordLimits.AttributesMax)
            {
                ValueWriter.Split(pair, out var key, out var value);
                texts.Add((Encoding.UTF8.GetString(RecordLimits.Cut(key, RecordLimits.InternBytesMax)), ValueOf(value, depth)));
            }
        }

        return texts;
    }

    private static string ValueOf(ReadOnlySpan<byte> value, int depth)
    {
        var reader = new WireReader(value);
        switch (reader.ReadTag())
        {
            case 1 << 3 | WireReader.Bytes:
                return Encoding.UTF8.GetString(RecordLimits.Cut(reader.ReadBytes(), LabelText.ValueBytesMax));
            case 2 << 3 | WireReader.Varint:
                return reader.ReadVarint() != 0 ? "true" : "false";
            case 3 << 3 | WireReader.Varint:
                return ((long)reader.ReadVarint()).ToString(CultureInfo.InvariantCulture);
            case 4 << 3 | WireReader.Fixed64:
                return reader.ReadDouble().ToString(CultureInfo.InvariantCulture);
            case 5 << 3 | WireReader.Bytes when depth < DepthMax:
                var items = new List<string>();
                foreach (var item in new MessageReader(reader.ReadBytes(), 1))
                {
                    items.Add(ValueOf(item, depth + 1));
                }

                return $"[{string.Join(", ", items)}]";
            case 6 << 3 | WireReader.Bytes when depth < DepthMax:
                return $"{{{string.Join(", ", Of(new MessageReader(reader.ReadBytes(), 1), depth + 1).Select(pair => $"{pair.Key}: {pair.Value}"))}}}";
            case 7 << 3 | WireReader.Bytes:
                return Convert.ToBase64String(RecordLimits.Cut(reader.ReadBytes(), LabelText.ValueBytesMax));
            default:
                return "";
        }
    }
}
