using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Otlp;

/// <summary>What the running aggregates want to know of a span, taken from its bytes while it is decoded.</summary>
/// <remarks>Slices of the request: valid only during the call they are given to. Old and new names of the semantic conventions are both known
/// (<c>http.request.method</c> and <c>http.method</c>, <c>http.response.status_code</c> and <c>http.status_code</c>).</remarks>
internal ref struct SpanFacts
{
    public TraceId Trace;
    public SpanId Span;
    public SpanId Parent;
    public SpanKind Kind;
    public ulong Start;
    public ulong Duration;
    public bool StatusIsError;
    public ReadOnlySpan<byte> Name;
    public ReadOnlySpan<byte> Route;
    public ReadOnlySpan<byte> Method;
    public ReadOnlySpan<byte> RpcSystem;
    public ReadOnlySpan<byte> RpcService;
    public ReadOnlySpan<byte> RpcMethod;
    public ReadOnlySpan<byte> DbSystem;
    public ReadOnlySpan<byte> DbName;
    public ReadOnlySpan<byte> MessagingSystem;
    public ReadOnlySpan<byte> PeerService;
    public ReadOnlySpan<byte> ServerAddress;

    /// <summary>The service on whose behalf a listener of the platform called; empty when the span's own service did.</summary>
    public ReadOnlySpan<byte> Caller;
    public long HttpStatus;
    public long RpcStatus;

    /// <summary>Whether the request failed: marked so, status 5xx, or a gRPC status other than OK.</summary>
    public readonly bool Failed => StatusIsError || HttpStatus >= 500 || RpcStatus != 0;

    public readonly ulong End => Start + Duration;

    /// <summary>Takes note of an attribute when it is one of those that matter.</summary>
    public void Note(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        // By length first: nearly every other key is told apart without a comparison.
        switch (key.Length)
        {
            case 9 when key.SequenceEqual("db.system"u8):
                DbSystem = OtlpResource.TextOf(value);
                break;
            case 7 when key.SequenceEqual("db.name"u8):
                DbName = OtlpResource.TextOf(value);
                break;
            case 10 when key.SequenceEqual("http.route"u8):
                Route = OtlpResource.TextOf(value);
                break;
            case 10 when key.SequenceEqual("rpc.system"u8):
                RpcSystem = OtlpResource.TextOf(value);
                break;
            case 10 when key.SequenceEqual("rpc.method"u8):
                RpcMethod = OtlpResource.TextOf(value);
                break;
            case 11 when key.SequenceEqual("http.method"u8):
                Method = OtlpResource.TextOf(value);
                break;
            case 11 when key.SequenceEqual("rpc.service"u8):
                RpcService = OtlpResource.TextOf(value);
                break;
            case 12 when key.SequenceEqual("peer.service"u8):
                PeerService = OtlpResource.TextOf(value);
                break;
            case 12 when key.SequenceEqual("db.namespace"u8):
                DbName = OtlpResource.TextOf(value);
                break;
            case 13 when key.SequenceEqual("conway.caller"u8):
                Caller = OtlpResource.TextOf(value);
                break;
            case 13 when key.SequenceEqual("net.peer.name"u8):
                ServerAddress = OtlpResource.TextOf(value);
                break;
            case 14 when key.SequenceEqual("server.address"u8):
                ServerAddress = OtlpResource.TextOf(value);
                break;
            case 14 when key.SequenceEqual("db.system.name"u8):
                DbSystem = OtlpResource.TextOf(value);
                break;
            case 16 when key.SequenceEqual("http.status_code"u8):
                HttpStatus = OtlpResource.IntegerOf(value);
                break;
            case 16 when key.SequenceEqual("messaging.system"u8):
                MessagingSystem = OtlpResource.TextOf(value);
                break;
            case 19 when key.SequenceEqual("http.request.method"u8):
                Method = OtlpResource.TextOf(value);
                break;
            case 20 when key.SequenceEqual("rpc.grpc.status_code"u8):
                RpcStatus = OtlpResource.IntegerOf(value);
                break;
            case 25 when key.SequenceEqual("http.response.status_code"u8):
                HttpStatus = OtlpResource.IntegerOf(value);
                break;
        }
    }

    /// <summary><c>GET /products/{id}</c> for HTTP with a route, <c>Service/Method</c> for gRPC, else the span's name. Cut to what the buffer holds.</summary>
    public readonly ReadOnlySpan<byte> Operation(Span<byte> buffer)
    {
        var isHttp = !Route.IsEmpty && !Method.IsEmpty;
        if (!isHttp && (RpcService.IsEmpty || RpcMethod.IsEmpty))
        {
            return RecordLimits.Cut(Name.IsEmpty ? "(unnamed)"u8 : Name, buffer.Length);
        }

        var first = isHttp ? Method : RpcService;
        var second = isHttp ? Route : RpcMethod;
        if (first.Length + second.Length + 1 > buffer.Length)
        {
            return RecordLimits.Cut(second, buffer.Length);
        }

        first.CopyTo(buffer);
        buffer[first.Length] = isHttp ? (byte)' ' : (byte)'/';
        second.CopyTo(buffer[(first.Length + 1)..]);
        return buffer[..(first.Length + 1 + second.Length)];
    }
}
