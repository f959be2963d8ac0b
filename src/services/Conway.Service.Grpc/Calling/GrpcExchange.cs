using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Conway.Grpc;
using Google.Protobuf;

namespace Conway.Service.Grpc;

/// <summary>One call from its request to its status. One owner; disposing of it ends the call where it stands.</summary>
internal sealed class GrpcExchange : IDisposable
{
    private static readonly int BytesMax = new GrpcLimits().MessageBytesMax;

    private readonly string _callee;
    private readonly string _method;
    private readonly HttpRequestMessage _request;
    private readonly TimeSpan? _left;
    private readonly CancellationToken _asked;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;
    private HttpResponseMessage? _answer;
    private PipeReader? _body;

    public GrpcExchange(string callee, string method, HttpRequestMessage request, TimeSpan? left, TimeProvider time, CancellationToken cancellationToken)
    {
        (_callee, _method, _request, _left, _asked) = (callee, method, request, left, cancellationToken);
        _timer = left is { } allowed ? new CancellationTokenSource(allowed, time) : new CancellationTokenSource();
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _timer.Token);
    }

    /// <summary>Sends the request and waits for the head of the answer.</summary>
    public async Task BeginAsync(HttpClient http)
    {
        try
        {
            _answer = await http.SendAsync(_request, HttpCompletionOption.ResponseHeadersRead, _either.Token);
        }
        catch (Exception cause) when (Ended(cause) is not null)
        {
            throw Ended(cause)!;
        }

        if (_answer.StatusCode != HttpStatusCode.OK)
            throw End(Meant(_answer.StatusCode), $"it was answered with the HTTP status {(int)_answer.StatusCode}.");
        if (_answer.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
            throw End(GrpcStatusCode.Unknown, "it was answered, but not in gRPC.");
    }

    /// <summary>The next message; null at the end of an answer whose status is OK.</summary>
    /// <exception cref="GrpcCallException">It ended in another way.</exception>
    public async Task<TAnswer?> NextAsync<TAnswer>(MessageParser<TAnswer> parser)
        where TAnswer : class, IMessage<TAnswer>
    {
        try
        {
            _body ??= PipeReader.Create(await _answer!.Content.ReadAsStreamAsync(_either.Token));
            var isGzip = One(_answer!.Headers, "grpc-encoding") == "gzip";
            var (message, refusal) = await GrpcFrame.ReadNextAsync(_body, isGzip, BytesMax, _either.Token);
            if (refusal is not null)
                throw End(refusal.Status, refusal.Detail ?? "");
            if (message is not null)
            {
                using (message)
                    return parser.ParseFrom(message.Memory.Span);
            }
        }
        catch (Exception cause) when (Ended(cause) is not null)
        {
            throw Ended(cause)!;
        }

        // A call that is over at once has its status in the head.
        var headers = One(_answer.TrailingHeaders, "grpc-status") is null ? _answer.Headers : _answer.TrailingHeaders;
        if (!int.TryParse(One(headers, "grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            throw Broken("the answer ended without a status.");
        return status == (int)GrpcStatusCode.Ok ? null
            : throw End(Enum.IsDefined((GrpcStatusCode)status) ? (GrpcStatusCode)status : GrpcStatusCode.Unknown, GrpcMessageText.Decode(One(headers, "grpc-message") ?? ""));
    }

    /// <summary>The callee does not keep to the protocol.</summary>
    public GrpcCallException Broken(string detail) => End(GrpcStatusCode.Internal, detail);

    public void Dispose()
    {
        _answer?.Dispose();
        _request.Dispose();
        _either.Dispose();
        _timer.Dispose();
    }

    private GrpcCallException End(GrpcStatusCode status, string detail, Exception? cause = null) => new(_callee, _method, status, detail, cause);

    /// <summary>How gRPC calls what was thrown on the way; null for what is no end of a call, or is its caller's own wish.</summary>
    private GrpcCallException? Ended(Exception cause) => cause switch
    {
        GrpcCallException => null,
        _ when _asked.IsCancellationRequested => null,
        CallTimedOutException or OperationCanceledException when _left is { } left => End(GrpcStatusCode.DeadlineExceeded, $"it did not answer within {left.TotalMilliseconds:0} ms.", cause),
        CallTimedOutException or OperationCanceledException => End(GrpcStatusCode.DeadlineExceeded, "it did not answer in time.", cause),
        InvalidProtocolBufferException => End(GrpcStatusCode.Internal, "its answer is not the message that is expected here.", cause),
        HttpRequestException or IOException => End(GrpcStatusCode.Unavailable, "it could not be reached, or broke off.", cause),
        _ => null,
    };

    // gRPC, doc/http-grpc-status-mapping.md: what somebody on the way says who does not speak gRPC.
    private static GrpcStatusCode Meant(HttpStatusCode status) => (int)status switch
    {
        400 => GrpcStatusCode.Internal,
        401 => GrpcStatusCode.Unauthenticated,
        403 => GrpcStatusCode.PermissionDenied,
        404 => GrpcStatusCode.Unimplemented,
        429 or 502 or 503 or 504 => GrpcStatusCode.Unavailable,
        _ => GrpcStatusCode.Unknown,
    };

    private static string? One(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
