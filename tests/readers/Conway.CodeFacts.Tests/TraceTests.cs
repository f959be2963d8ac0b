using System.IO.Compression;
using System.Text;
using Conway.CodeFacts.Traces;

namespace Conway.CodeFacts;

public sealed class TraceTests
{
    private const string Shop = """
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;
        namespace Shop;
        public class Order { public int Id { get; set; } }
        public class Stock { public int Id { get; set; } }
        public class ShopContext : DbContext { public DbSet<Order> Orders => Set<Order>(); public DbSet<Stock> Stocks => Set<Stock>(); }
        public class StockService(ShopContext context) { public void Take() { foreach (var s in context.Stocks) { s.Id = 1; } } }
        public class OrderService(ShopContext context, StockService stock) { public void Place() { context.Orders.Add(new Order()); stock.Take(); context.SaveChanges(); } }
        [Route("api/orders")]
        public class OrdersController(OrderService service) : ControllerBase
        {
            [HttpPost] public void Place() => service.Place();
            [HttpGet("{id:int}")] public void Get(int id) { }
            [HttpGet("all")] public void All() { }
        }
        public record OrderPlaced(int Id);
        public class InvoiceConsumer : MassTransit.IConsumer<OrderPlaced> { public Task Consume(MassTransit.ConsumeContext<OrderPlaced> context) => Task.CompletedTask; }
        public class NightlyRun : BackgroundService { protected override Task ExecuteAsync(CancellationToken stop) => Task.CompletedTask; public void Run() { } }
        """;

    private static readonly Lazy<Codebase> Code = new(() => Some.Files(("a.csproj", Some.Web), ("a.cs", Shop)));

    [Theory]
    [InlineData("POST /api/orders", "2", "http.request.method=POST", "http.route=api/orders")]
    [InlineData("POST /api/orders", "2", "http.method=POST", "http.route=/api/orders")]
    [InlineData("GET /api/orders/{id:int}", "2", "http.request.method=GET", "http.route=api/orders/{id:int}")]
    [InlineData("GET /api/orders/{id:int}", "2", "http.method=GET", "http.target=/api/orders/7?full=yes")]
    [InlineData("GET /api/orders/all", "2", "http.request.method=GET", "url.path=/api/Orders/ALL")]
    [InlineData("GET /api/orders/{id:int}", "2", "http.request.method=HEAD", "url.path=/api/orders/7")]
    [InlineData("GET /api/orders/{id:int}", "2", "http.method=GET", "http.url=https://shop.example/api/orders/7")]
    [InlineData("GET /api/orders/{id:int}", "2", "http.method=GET", "http.route={controller=Home}/{action=Index}/{id?}", "http.target=/api/orders/7")]
    [InlineData("OrderPlaced → InvoiceConsumer", "5", "messaging.destination.name=Shop:OrderPlaced")]
    [InlineData("OrderPlaced → InvoiceConsumer", "5", "messaging.destination=order-placed")]
    [InlineData("OrderPlaced → InvoiceConsumer", "5", "messaging.destination.name=invoice")]
    [InlineData("OrderPlaced → InvoiceConsumer", "SPAN_KIND_CONSUMER", "messaging.message_type=Shop.OrderPlaced")]
    [InlineData("POST /api/orders", "1", "code.function.name=Shop.OrdersController.Place")]
    [InlineData("POST /api/orders", "1", "code.namespace=Shop.OrdersController", "code.function=Place")]
    public void A_request_is_of_the_use_case_that_its_attributes_name(string useCase, string kind, params string[] attributes)
    {
        var seen = Read(Document(Span(1, 0, kind, "x", attributes)));
        Assert.Equal((1, 1), (seen.Requests, seen.Matched));
        Assert.Equal([useCase], Names(seen));
        Assert.Empty(seen.Findings);
    }

    [Fact]
    public void Without_attributes_the_name_of_a_span_tells() =>
        Assert.Equal(
            ["GET /api/orders/{id:int}", "hosted NightlyRun"],
            Names(Read(Document(Span(1, 0, "2", "GET /api/orders/{id:int}"), Span(2, 0, "1", "JOB NightlyRun.Run")))));

