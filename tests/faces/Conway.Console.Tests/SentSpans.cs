using System.Globalization;
using System.Text;

namespace Conway.Console.Tests;

/// <summary>Requests through 300 services, sent to a real engine over OTLP, until so many spans are stored; every 997th request fails.</summary>
/// <remarks>Each is ten server spans of as many services, the root at the edge. One further is a report of 5,000 spans that takes five seconds.</remarks>
internal sealed class SentSpans(string otlpUrl, int spans)
{
    public const int Services = 300;
    public const int LargeTraceSpans = 5_000;
    public const string LargeTrace = "1a26e0000000000000000000000005d1";
    private const string Edge = "edge";
    private const int SpansEach = 10;
    private const int RequestsEach = 200;

    /// <summary>How many requests there are besides the report.</summary>
    public int Requests { get; } = (spans - LargeTraceSpans) / SpansEach;

    public int Spans => (Requests * SpansEach) + LargeTraceSpans;

    /// <summary>A service through which a request failed, however few were sent.</summary>
    public static int Failing { get; } = ServiceOf(5, 3);

    public static string NameOf(int service) => string.Create(CultureInfo.InvariantCulture, $"svc-{service:000}");

    /// <summary>Ids of the requests that failed and went through a service, newest first.</summary>
    public IEnumerable<string> FailedThrough(int service) =>
        Enumerable.Range(0, Requests).Reverse().Where(request => IsFailed(request) && Enumerable.Range(1, SpansEach - 1).Any(step => ServiceOf(request, step) == service)).Select(IdOf);

    public async Task SendAsync(CancellationToken cancel)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience.Limit };
        for (var request = 0; request < Requests; request += RequestsEach)
        {
            await PostAsync(client, [.. Enumerable.Range(request, Math.Min(RequestsEach, Requests - request)).SelectMany(SpansOf)], cancel);
            if (request <= Requests / 2 && request + RequestsEach > Requests / 2)
            {
                await PostAsync(client, [.. Report()], cancel);
            }
        }
    }

    private static bool IsFailed(int request) => request % 997 == 5;

    private static int ServiceOf(int request, int step) => (request + (step * 37)) % Services;

    private static string IdOf(int request) => string.Create(CultureInfo.InvariantCulture, $"4bf92f3577b34da6a3ce929d{request:x8}");

    private static IEnumerable<(string Service, string Span)> SpansOf(int request)
    {
        var begin = Now() - 100_000_000;
        yield return (Edge, Span(IdOf(request), 1, 0, "GET /part", begin, 40_000_000, IsFailed(request)));
        for (var step = 1; step < SpansEach; step++)
        {
            yield return (NameOf(ServiceOf(request, step)), Span(IdOf(request), step + 1, step, "GET /part", begin + (step * 1_000_000), 38_000_000 - (step * 2_000_000), IsFailed(request)));
        }
    }

    private static IEnumerable<(string Service, string Span)> Report()
    {
        var begin = Now() - 6_000_000_000;
        yield return (Edge, Span(LargeTrace, 1, 0, "GET /report", begin, 5_000_000_000, false));
        for (var part = 2; part <= LargeTraceSpans; part++)
        {
            yield return (NameOf(part % Services), Span(LargeTrace, part, 1, part == LargeTraceSpans ? "the last of all" : "GET /part", begin + (part * 900_000L), 400_000, false));
        }
    }

    private static long Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;

    private static string Span(string trace, int id, int parent, string name, long from, long length, bool failed) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"traceId":"{{{trace}}}","spanId":"{{{id:x16}}}","parentSpanId":"{{{(parent == 0 ? "" : parent.ToString("x16", CultureInfo.InvariantCulture))}}}","name":"{{{name}}}","kind":2,"startTimeUnixNano":"{{{from}}}","endTimeUnixNano":"{{{from + length}}}","status":{"code":{{{(failed ? 2 : 0)}}} } }""");

    private async Task PostAsync(HttpClient client, (string Service, string Span)[] spans, CancellationToken cancel)
    {
        var text = new StringBuilder("""{"resourceSpans":[""");
        foreach (var service in spans.GroupBy(one => one.Service, one => one.Span))
        {
            text.Append(CultureInfo.InvariantCulture, $$$"""{{{(text.Length > 20 ? "," : "")}}} {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{service.Key}}}"}}]},"scopeSpans":[{"spans":[""")
                .AppendJoin(',', service).Append("]}]}");
        }

        text.Append("]}");
        await Patience.UntilAsync(
            async () =>
            {
                // A store that cannot keep up asks to wait, as an exporter would.
                using var content = new StringContent(text.ToString(), Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(new Uri($"{otlpUrl}/v1/traces"), content, cancel);
                return answer.IsSuccessStatusCode;
            },
            "room for more spans");
    }
}
