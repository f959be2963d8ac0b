using System.Globalization;
using System.Text;
using Conway.CodeFacts.Traces;

namespace Conway.Cli.Tests.Decomposing;

/// <summary>Traces of the small shop, as the collector's file exporter writes them.</summary>
internal static class SomeTraces
{
    /// <summary>Two orders, a product, a probe; below the second order a query and a call, and a query whose request is elsewhere.</summary>
    public static string Text { get; } = string.Join('\n',
        Document(Span(1, 1, 0, 2, 30, "POST api/orders", ("http.request.method", "POST"), ("http.route", "api/orders")), Span(1, 2, 1, 3, 5, "SELECT", ("db.query.text", "SELECT * FROM Orders"))),
        Document(Span(2, 3, 4, 3, 5, "UPDATE", ("db.system", "sqlite"), ("db.statement", "UPDATE \"Reviews\" SET State = 1")), Span(2, 5, 4, 1, 9, "take", ("code.namespace", "Shop.ProductService"), ("code.function", "TakeAsync"))),
        Document(Span(2, 4, 0, 2, 50, "POST api/orders", ("http.method", "POST"), ("http.route", "/api/orders")), Span(3, 6, 99, 3, 1, "SELECT", ("db.statement", "SELECT 1"))),
        Document(Span(4, 7, 0, 2, 2, "GET", ("http.request.method", "GET"), ("http.route", "api/products/{id:int}"))),
        Document(Span(5, 8, 0, 2, 1, "GET", ("http.request.method", "GET"), ("url.path", "/healthz")))) + "\n";

    /// <summary>As many requests of a route.</summary>
    public static string Requests(string method, string route, int count) =>
        string.Concat(Enumerable.Range(1, count).Select(i => Document(Span(i, i, 0, 2, 5, "x", ("http.request.method", method), ("http.route", route))) + "\n"));

    public static SeenTraffic Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return TraceReader.Read(SmallShop.Read(SmallShop.Files), stream, "traces.json", CancellationToken.None);
    }

    private static string Document(params string[] spans) =>
        """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop-web"}}]},"scopeSpans":[{"scope":{"name":"Microsoft.AspNetCore"},"spans":[""" + string.Join(',', spans) + "]}]}]}";

    private static string Span(int trace, int id, int parent, int kind, int ms, string name, params (string Key, string Value)[] attributes)
    {
        var said = string.Join(',', attributes.Select(a => $$$"""{"key":"{{{a.Key}}}","value":{"stringValue":"{{{a.Value.Replace("\"", "\\\"", StringComparison.Ordinal)}}}"}}"""));
        var end = (1_700_000_000_000_000_000 + (ms * 1_000_000L)).ToString(CultureInfo.InvariantCulture);
        return $$$"""{"traceId":"{{{trace:x32}}}","spanId":"{{{id:x16}}}","parentSpanId":"{{{(parent == 0 ? "" : $"{parent:x16}")}}}","name":"{{{name}}}","kind":{{{kind}}},"startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"{{{end}}}","attributes":[{{{said}}}]}""";
    }
}
