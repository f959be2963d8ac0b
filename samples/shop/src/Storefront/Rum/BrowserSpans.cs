using System.Globalization;
using System.Text.Json;

namespace Shop.Storefront.Rum;

/// <summary>Hands browsers' spans on to the collector, as OTLP in JSON (opentelemetry-proto, <c>ExportTraceServiceRequest</c>).</summary>
internal sealed partial class BrowserSpans(HttpClient http, ILogger<BrowserSpans> log)
{
    private static readonly string? Endpoint = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT");

    /// <summary>Lost when the collector does not answer: no customer shall wait for it.</summary>
    public async Task Send(IReadOnlyList<BrowserSpan> spans, CancellationToken cancellationToken)
    {
        if (Endpoint is null || spans.Count == 0)
            return;
        using var content = new ByteArrayContent(Encode(spans)) { Headers = { ContentType = new("application/json") } };
        try
        {
            using var answer = await http.PostAsync($"{Endpoint.TrimEnd('/')}/v1/traces", content, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException failure)
        {
            NotSent(spans.Count, failure.Message);
        }
    }

    internal static byte[] Encode(IReadOnlyList<BrowserSpan> spans)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            WriteAttributes(json, ("service.name", "browser"), ("service.namespace", "shop"));
            json.WriteEndObject();
            json.WriteStartArray("scopeSpans");
            json.WriteStartObject();
            json.WriteStartArray("spans");
            foreach (var span in spans)
                WriteSpan(json, span);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteSpan(Utf8JsonWriter json, BrowserSpan span)
    {
        const int Internal = 1, Client = 3, Error = 2;
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId);
        json.WriteString("spanId", span.SpanId);
        if (span.ParentId is not null)
            json.WriteString("parentSpanId", span.ParentId);
        json.WriteString("name", span.Name);
        json.WriteNumber("kind", span.Method is null ? Internal : Client);
        json.WriteString("startTimeUnixNano", Nanoseconds(span.Start));
        json.WriteString("endTimeUnixNano", Nanoseconds(span.Start + span.Duration));
        if (span.Method is not null)
        {
            WriteAttributes(
                json,
                ("http.request.method", span.Method),
                ("url.path", span.Path ?? "/"),
                ("http.response.status_code", span.Status.ToString(CultureInfo.InvariantCulture)));
            if (span.Status is 0 or >= 400)
            {
                json.WriteStartObject("status");
                json.WriteNumber("code", Error);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, params ReadOnlySpan<(string Key, string Value)> attributes)
    {
        json.WriteStartArray("attributes");
        foreach (var (key, value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            if (key == "http.response.status_code")
                json.WriteString("intValue", value); // 64-bit numbers are text in proto3's JSON
            else
                json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Nanoseconds(double milliseconds) => ((long)(milliseconds * 1000) * 1000).ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} browser spans were not sent: {Why}")]
    private partial void NotSent(int count, string why);
}
