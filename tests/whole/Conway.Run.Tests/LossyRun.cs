using System.Text;
using System.Text.Json.Nodes;
using Conway.Telemetry;

namespace Conway.Run;

/// <summary>A run as it would have been seen with a share of its spans lost on the way, as a run beside it.</summary>
internal static class LossyRun
{
    // Few enough for one request of OTLP.
    private const int SpansPerRequest = 200;

    /// <param name="root">Where the runs are, <c>.conway/telemetry</c>.</param>
    /// <param name="run">Which run.</param>
    /// <param name="copy">What the copy is called.</param>
    /// <param name="share">How many are lost, 0 to 1; each with this chance, whatever became of the others.</param>
    /// <param name="seed">Which.</param>
    public static async Task WriteAsync(string root, string run, string copy, double share, int seed)
    {
        var cancel = TestContext.Current.CancellationToken;
        var queries = await TelemetryArchive.OpenAsync(root, run, TimeProvider.System, cancel);
        var spans = (await queries!.ReadSpansAsync(1_000_000, cancel)).Spans.OrderBy(s => s.Start).ThenBy(s => s.Id.ToString(), StringComparer.Ordinal);
        var random = new Random(seed);
        var left = spans.Where(_ => random.NextDouble() >= share).ToArray();
        await using var engine = await TelemetryEngine.StartAsync(new TelemetryOptions { Root = root, Run = copy }, TimeProvider.System, cancel);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var some in left.Chunk(SpansPerRequest))
        {
            var resources = some.GroupBy(s => s.Service).Select(JsonNode? (s) => new JsonObject
            {
                ["resource"] = new JsonObject { ["attributes"] = new JsonArray(Attribute("service.name", s.Key)) },
                ["scopeSpans"] = new JsonArray(new JsonObject { ["spans"] = new JsonArray([.. s.Select(Otlp)]) }),
            });
            using var body = new StringContent(new JsonObject { ["resourceSpans"] = new JsonArray([.. resources]) }.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri($"{engine.Endpoint}/v1/traces"), body, cancel);
            Assert.Equal("{}", await answer.Content.ReadAsStringAsync(cancel));
        }

        await engine.FlushAsync();
    }

    private static JsonNode? Otlp(Span span) => new JsonObject
    {
        ["traceId"] = span.Trace.ToString(),
        ["spanId"] = span.Id.ToString(),
        ["parentSpanId"] = span.Parent.IsNone ? "" : span.Parent.ToString(),
        ["name"] = span.Name,
        ["kind"] = (int)span.Kind,
        ["startTimeUnixNano"] = Nano(span.Start),
        ["endTimeUnixNano"] = Nano(span.End),
        ["attributes"] = new JsonArray([.. span.Attributes.Select(a => Attribute(a.Key, a.Text))]),
    };

    private static JsonNode? Attribute(string key, string value) => new JsonObject { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } };

    private static string Nano(DateTimeOffset at) => $"{(at - DateTimeOffset.UnixEpoch).Ticks * 100}";
}
