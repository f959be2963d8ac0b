using System.Text;
using System.Text.Json;
using Conway.Supervision;
using Conway.Telemetry;

namespace Conway.Node;

/// <summary>Reads what services print: a line in JSON with a level and a message is a structured record, everything else is text with the level it begins with.</summary>
/// <remarks>Source of the keys: .NET's JSON console (<c>LogLevel</c>, <c>Message</c>), pino and winston (<c>level</c>, <c>msg</c>), ECS and GCP (<c>log.level</c>, <c>severity</c>).
/// What is printed to standard error and does not say how grave it is counts as a warning.</remarks>
internal sealed class ServiceOutput(TelemetryEngine telemetry, TimeProvider clock)
{
    public void Take(string service, string replica, ReadOnlyMemory<byte> line, bool error) =>
        telemetry.AppendLog(Read(new OutputLine(service, replica, clock.GetUtcNow(), error ? LogSource.Error : LogSource.Output, line)));

    /// <summary>A replica has no process any more.</summary>
    public void Ended(string service, string replica) => telemetry.ReplicaEnded(service, replica);

    /// <summary>The line with what can be read off it.</summary>
    internal static OutputLine Read(OutputLine line)
    {
        var read = line.Text.Length > 2 && line.Text.Span[0] == (byte)'{' ? Structured(line) : line;
        if (read.Level == LogSeverity.Unset)
        {
            read = read with { Level = LevelWords.At(read.Text.Span) };
        }

        return read.Level == LogSeverity.Unset && line.Source == LogSource.Error ? read with { Level = LogSeverity.Warning } : read;
    }

    /// <summary>The line with its level, trace and message read off it; as it was when it is no JSON after all.</summary>
    private static OutputLine Structured(OutputLine line)
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
                return line with { Level = LevelWords.Of(reader.ValueSpan) };
            case "level" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number):
                return line with { Level = PinoLevel(number) };
            case var _ when PrintedText.IsMessage(key) && reader.TokenType == JsonTokenType.String:
                return line with { Text = Encoding.UTF8.GetBytes(reader.GetString()!) };
            case "traceId" or "TraceId" or "trace_id" or "trace.id" when reader.TokenType == JsonTokenType.String && TraceId.TryParse(reader.GetString(), out var trace):
                return line with { Trace = trace };
            case "spanId" or "SpanId" or "span_id" or "span.id" when reader.TokenType == JsonTokenType.String && SpanId.TryParse(reader.GetString(), out var span):
                return line with { Span = span };
            case var _ when PrintedText.IsException(key) && reader.TokenType == JsonTokenType.String:
                return line with { Detail = Encoding.UTF8.GetBytes(reader.GetString()!) };
            case "otlp":
                return line with { IsExported = reader.TokenType == JsonTokenType.True };
            default:
                return line;
        }
    }

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
