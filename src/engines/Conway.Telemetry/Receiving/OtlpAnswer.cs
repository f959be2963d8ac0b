using System.Text;
using System.Text.Json;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Receiving;

/// <summary>The bodies OTLP answers with, in protobuf or JSON.</summary>
/// <remarks>Source: OTLP specification, <c>OTLP/HTTP Response</c>; <c>google/rpc/status.proto</c>, <c>google/rpc/error_details.proto</c>.</remarks>
internal static class OtlpAnswer
{
    /// <summary>Export…ServiceResponse: empty, or with how many records were rejected and why.</summary>
    public static byte[] Success(Signal signal, int rejected, string? message, bool json)
    {
        if (rejected == 0)
        {
            return json ? "{}"u8.ToArray() : [];
        }

        if (json)
        {
            var field = signal switch { Signal.Traces => "rejectedSpans", Signal.Metrics => "rejectedDataPoints", _ => "rejectedLogRecords" };
            return Encoding.UTF8.GetBytes($"{{\"partialSuccess\":{{\"{field}\":\"{rejected}\",\"errorMessage\":{Quote(message)}}}}}");
        }

        using var buffer = new ByteBuffer(256);
        buffer.Byte(1 << 3 | 2);
        var mark = buffer.ReserveLength();
        buffer.Byte(1 << 3);
        buffer.Varint((uint)rejected);
        buffer.Byte(2 << 3 | 2);
        buffer.Text(message ?? "");
        buffer.FillLength(mark);
        return buffer.Span.ToArray();
    }

    /// <summary>google.rpc.Status with a code of gRPC and a sentence; with RetryInfo when a wait is given.</summary>
    public static byte[] Status(int code, string message, bool json, TimeSpan? retryAfter = null)
    {
        if (json)
        {
            var details = retryAfter is { } wait
                ? $",\"details\":[{{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"{(long)wait.TotalSeconds}s\"}}]"
                : "";
            return Encoding.UTF8.GetBytes($"{{\"code\":{code},\"message\":{Quote(message)}{details}}}");
        }

        using var buffer = new ByteBuffer(256);
        buffer.Byte(1 << 3);
        buffer.Varint((uint)code);
        buffer.Byte(2 << 3 | 2);
        buffer.Text(message);
        if (retryAfter is { } delay)
        {
            // details: Any { type_url, value: RetryInfo { retry_delay: Duration { seconds } } }
            buffer.Byte(3 << 3 | 2);
            var any = buffer.ReserveLength();
            buffer.Byte(1 << 3 | 2);
            buffer.Text("type.googleapis.com/google.rpc.RetryInfo");
            buffer.Byte(2 << 3 | 2);
            var info = buffer.ReserveLength();
            buffer.Byte(1 << 3 | 2);
            var duration = buffer.ReserveLength();
            buffer.Byte(1 << 3);
            buffer.Varint((ulong)delay.TotalSeconds);
            buffer.FillLength(duration);
            buffer.FillLength(info);
            buffer.FillLength(any);
        }

        return buffer.Span.ToArray();
    }

    private static string Quote(string? text) => "\"" + JsonEncodedText.Encode(text ?? "").Value + "\"";
}
