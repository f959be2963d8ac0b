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
/// <param name="isExported">Whether the same records go out over OTLP: each line says so, and the platform shows it only when its record never comes.</param>
/// <example><c>{"timestamp":"2026-11-21T22:15:30.412Z","level":"info","otlp":true,"category":"Orders","message":"…","traceId":"…","spanId":"…","fields":{"Order":"o-1"}}</c></example>
internal sealed class JsonLines(Masks masks, TimeProvider time, bool isExported) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "conway-json";

    /// <summary>The platform reads lines up to this length as one; what is longer reaches it in pieces that are no JSON.</summary>
    public const int LineBytesMax = 16 * 1024 - 1;

    // Of message and of exception when the line would be longer. Six bytes a character at the worst leave room for the rest; the platform tells a record
    // again by less than this.
    private const int ShortTextMax = 1_000;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_bytes;

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter writer)
    {
        var bytes = s_bytes ??= new ArrayBufferWriter<byte>(512);
        var message = masks.Text(entry.Formatter(entry.State, entry.Exception));
        var exception = entry.Exception is { } thrown ? masks.Text(thrown.ToString()) : null;
        WriteLine(bytes, entry.LogLevel, entry.Category, message, exception, entry.State);
        if (bytes.WrittenCount > LineBytesMax)
            WriteLine<object?>(bytes, entry.LogLevel, entry.Category, Short(message), exception is null ? null : Short(exception), null);
        writer.WriteLine(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private static string Short(string text) => text.Length <= ShortTextMax ? text : text[..(char.IsHighSurrogate(text[ShortTextMax - 1]) ? ShortTextMax - 1 : ShortTextMax)] + "…";

    private void WriteLine<TState>(ArrayBufferWriter<byte> bytes, LogLevel level, string category, string message, string? exception, TState fields)
    {
        bytes.ResetWrittenCount();
        using var json = new Utf8JsonWriter(bytes, Readable);
        json.WriteStartObject();
        json.WriteString("timestamp", time.GetUtcNow().UtcDateTime);
        json.WriteString("level", LevelNames.Of(level));
        if (isExported)
            json.WriteBoolean("otlp", true);
        json.WriteString("category", category);
        json.WriteString("message", message);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
        {
            json.WriteString("traceId", span.TraceId.ToHexString());
            json.WriteString("spanId", span.SpanId.ToHexString());
        }

        if (exception is not null)
            json.WriteString("exception", exception);
        WriteFields(json, fields);
        json.WriteEndObject();
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
