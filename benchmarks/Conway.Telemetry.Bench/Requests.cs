using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Bench;

/// <summary>Trace requests as a shop's services send them: 512 spans, about 360 bytes each, random ids, eight attributes of which two differ from span to span.</summary>
internal static class Requests
{
    public const int SpansPerRequest = 512;

    private const int Services = 8;

    /// <summary>Requests in groups of eight: eight services each send their span of the same 512 traces, so that no block holds two spans of one trace. That is the
    /// hardest case for compression: trace, span and parent id are new to the block in every span.</summary>
    public static IEnumerable<byte[]> Make(int groups)
    {
        var random = new Random(20261121);
        var start = UnixNano.Of(DateTimeOffset.UtcNow.AddSeconds(-30));
        return Enumerable.Range(0, groups).SelectMany(group => MakeGroup(random, start + (ulong)group * 50_000_000));
    }

    private static IEnumerable<byte[]> MakeGroup(Random random, ulong start)
    {
        var traces = Enumerable.Range(0, SpansPerRequest).Select(_ => Some(random, 16)).ToArray();
        var parents = new byte[SpansPerRequest][];
        Array.Fill(parents, []);
        for (var service = 0; service < Services; service++)
        {
            var ids = traces.Select(_ => Some(random, 8)).ToArray();
            yield return Make(random, start, "service-" + service, traces, ids, parents);
            parents = ids;
        }
    }

    private static byte[] Some(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Make(Random random, ulong start, string service, byte[][] traces, byte[][] ids, byte[][] parents) => Message(request => Nested(request, 1, resourceSpans =>
    {
        Nested(resourceSpans, 1, resource =>
        {
            Attribute(resource, 1, "service.name", service);
            Attribute(resource, 1, "service.instance.id", service + "-1");
            Attribute(resource, 1, "telemetry.sdk.language", "dotnet");
        });
        Nested(resourceSpans, 2, scopeSpans =>
        {
            Nested(scopeSpans, 1, scope => Text(scope, 1, "Microsoft.AspNetCore"));
            for (var index = 0; index < SpansPerRequest; index++)
            {
                var at = start + (ulong)(index * 90_000 + random.Next(50_000));
                Nested(scopeSpans, 2, span => Span(span, random, traces[index], ids[index], parents[index], at));
            }
        });
    }));

    private static void Span(ByteBuffer span, Random random, byte[] trace, byte[] id, byte[] parent, ulong begin)
    {
        var route = "/api/products/" + random.Next(20);
        Bytes(span, 1, trace);
        Bytes(span, 2, id);
        if (parent.Length > 0)
        {
            Bytes(span, 4, parent);
        }

        Text(span, 5, "GET " + route);
        span.Varint(6 << 3);
        span.Varint(parent.Length == 0 ? 2u : 3);
        span.Varint(7 << 3 | 1);
        span.U64(begin);
        span.Varint(8 << 3 | 1);
        span.U64(begin + (ulong)random.Next(100_000, 90_000_000));
        Attribute(span, 9, "http.request.method", "GET");
        Attribute(span, 9, "http.route", route);
        Attribute(span, 9, "url.scheme", "http");
        Attribute(span, 9, "server.address", "catalog.shop.internal");
        Attribute(span, 9, "network.protocol.version", "1.1");
        Attribute(span, 9, "user_agent.original", "shop-frontend/2.4");
        Attribute(span, 9, "url.path", "/api/products/" + random.Next(1000));
        Nested(span, 9, attribute =>
        {
            Text(attribute, 1, "http.response.status_code");
            Nested(attribute, 2, value =>
            {
                value.Varint(3 << 3);
                value.Varint(200);
            });
        });
    }

    private static byte[] Message(Action<ByteBuffer> write)
    {
        using var buffer = new ByteBuffer();
        write(buffer);
        return buffer.Span.ToArray();
    }

    private static void Nested(ByteBuffer output, int field, Action<ByteBuffer> write) => Bytes(output, field, Message(write));

    private static void Bytes(ByteBuffer output, int field, byte[] bytes)
    {
        output.Varint((uint)(field << 3 | 2));
        output.LengthAndBytes(bytes);
    }

    private static void Text(ByteBuffer output, int field, string text)
    {
        output.Varint((uint)(field << 3 | 2));
        output.Text(text);
    }

    private static void Attribute(ByteBuffer output, int field, string key, string value) => Nested(output, field, attribute =>
    {
        Text(attribute, 1, key);
        Nested(attribute, 2, any => Text(any, 1, value));
    });
}
