using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Conway.Grpc;

/// <summary>The unary gRPC methods of one endpoint, by path: <c>/package.Service/Method</c>.</summary>
/// <remarks>Immutable and safe for concurrent calls. It speaks the protocol and knows no message type: handlers take and give encoded bytes.
/// Source: gRPC over HTTP/2 (<c>doc/PROTOCOL-HTTP2.md</c>), compression (<c>doc/compression.md</c>), status codes (<c>doc/statuscodes.md</c>).</remarks>
public sealed class GrpcMethods
{
    private readonly FrozenDictionary<string, GrpcUnaryHandler> _handlers;
    private readonly GrpcLimits _limits;
    private readonly TimeProvider _clock;
    private readonly Action<string, Exception>? _failed;

    /// <param name="handlers">Path to handler.</param>
    /// <param name="limits">Bounds of a message.</param>
    /// <param name="clock">Measures the caller's <c>grpc-timeout</c>.</param>
    /// <param name="failed">Told of a handler's exception with the path; the caller sees only UNKNOWN.</param>
    public GrpcMethods(IReadOnlyDictionary<string, GrpcUnaryHandler> handlers, GrpcLimits limits, TimeProvider clock, Action<string, Exception>? failed = null)
    {
        _handlers = handlers.ToFrozenDictionary(StringComparer.Ordinal);
        _limits = limits;
        _clock = clock;
        _failed = failed;
    }

    /// <summary>Whether a request speaks gRPC: its content type is <c>application/grpc</c>, alone or with a <c>+proto</c> or parameters.</summary>
    public static bool IsGrpc(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        const string Type = "application/grpc";
        return request.ContentType is { } type
            && type.StartsWith(Type, StringComparison.OrdinalIgnoreCase)
            && (type.Length == Type.Length || type[Type.Length] is '+' or ';');
    }

    /// <summary>Serves one request to its end. Every outcome is an answer; only the connection's own failure escapes.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol))
        {
            // Without trailers there is no status; a plain HTTP answer says what to do.
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "h2c";
            return;
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "POST";
            return;
        }

        // Our own limit per message decides, after decompression; Kestrel's limit on the body would end the stream without a status.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-accept-encoding"] = "identity,gzip";
        var reply = await AnswerAsync(context);
        await WriteAsync(context, reply);
    }

    private async ValueTask<GrpcReply> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!_handlers.TryGetValue(request.Path.Value ?? "", out var handler))
        {
            return GrpcReply.Refuse(GrpcStatusCode.Unimplemented, $"There is no method {request.Path.Value} here.");
        }

        var encoding = request.Headers["grpc-encoding"].ToString();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            return GrpcReply.Refuse(GrpcStatusCode.Unimplemented, $"The encoding '{encoding}' is not spoken here; identity and gzip are.");
        }

        TimeSpan? timeLeft = null;
        if (request.Headers["grpc-timeout"].ToString() is { Length: > 0 } text)
        {
            if (!GrpcTimeout.TryParse(text, out var parsed))
            {
                return GrpcReply.Refuse(GrpcStatusCode.Internal, $"'{text}' is not a grpc-timeout.");
            }

            timeLeft = parsed;
        }

        return timeLeft is { } limit
            ? await AnswerWithinAsync(context, handler, encoding == "gzip", limit)
            : await CallAsync(context, handler, encoding == "gzip", null, context.RequestAborted);
    }

    private async ValueTask<GrpcReply> AnswerWithinAsync(HttpContext context, GrpcUnaryHandler handler, bool gzip, TimeSpan limit)
    {
        // Timers reach to about 49 days; a longer timeout is no timeout for a unary call.
        var bounded = limit < TimeSpan.FromDays(40) ? limit : TimeSpan.FromDays(40);
        using var deadline = new CancellationTokenSource(bounded, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
        var reply = await CallAsync(context, handler, gzip, limit, either.Token);

        // A handler that finished late is late all the same: the caller has given up already.
        return deadline.IsCancellationRequested ? GrpcReply.Refuse(GrpcStatusCode.DeadlineExceeded, $"The call's {limit.TotalMilliseconds} ms ran out.") : reply;
    }

    private async ValueTask<GrpcReply> CallAsync(HttpContext context, GrpcUnaryHandler handler, bool gzip, TimeSpan? timeLeft, CancellationToken cancelled)
    {
        try
        {
            var (message, refusal) = await GrpcFrame.ReadOneAsync(context.Request.BodyReader, gzip, _limits.MessageBytesMax, cancelled);
            if (message is null)
            {
                return refusal!;
            }

            using (message)
            {
                return await handler(new GrpcCall(message.Memory, context.Request.Headers, timeLeft, cancelled));
            }
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            return GrpcReply.Refuse(GrpcStatusCode.Cancelled, "The caller went away.");
        }
        catch (Exception error) when (error is not IOException)
        {
            _failed?.Invoke(context.Request.Path.Value ?? "", error);
            return GrpcReply.Refuse(GrpcStatusCode.Unknown, "The handler failed.");
        }
    }

    private async ValueTask WriteAsync(HttpContext context, GrpcReply reply)
    {
        var response = context.Response;
        if (reply.Status != GrpcStatusCode.Ok)
        {
            // Trailers-only: status in the one and only header block, which ends the stream.
            SetStatus(response.Headers, reply);
            return;
        }

        var gzip = reply.Message.Length >= _limits.CompressFromBytes && Accepts(context.Request, "gzip");
        if (gzip)
        {
            response.Headers["grpc-encoding"] = "gzip";
        }

        var trailers = context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>();
        GrpcFrame.Write(response.BodyWriter, reply.Message.Span, gzip);
        SetStatus(trailers.Trailers, reply);
        await response.CompleteAsync();
    }

    private static void SetStatus(IHeaderDictionary headers, GrpcReply reply)
    {
        headers["grpc-status"] = ((int)reply.Status).ToString(CultureInfo.InvariantCulture);
        if (reply.Detail is { Length: > 0 } detail)
        {
            headers["grpc-message"] = GrpcMessageText.Encode(detail);
        }

        if (!reply.StatusDetails.IsEmpty)
        {
            // Binary metadata is base64 without padding.
            headers["grpc-status-details-bin"] = Convert.ToBase64String(reply.StatusDetails.Span).TrimEnd('=');
        }
    }

    private static bool Accepts(HttpRequest request, string encoding) =>
        request.Headers["grpc-accept-encoding"].Any(value => value?.Split(',', StringSplitOptions.TrimEntries).Contains(encoding) == true);
}
