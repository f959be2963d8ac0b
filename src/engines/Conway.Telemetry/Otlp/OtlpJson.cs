using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Otlp;

/// <summary>Turns OTLP's JSON into OTLP's protobuf, so that one decoder serves both.</summary>
/// <remarks>Source: OTLP specification, <c>JSON Protobuf Encoding</c>: lowerCamelCase names, ids in hexadecimal, enums as numbers, 64-bit integers as strings or
/// numbers, unknown names ignored. Never throws: what is no JSON, or has a value of the wrong kind, is told as a sentence.</remarks>
internal static class OtlpJson
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 2 * OtlpCheck.DepthMax };

    /// <summary>Writes the message to <paramref name="output"/>; null when it went well, else what is wrong and where.</summary>
    public static string? Transcode(ReadOnlySpan<byte> json, MessageShape shape, ByteBuffer output)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            WriteMessage(ref reader, shape, output);
            return reader.Read() ? "There is more after the end of the message." : null;
        }
        catch (JsonException error)
        {
            return $"Not OTLP in JSON, line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.";
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            return $"Not OTLP in JSON near byte {reader.BytesConsumed}: {error.Message}";
        }
    }

    private static void WriteMessage(ref Utf8JsonReader reader, MessageShape shape, ByteBuffer output)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, "an object is expected.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = shape.Find(reader.GetString()!);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    WriteValue(ref reader, field, output);
                }
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                WriteValue(ref reader, field, output);
            }
        }
    }

    private static void WriteValue(ref Utf8JsonReader reader, FieldShape field, ByteBuffer output)
    {
        output.Varint((uint)(field.Number << 3 | field.WireType));
        switch (field.Kind)
        {
            case FieldKind.Message:
                var mark = output.ReserveLength();
                WriteMessage(ref reader, field.Nested!(), output);
                output.FillLength(mark);
                break;
            case FieldKind.Text:
                output.Text(Text(ref reader));
                break;
            case FieldKind.Bytes:
                output.LengthAndBytes(Convert.FromBase64String(Text(ref reader)));
                break;
            case FieldKind.Id:
                output.LengthAndBytes(Convert.FromHexString(Text(ref reader)));
                break;
            case FieldKind.Bool:
                Expect(reader.TokenType is JsonTokenType.True or JsonTokenType.False, "true or false is expected.");
                output.Varint(reader.GetBoolean() ? 1u : 0u);
                break;
            case FieldKind.Integer:
                output.Varint((ulong)Integer(ref reader));
                break;
            case FieldKind.ZigZag:
                output.ZigZag(Integer(ref reader));
                break;
            case FieldKind.Fixed64:
                output.U64((ulong)Integer(ref reader));
                break;
            case FieldKind.Fixed32:
                output.U32((uint)Integer(ref reader));
                break;
            default:
                output.U64(BitConverter.DoubleToUInt64Bits(Number(ref reader)));
                break;
        }
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String, "a string is expected.");
        return reader.GetString()!;
    }

    private static long Integer(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (reader.TryGetInt64(out var number))
            {
                return number;
            }

            Expect(reader.TryGetUInt64(out var large), "a whole number is expected.");
            return (long)large;
        }

        Expect(reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped, "a whole number is expected.");
        var text = reader.ValueSpan;
        if (Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length)
        {
            return value;
        }

        Expect(Utf8Parser.TryParse(text, out ulong unsigned, out used) && used == text.Length, "a whole number is expected.");
        return (long)unsigned;
    }

    private static double Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDouble();
        }

        // Protobuf's mapping writes what JSON numbers cannot: "NaN", "Infinity", "-Infinity"; and takes numbers as strings.
        Expect(double.TryParse(Text(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out var value), "a number is expected.");
        return value;
    }

    private static void Expect(bool holds, string what)
    {
        if (!holds)
        {
            throw new FormatException(what);
        }
    }
}