    [Theory]
    [InlineData("2", "http.request.method=DELETE", "http.route=api/orders")]
    [InlineData("2", "http.request.method=GET", "url.path=/api/orders/7/lines")]
    [InlineData("5", "messaging.destination.name=orders")]
    [InlineData("1", "code.function.name=Shop.OrderService.Place")]
    public void What_no_use_case_answers_is_not_matched_and_is_named(string kind, params string[] attributes)
    {
        var seen = Read(Document(Span(1, 0, kind, "x", attributes)));
        Assert.Equal((1, 0), (seen.Requests, seen.Matched));
        Assert.Single(seen.Unmatched);
        Assert.Equal("CW1621", Assert.Single(seen.Findings).Code);
    }

    [Fact]
    public void Spans_are_put_below_their_request_whatever_their_order_and_every_span_is_counted_once()
    {
        string[] spans =
        [
            Span(4, 3, "3", "INSERT", "db.query.text=INSERT INTO Orders (Id) VALUES (1)"),
            Span(5, 6, "3", "UPDATE", "db.system=mssql", "db.operation=UPDATE", "db.sql.table=stocks"),
            Span(6, 3, "1", "take", "code.function.name=Shop.StockService.Take"),
            Span(3, 1, "1", "place", "code.namespace=Shop.OrderService", "code.function=Place"),
            Span(9, 8, "3", "SELECT", "db.statement=SELECT 1"),
            Span(1, 0, "2", "POST", "http.request.method=POST", "http.route=api/orders"),
            Span(11, 10, "3", "x"),
            Span(10, 0, "2", "GET /healthz", "http.request.method=GET", "url.path=/healthz"),
        ];
        foreach (var order in (string[][])[spans, [.. spans.Reverse()]])
        {
            var seen = Read(Document(order));
            Assert.Equal((8, 2, 1, 4, 1, 1), (seen.Spans, seen.Requests, seen.Matched, seen.Below, seen.BelowUnmatched, seen.Orphans));
            var one = Assert.Single(seen.UseCases);
            Assert.Equal((1, 2, 2), (one.Requests, one.CallsP50, one.CallsP95));
            Assert.Equal(["Orders Write 1", "Stocks Write 1"], one.Accesses.Select(a => $"{Code.Value.Tables[a.Table]} {a.Mode} {a.Count}").Order());
            Assert.Equal(["OrderService>StockService 1", "OrdersController>OrderService 1"], one.Calls.Select(c => $"{Code.Value.Types[c.From].Name}>{Code.Value.Types[c.To].Name} {c.Count}").Order());
        }
    }

    [Fact]
    public void A_message_that_is_received_and_then_handled_is_one_request_and_one_that_a_request_sent_is_another()
    {
        var seen = Read(Document(
            Span(1, 0, "2", "POST", "http.request.method=POST", "http.route=api/orders"),
            Span(2, 1, "4", "publish", "messaging.destination.name=OrderPlaced"),
            Span(3, 2, "5", "receive", "messaging.destination.name=invoice"),
            Span(4, 3, "5", "process", "messaging.masstransit.consumer_type=Shop.InvoiceConsumer")));
        Assert.Equal((2, 2, 2), (seen.Requests, seen.Matched, seen.Below));
        Assert.Equal([1, 1], seen.UseCases.Select(u => u.Requests));
    }

    [Fact]
    public void A_span_that_is_its_own_ancestor_is_an_orphan()
    {
        var seen = Read(Document(Span(1, 2, "1", "a"), Span(2, 1, "1", "b"), Span(3, 3, "3", "c"), Span(4, 0, "2", "GET", "http.request.method=GET", "url.path=/api/orders/1")));
        Assert.Equal((4, 1, 3), (seen.Spans, seen.Requests, seen.Orphans));
    }

    [Fact]
    public void Half_of_the_durations_and_calls_are_at_most_p50_and_95_of_100_at_most_p95()
    {
        var spans = Enumerable.Range(1, 100).SelectMany(i => Enumerable.Range(0, i <= 90 ? 1 : 12).Select(c => Span((i * 100) + c + 1, i * 100, "3", "query"))
            .Prepend(Span(i * 100, 0, "2", "GET", i, "http.request.method=GET", "http.route=api/orders/all")));
        var one = Assert.Single(Read(Document([.. spans])).UseCases);
        Assert.Equal(100, one.Requests);
        Assert.InRange(one.DurationP50Ms, 49, 51);
        Assert.InRange(one.DurationP95Ms, 93.1, 96.9);
        Assert.Equal((1, 12), (one.CallsP50, one.CallsP95));
    }

