using System.Text.Encodings.Web;
using System.Text.Json;
using Conway.Model;

namespace Conway.Testing.Steps;

/// <summary>A JSON value with <c>${names}</c> in its texts. Immutable.</summary>
/// <remarks>A text that is one reference and nothing else becomes the kept value with its type: <c>{ quantity: "${quantity}" }</c> sends a number
/// when a number was kept. Names of members are not looked at.</remarks>
internal sealed class JsonTemplate
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonElement _value;
    private readonly byte[]? _constant;

    public JsonTemplate(JsonElement value)
    {
        _value = value;
        References = [.. Texts(value).SelectMany(t => new TextTemplate(t).References)];
        _constant = References.Count == 0 ? JsonSerializer.SerializeToUtf8Bytes(value) : null;
    }

    public JsonTemplate(JsonText text) : this(Parse(text))
    {
    }

    public IReadOnlyList<string> References { get; }

    /// <summary>The value as it is written.</summary>
    public JsonElement Written => _value;

    public static JsonElement Parse(JsonText text)
    {
        using var document = JsonDocument.Parse(text.Json);
        return document.RootElement.Clone();
    }

    /// <summary>The JSON text, in UTF-8, with values in the place of names.</summary>
    /// <param name="missing">Why a value is not there; null when all are.</param>
    public byte[] Fill(Captures captures, out string? missing)
    {
        missing = null;
        if (_constant is not null)
        {
            return _constant;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            Write(writer, _value, captures, ref missing);
        }

        return stream.ToArray();
    }

    /// <summary>The value with values in the place of names.</summary>
    public JsonElement FillValue(Captures captures, out string? missing)
    {
        missing = null;
        return _constant is null ? JsonSerializer.Deserialize<JsonElement>(Fill(captures, out missing)) : _value;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, Captures captures, ref string? missing)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, captures, ref missing);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, captures, ref missing);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                var template = new TextTemplate(value.GetString()!);
                if (template.Whole is { } name && captures.TryGet(name, out var kept))
                {
                    kept.WriteTo(writer);
                }
                else
                {
                    writer.WriteStringValue(template.Fill(captures, null, out var unknown));
                    missing ??= unknown;
                }

                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static IEnumerable<string> Texts(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Texts(m.Value)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
            JsonValueKind.String => [value.GetString()!],
            _ => [],
        };
}
