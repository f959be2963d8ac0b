using System.Globalization;
using System.Text.Json;

namespace Conway.CodeFacts.Traces;

/// <summary>One span, or one resource, of OTLP in JSON.</summary>
internal static class SpanJson
{
    /// <summary>Longer names of attributes are none that is known.</summary>
    private const int KeyMax = 64;

    /// <summary>Longer values say nothing more, and would be kept.</summary>
    private const int ValueMax = 64 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <param name="json">The object, complete.</param>
    /// <param name="span">Is filled anew.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static void Read(ReadOnlySpan<byte> json, SpanText span)
    {
        span.Clear();
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "traceId"u8))
            {
                span.Trace = Id(ref reader);
            }
            else if (Is(ref reader, "spanId"u8))
            {
                span.Id = Id(ref reader);
            }
            else if (Is(ref reader, "parentSpanId"u8))
            {
                span.Parent = Id(ref reader);
            }
            else if (Is(ref reader, "name"u8))
            {
                span.Name = Text(ref reader) ?? "";
            }
            else if (Is(ref reader, "kind"u8))
            {
                span.Kind = Kind(ref reader);
            }
            else if (Is(ref reader, "startTimeUnixNano"u8))
            {
                span.StartNs = Number(ref reader);
            }
            else if (Is(ref reader, "endTimeUnixNano"u8))
            {
                span.EndNs = Number(ref reader);
            }
            else if (Is(ref reader, "attributes"u8))
            {
                Attributes(ref reader, span);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary><c>service.name</c> of a resource; null when it says none.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static string? ServiceName(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!Is(ref reader, "attributes"u8))
            {
                reader.Skip();
                continue;
            }

            if (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (Attribute(ref reader, out var which) is { } name && which == SpanAttribute.ServiceName)
                    {
                        return name;
                    }
                }
            }
        }

        return null;
    }

    private static void Attributes(ref Utf8JsonReader reader, SpanText span)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Attribute(ref reader, out var which) is { } value)
            {
                // An older name beside the stable one says the same.
                span[which] ??= value;
            }
        }
    }

    /// <summary>The value of an attribute that is known, as text; null for another. Stands at its end.</summary>
    private static string? Attribute(ref Utf8JsonReader reader, out SpanAttribute which)
    {
        which = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? value = null;
        var isKnown = false;
        Span<char> key = stackalloc char[KeyMax];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "key"u8))
            {
                reader.Read();
                isKnown = reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false } && reader.ValueSpan.Length <= KeyMax
                    && SpanAttributes.ByName.TryGetValue(key[..reader.CopyString(key)], out which);
                reader.Skip();
            }
            else if (Is(ref reader, "value"u8))
            {
                reader.Read();
                value = AnyValue(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return isKnown ? value : null;
    }

    /// <summary>Of a text or a number; of a list the first of it.</summary>
    private static string? AnyValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "stringValue"u8) || Is(ref reader, "intValue"u8))
            {
                value ??= Text(ref reader);
            }
            else if (Is(ref reader, "arrayValue"u8))
            {
                reader.Read();
                value ??= FirstOf(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return value;
    }

    private static string? FirstOf(ref Utf8JsonReader reader)
    {
        string? first = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!Is(ref reader, "values"u8))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var value = AnyValue(ref reader);
                first ??= value;
            }
        }

        return first;
    }

    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name);

    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Read();
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.String when reader.ValueSpan.Length <= ValueMax:
                try
                {
                    return reader.GetString();
                }
                catch (InvalidOperationException)
                {
                    return null; // an escape that is half of a character
                }

            case JsonTokenType.Number when reader.TryGetInt64(out var number):
                return number.ToString(CultureInfo.InvariantCulture);
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>FNV-1a of the digits: what is asked of an id is only whether it is the same as another. 0 for none.</summary>
    private static ulong Id(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return 0;
        }

        if (reader.ValueSpan.IndexOfAnyExcept((byte)'0') < 0)
        {
            return 0;
        }

        var hash = 14695981039346656037UL;
        foreach (var b in reader.ValueSpan)
        {
            hash = (hash ^ (b is >= (byte)'A' and <= (byte)'F' && reader.ValueSpan.Length is 16 or 32 ? (byte)(b | 0x20) : b)) * 1099511628211UL;
        }

        return hash == 0 ? 1 : hash;
    }

    private static ulong Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return ulong.TryParse(reader.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var text) ? text : 0;
        }

        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetUInt64(out var number) ? number : 0;
        }

        reader.Skip();
        return 0;
    }

    private static SpanKind Kind(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt32(out var number) && Enum.IsDefined((SpanKind)number) ? (SpanKind)number : SpanKind.Unspecified;
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            // Written by name by some.
            return reader.ValueTextEquals("SPAN_KIND_SERVER"u8) ? SpanKind.Server
                : reader.ValueTextEquals("SPAN_KIND_CLIENT"u8) ? SpanKind.Client
                : reader.ValueTextEquals("SPAN_KIND_PRODUCER"u8) ? SpanKind.Producer
                : reader.ValueTextEquals("SPAN_KIND_CONSUMER"u8) ? SpanKind.Consumer
                : reader.ValueTextEquals("SPAN_KIND_INTERNAL"u8) ? SpanKind.Internal
                : SpanKind.Unspecified;
        }

        reader.Skip();
        return SpanKind.Unspecified;
    }
}