    [Fact]
    public void A_document_a_line_one_over_many_lines_a_list_and_gzip_give_the_same()
    {
        var (first, second) = (Document(Get(1)), Document(Get(2)));
        var whole = first.Replace("{", "{\n", StringComparison.Ordinal).Replace(",", ",\r\n  ", StringComparison.Ordinal);
        var expected = (2L, 2L);
        string[] forms = [$"{first}\n{second}\n", $"{first}\n{second}", $"{first}\r\n\r\n{second}\r\n", $"{whole}\n{second}", $"[{first},\n{second}]", "\uFEFF" + first + "\n" + second, first + second];
        foreach (var form in forms)
        {
            var seen = Read(form);
            Assert.Equal(expected, (seen.Spans, seen.Matched));
            Assert.Empty(seen.Findings);
            Assert.Equal(["shop-web"], seen.Services);
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(forms[0]));
        }

        Assert.Equal(expected, (Read(packed.ToArray()).Spans, Read(packed.ToArray()).Matched));
    }

    [Fact]
    public void However_the_bytes_come_the_spans_are_the_same()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, 40).Select(i => Document(Get(i)))));
        foreach (var most in (int[])[1, 7, 1000])
        {
            var seen = TraceReader.Read(Code.Value, new Dripping(bytes, most), "t", TestContext.Current.CancellationToken);
            Assert.Equal((40, 40), (seen.Spans, seen.Matched));
            Assert.Empty(seen.Findings);
        }
    }

    [Fact]
    public void A_torn_last_line_is_told_and_everything_before_it_was_read()
    {
        var line = Document(Get(1));
        for (var cut = 1; cut < line.Length; cut++)
        {
            var seen = Read($"{Document(Get(2))}\n{line[..cut]}");
            Assert.InRange(seen.Spans, 1, 2);
            var finding = Assert.Single(seen.Findings);
            Assert.Equal(("CW1620", 2, "The last line of 'traces.json' ends in the middle; what stands before was read."), (finding.Code, finding.Place!.Value.Line, finding.Message));
        }
    }

    [Fact]
    public void Lines_that_are_no_json_are_left_out_and_counted_and_those_around_them_are_read()
    {
        var seen = Read($"{Document(Get(1))}\n{Document(Get(9))[..60]}\nhello\n{Document(Get(2))}\n\n{Document(Get(3))}\n");
        Assert.Equal(3, seen.Matched);
        var finding = Assert.Single(seen.Findings);
        Assert.Equal(("2 lines are no JSON and left out.", 2), (finding.Message, finding.Place!.Value.Line));
    }

    [Fact]
    public void A_packed_file_that_ends_in_the_middle_is_told()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, 4000).Select(i => Document(Get(i))))));
        }

        var seen = Read(packed.ToArray()[..(int)(packed.Length * 3 / 4)]);
        Assert.InRange(seen.Matched, 1, 3999);
        Assert.Equal("CW1620", Assert.Single(seen.Findings).Code);
    }

    [Theory]
    [InlineData("", "holds no traces in OTLP's JSON: nothing in it is a document with 'resourceSpans'.")]
    [InlineData("using System;\nclass A { }\n", "holds no traces in OTLP's JSON: nothing in it is a document with 'resourceSpans'.")]
    [InlineData("{\"a\":1}", "holds no traces in OTLP's JSON: nothing in it is a document with 'resourceSpans'.")]
    [InlineData("{\"data\":[{\"traceID\":\"1\",\"spans\":[{\"spanID\":\"2\"}]}]}", "holds traces in Jaeger's form, and not traces in OTLP's JSON.")]
    [InlineData("[{\"traceId\":\"1\",\"id\":\"2\",\"localEndpoint\":{\"serviceName\":\"a\"}}]", "holds traces in Zipkin's form, and not traces in OTLP's JSON.")]
    [InlineData("{\"resourceLogs\":[]}\n{\"resourceLogs\":[]}", "holds logs of OpenTelemetry, and not traces in OTLP's JSON.")]
    [InlineData("{\"resourceSpans\":[]}", "holds no spans.")]
    [InlineData("{\"resourceSpans\":[{\"resource\":{},\"scopeSpans\":[{\"spans\":[]}]}]}", "holds no spans.")]
    [InlineData("(\u00B5/\u00FD", "is packed with zstd.")]
    public void What_holds_no_traces_is_told_in_a_sentence(string text, string said)
    {
        var bytes = text.StartsWith('(') ? [0x28, 0xB5, 0x2F, 0xFD] : Encoding.UTF8.GetBytes(text);
        Assert.StartsWith($"'traces.json' {said}", Read(bytes).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"resourceSpans\":{}}")]
    [InlineData("{\"resourceSpans\":[1,null,\"x\",[],{\"resource\":7,\"scopeSpans\":{\"spans\":[]}}]}")]
    [InlineData("{\"resourceSpans\":[{\"resource\":{\"attributes\":{}},\"scopeSpans\":[{\"spans\":[{\"traceId\":5,\"spanId\":null,\"kind\":[],\"name\":{},\"attributes\":[1,{\"key\":2,\"value\":3},{\"value\":{\"arrayValue\":1},\"key\":\"http.route\"}]}]}]}]}")]
    [InlineData("{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"\\ud800\"}]},\"scopeSpans\":[{\"spans\":[{\"name\":\"\\ud800\",\"\\ud800\":1}]}]}]}")]
    public void What_is_json_and_no_trace_breaks_nothing(string text)
    {
        var seen = Read($"{text}\n{Document(Get(1))}\n");
        Assert.Equal(1, seen.Matched);
    }

    [Fact]
    public void No_more_spans_are_held_than_the_bound_and_those_that_are_torn_from_their_request_are_counted()
    {
        var book = new TraceBook(Code.Value, new SpanMatcher(Code.Value), heldMax: 10);
        var span = new SpanText();
        for (var i = 0; i < 1000; i++)
        {
            (span.Trace, span.Id, span.Parent, span.Kind) = ((ulong)(i % 50) + 1, (ulong)i + 1, 99_999, SpanKind.Client);
            book.Add(span);
            Assert.InRange(book.Held, 0, 10);
        }

        book.End();
        Assert.Equal((1000, 1000, 0), (book.Spans, book.Orphans, book.Held));
    }

    [Fact]
    public void A_million_spans_pass_in_bounded_memory()
    {
        // 20,000 documents of 50 spans, made as they are read; 400 MB would be needed to hold them.
        var document = Encoding.UTF8.GetBytes(Document([.. Enumerable.Range(1, 50).Select(i => Get(i))]) + "\n");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var seen = TraceReader.Read(Code.Value, new Dripping(document, 1 << 16, 20_000), "t", TestContext.Current.CancellationToken);
        Assert.Equal((1_000_000, 1_000_000), (seen.Spans, seen.Matched));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 150L << 20);
    }

    [Fact]
    public void Reading_ends_when_it_is_cancelled()
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        Assert.Throws<OperationCanceledException>(() => TraceReader.Read(Code.Value, new MemoryStream(Encoding.UTF8.GetBytes(Document(Get(1)))), "t", ended.Token));
    }

    private static SeenTraffic Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static SeenTraffic Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return TraceReader.Read(Code.Value, stream, "traces.json", TestContext.Current.CancellationToken);
    }

    private static string[] Names(SeenTraffic seen) => [.. seen.UseCases.Select(u => Code.Value.EntryPoints[Code.Value.UseCases[u.UseCase].EntryPoint].Name).Order(StringComparer.Ordinal)];

    private static string Get(int id) => Span(id, 0, "2", "GET", "http.request.method=GET", "http.route=api/orders/all");

    private static string Document(params string[] spans) =>
        """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop-web"}}]},"scopeSpans":[{"scope":{"name":"t"},"spans":[""" + string.Join(',', spans) + "]}]}]}";

    private static string Span(int id, int parent, string kind, string name, params string[] attributes) => Span(id, parent, kind, name, 5, attributes);

    private static string Span(int id, int parent, string kind, string name, int ms, params string[] attributes)
    {
        var said = string.Join(',', attributes.Select(a => a.Split('=', 2)).Select(a => $$$"""{"key":"{{{a[0]}}}","value":{"stringValue":"{{{a[1]}}}"}}"""));
        return $$$"""{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"{{{id:x16}}}","parentSpanId":"{{{(parent == 0 ? "" : $"{parent:x16}")}}}","name":"{{{name}}}","kind":{{{(kind.Length == 1 ? kind : $"\"{kind}\"")}}},"startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"{{{1544712660000000000 + (ms * 1_000_000L)}}}","attributes":[{{{said}}}]}""";
    }

    /// <summary>Gives a few bytes at a time, and the same again and again.</summary>
    private sealed class Dripping(byte[] bytes, int most, int times = 1) : MemoryStream(bytes)
    {
        private int _left = times;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Position == Length && --_left > 0)
            {
                Position = 0;
            }

            return base.Read(buffer, offset, Math.Min(count, most));
        }

        public override int Read(Span<byte> buffer)
        {
            var some = new byte[Math.Min(buffer.Length, most)];
            var read = Read(some, 0, some.Length);
            some.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
    }
}
