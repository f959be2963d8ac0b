using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Conway.Telemetry.Tests;

public sealed class OtlpHttpTests
{
    private static CancellationToken Stop => EngineFixture.Stop;

    private static byte[] OneSpan => Otlp.Request("orders", [Some.Span(1)]);

    private static async Task<(HttpStatusCode Status, string? Type, byte[] Body)> Read(HttpResponseMessage answer)
    {
        using (answer)
        {
            return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsByteArrayAsync(Stop));
        }
    }

    private static (int Code, string Message) StatusOf(byte[] body, bool json)
    {
        if (json)
        {
            var root = JsonDocument.Parse(body).RootElement;
            return (root.GetProperty("code").GetInt32(), root.GetProperty("message").GetString()!);
        }

        var reader = new Conway.Telemetry.Otlp.WireReader(body);
        Assert.Equal(1u << 3, reader.ReadTag());
        var code = (int)reader.ReadVarint();
        Assert.Equal(2u << 3 | 2, reader.ReadTag());
        return (code, Encoding.UTF8.GetString(reader.ReadBytes()));
    }

    [Theory]
    [InlineData("application/x-protobuf")]
    [InlineData("application/json; charset=utf-8")]
    public async Task A_body_that_is_no_otlp_is_400_with_a_status_in_the_same_encoding(string type)
    {
        await using var fixture = await EngineFixture.StartAsync();
        var (status, answerType, body) = await Read(await fixture.PostAsync(Signal.Traces, [0x0A, 0x7F, 0x01], type));
        Assert.Equal((HttpStatusCode.BadRequest, type.Split(';')[0]), (status, answerType));
        Assert.Equal(3, StatusOf(body, type.Contains("json", StringComparison.Ordinal)).Code);
        Assert.Equal(1, fixture.Engine.Status.RequestsMalformed);
    }

    [Fact]
    public async Task Gzip_is_unfolded_and_what_only_says_it_is_gzip_is_400()
    {
        await using var fixture = await EngineFixture.StartAsync();
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(OneSpan, Stop);
        }

        Assert.Equal(HttpStatusCode.OK, (await Read(await fixture.PostAsync(Signal.Traces, zipped.ToArray(), encoding: "gzip"))).Status);
        Assert.NotNull(await fixture.Queries.FindTraceAsync(Some.Trace(), Stop));
        Assert.Equal(HttpStatusCode.BadRequest, (await Read(await fixture.PostAsync(Signal.Traces, OneSpan, encoding: "gzip"))).Status);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/x-protobuf", "br")]
    public async Task Another_type_or_encoding_is_415(string type, string? encoding)
    {
        await using var fixture = await EngineFixture.StartAsync();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Read(await fixture.PostAsync(Signal.Traces, OneSpan, type, encoding))).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit_is_413_also_when_only_its_gzip_is_small(bool gzip)
    {
        await using var fixture = await EngineFixture.StartAsync(options => options with { RequestBytesMax = 10_000 });
        var body = new byte[50_000];
        using var zipped = new MemoryStream();
        await using (var stream = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            await stream.WriteAsync(body, Stop);
        }

        var (status, _, answer) = await Read(await fixture.PostAsync(Signal.Logs, gzip ? zipped.ToArray() : body, encoding: gzip ? "gzip" : null));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Equal((8, "A request may have 10000 bytes, counted after decompression."), StatusOf(answer, json: false));
    }

    [Fact]
    public async Task Another_path_is_404_and_another_method_405()
    {
        await using var fixture = await EngineFixture.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await Read(await fixture.Client.PostAsync(new Uri("/v1/profiles", UriKind.Relative), null, Stop))).Status);
        using var answer = await fixture.Client.GetAsync(new Uri("/v1/traces", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("POST", answer.Content.Headers.Allow.Single());
    }

    [Fact]
    public async Task Spans_without_valid_ids_are_a_partial_success()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var bad = Otlp.Message(b => b.Nested(1, [1, 2]).Nested(2, Otlp.Bytes(new SpanId(9))));
        var (status, _, body) = await Read(await fixture.PostAsync(Signal.Traces, Otlp.Request("orders", [Some.Span(1), bad])));
        Assert.Equal(HttpStatusCode.OK, status);
        var reader = new Conway.Telemetry.Otlp.WireReader(body);
        reader.ReadTag();
        var partial = new Conway.Telemetry.Otlp.WireReader(reader.ReadBytes());
        partial.ReadTag();
        Assert.Equal(1ul, partial.ReadVarint());
        Assert.Equal(1, fixture.Engine.Status.Services.Single().Spans);
    }

    [Fact]
    public async Task Json_means_the_same_as_protobuf()
    {
        await using var fixture = await EngineFixture.StartAsync();
        const string Json = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},"unknown":{"a":[1,{"b":null}]},
              "scopeSpans":[{"scope":{"name":"lib"},"spans":[{"traceId":"0AF7651916CD43DD0000000000000001","spanId":"00000000000000a1","parentSpanId":"","name":"GET /é",
                "kind":2,"startTimeUnixNano":"1795262400000000000","endTimeUnixNano":1795262400010000000,"flags":256,"droppedAttributesCount":2,
                "attributes":[{"key":"n","value":{"intValue":"42"}},{"key":"d","value":{"doubleValue":"NaN"}},{"key":"b","value":{"bytesValue":"AQI="}},
                  {"key":"l","value":{"arrayValue":{"values":[{"boolValue":true},{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"v"}}]}}]}}}],
                "events":[{"timeUnixNano":"1795262400005000000","name":"e"}],"links":[{"traceId":"0AF7651916CD43DD0000000000000002","spanId":"00000000000000b2"}],
                "status":{"code":2,"message":"no"}}]}]}]}
            """;
        var (status, type, body) = await Read(await fixture.PostAsync(Signal.Traces, Encoding.UTF8.GetBytes(Json), "application/json"));
        Assert.Equal((HttpStatusCode.OK, "application/json", "{}"), (status, type, Encoding.UTF8.GetString(body)));
        var span = (await fixture.Queries.FindTraceAsync(Some.Trace(), Stop))!.Spans.Single().Span;
        Assert.Equal("n=42 d=NaN b=AQI= l=[true, {k: v}]", string.Join(' ', span.Attributes.Select(a => $"{a.Key}={a.Text}")));
        Assert.Equal(("GET /é", SpanKind.Server, 10.0, 2L, "no"), (span.Name, span.Kind, span.Duration.TotalMilliseconds, span.Dropped, span.StatusMessage));
        Assert.Equal((5.0, "e"), ((span.Events.Single().At - span.Start).TotalMilliseconds, span.Events.Single().Name));
        Assert.Equal((Some.Trace(2), new SpanId(0xb2)), (span.Links.Single().Trace, span.Links.Single().Span));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{} {}")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"SERVER"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":5}]}]}]}""")]
    [InlineData("""{"resourceSpans":"x"}""")]
    public async Task Json_of_another_shape_is_400_and_says_where(string json)
    {
        await using var fixture = await EngineFixture.StartAsync();
        var (status, _, body) = await Read(await fixture.PostAsync(Signal.Traces, Encoding.UTF8.GetBytes(json), "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("Not OTLP in JSON", StatusOf(body, json: true).Message + "There is more", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_nested_without_end_are_refused_and_not_followed()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var deep = Otlp.Value("x");
        for (var depth = 0; depth < 20_000; depth++)
        {
            var inner = deep;
            deep = depth < 2000 ? Otlp.Message(b => b.Nested(5, Otlp.Message(list => list.Nested(1, inner)))) : deep;
        }

        var span = Otlp.Message(b => b.Nested(1, Otlp.Bytes(Some.Trace())).Nested(2, Otlp.Bytes(new SpanId(1))).Nested(9, Otlp.Message(a => a.Text(1, "k").Nested(2, deep))));
        Assert.Equal(HttpStatusCode.BadRequest, (await Read(await fixture.PostAsync(Signal.Traces, Otlp.Request("orders", [span])))).Status);
        var json = string.Concat(Enumerable.Repeat("{\"resourceSpans\":[", 50_000));
        Assert.Equal(HttpStatusCode.BadRequest, (await Read(await fixture.PostAsync(Signal.Traces, Encoding.UTF8.GetBytes(json), "application/json"))).Status);
    }
}
