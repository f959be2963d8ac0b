using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Conway.Service.Logs;

/// <summary>One JSON object a line, as the platform and log collectors read it.</summary>
/// <example><c>{"timestamp":"2026-11-21T22:15:30.412Z","level":"info","category":"Orders","message":"…","traceId":"…","spanId":"…","fields":{"Order":"o-1"}}</c></example>
internal sealed class JsonLines(Masks masks, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "conway-json";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_bytes;

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter writer)
    {
        var bytes = s_bytes ??= new ArrayBufferWriter<byte>(512);
        bytes.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow().UtcDateTime);
            json.WriteString("level", LevelNames.Of(entry.LogLevel));
            json.WriteString("category", entry.Category);
            json.WriteString("message", masks.Text(entry.Formatter(entry.State, entry.Exception)));
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
            {
                json.WriteString("traceId", span.TraceId.ToHexString());
                json.WriteString("spanId", span.SpanId.ToHexString());
            }

            if (entry.Exception is { } exception)
                json.WriteString("exception", masks.Text(exception.ToString()));
            WriteFields(json, entry.State);
            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private void WriteFields<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> fields || fields.Count < 2)
            return; // only the template
        json.WriteStartObject("fields");
        foreach (var (name, value) in fields)
        {
            if (value is null || name == "{OriginalFormat}")
                continue;
            WriteField(json, name, masks.Field(name, value)!);
        }

        json.WriteEndObject();
    }

    private void WriteField(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case bool yes: json.WriteBoolean(name, yes); break;
            case int number: json.WriteNumber(name, number); break;
            case long number: json.WriteNumber(name, number); break;
            case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
            case string text: json.WriteString(name, text); break;
            default: json.WriteString(name, masks.Text(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "")); break;
        }
    }
}
