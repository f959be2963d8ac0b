using System.Text;
using System.Text.Json;
using Conway.Telemetry;

namespace Conway.Node;

/// <summary>Reads what services print: a line in JSON with a level and a message is a structured record, everything else is text.</summary>
/// <remarks>Source of the keys: .NET's JSON console (<c>LogLevel</c>, <c>Message</c>), pino and winston (<c>level</c>, <c>msg</c>), ECS and GCP (<c>log.level</c>, <c>severity</c>).</remarks>
internal sealed class ServiceOutput(TelemetryEngine telemetry, TimeProvider clock)
{
    private const int JsonBytesMax = 16 * 1024;

    public void Take(string service, string replica, ReadOnlyMemory<byte> line, bool error)
    {
        var plain = new OutputLine(service, replica, clock.GetUtcNow(), error ? LogSource.Error : LogSource.Output, line);
        telemetry.AppendLog(line.Length is > 2 and <= JsonBytesMax && line.Span[0] == (byte)'{' ? Structured(plain) : plain);
    }

    /// <summary>The line with its level, trace and message read off it; as it was when it is no JSON after all.</summary>
    internal static OutputLine Structured(OutputLine line)
    {
        var result = line;
        try
        {
            var reader = new Utf8JsonReader(line.Text.Span);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                reader.Read();
                result = With(result, key, ref reader);
                reader.Skip();
            }

            return reader.TokenType == JsonTokenType.EndObject ? result : line;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return line;
        }
    }

    private static OutputLine With(OutputLine line, string key, ref Utf8JsonReader reader)
    {
        switch (key)
        {
            case "level" or "LogLevel" or "severity" or "log.level" or "lvl" when reader.TokenType == JsonTokenType.String:
                return line with { Level = Level(reader.GetString()!) };
            case "level" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number):
                return line with { Level = PinoLevel(number) };
            case "message" or "Message" or "msg" when reader.TokenType == JsonTokenType.String:
                return line with { Text = Encoding.UTF8.GetBytes(reader.GetString()!) };
            case "traceId" or "TraceId" or "trace_id" or "trace.id" when reader.TokenType == JsonTokenType.String && TraceId.TryParse(reader.GetString(), out var trace):
                return line with { Trace = trace };
            case "spanId" or "SpanId" or "span_id" or "span.id" when reader.TokenType == JsonTokenType.String && SpanId.TryParse(reader.GetString(), out var span):
                return line with { Span = span };
            default:
                return line;
        }
    }

    private static LogSeverity Level(string word) => word.ToUpperInvariant() switch
    {
        "TRACE" or "TRCE" or "VERBOSE" => LogSeverity.Trace,
        "DEBUG" or "DBUG" => LogSeverity.Debug,
        "INFO" or "INFORMATION" or "NOTICE" => LogSeverity.Information,
        "WARN" or "WARNING" => LogSeverity.Warning,
        "ERROR" or "FAIL" or "ERR" => LogSeverity.Error,
        "FATAL" or "CRITICAL" or "CRIT" or "EMERGENCY" or "ALERT" => LogSeverity.Critical,
        _ => LogSeverity.Unset,
    };

    private static LogSeverity PinoLevel(int number) => number switch
    {
        >= 60 => LogSeverity.Critical,
        >= 50 => LogSeverity.Error,
        >= 40 => LogSeverity.Warning,
        >= 30 => LogSeverity.Information,
        >= 20 => LogSeverity.Debug,
        _ => LogSeverity.Trace,
    };
}
