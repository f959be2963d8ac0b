using System.Globalization;
using Conway.Grpc;
using Conway.Service.Requests;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Conway.Service.Grpc;

/// <summary>Serves one call to its end. Every outcome is an answer; only the connection's own failure escapes.</summary>
/// <param name="isOne">The answer has one message, which is not sent when it comes too late.</param>
/// <remarks>gRPC over HTTP/2 (<c>doc/PROTOCOL-HTTP2.md</c>): the status comes last, in the trailers, or in the head of an answer without a message.</remarks>
internal sealed partial class ServedCall(HttpContext context, bool isOne)
{
    // Timers reach to about 49 days; a longer timeout is none.
    private static readonly TimeSpan TimeoutMax = TimeSpan.FromDays(40);
    private static readonly int BytesMax = new GrpcLimits().MessageBytesMax;

    private bool _isBegun;

    public async Task ServeAsync<TRequest, TAnswer>(MessageParser<TRequest> parser, Func<IAsyncEnumerable<TRequest>, HttpContext, IAsyncEnumerable<TAnswer>> serve)
        where TRequest : class, IMessage<TRequest>
        where TAnswer : class, IMessage<TAnswer>
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol))
        {
            // Without trailers there is no status; a plain HTTP answer says what to do.
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "h2c";
            return;
        }

        if (!GrpcMethods.IsGrpc(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        // A limit on each message decides, and a stream may be silent for long.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-accept-encoding"] = "identity,gzip";
        await WriteStatusAsync(Unreadable(out var left) ?? await AnswerAsync(parser, serve, left));
    }

    /// <summary>Why the request's head cannot be honoured; null when it can.</summary>
    private GrpcReply? Unreadable(out TimeSpan? left)
    {
        left = null;
        var encoding = context.Request.Headers["grpc-encoding"].ToString();
        if (encoding is not ("" or "identity" or "gzip"))
            return GrpcReply.Refuse(GrpcStatusCode.Unimplemented, $"The encoding '{encoding}' is not spoken here; identity and gzip are.");
        if (context.Request.Headers["grpc-timeout"].ToString() is not { Length: > 0 } text)
            return null;
        if (!GrpcTimeout.TryParse(text, out var parsed))
            return GrpcReply.Refuse(GrpcStatusCode.Internal, $"'{text}' is not a grpc-timeout.");
        left = parsed < TimeoutMax ? parsed : null;
        return null;
    }

    private async Task<GrpcReply?> AnswerAsync<TRequest, TAnswer>(MessageParser<TRequest> parser, Func<IAsyncEnumerable<TRequest>, HttpContext, IAsyncEnumerable<TAnswer>> serve, TimeSpan? left)
        where TRequest : class, IMessage<TRequest>
        where TAnswer : class, IMessage<TAnswer>
    {
        var time = context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        // What is called for this request has no more time than it: the least of what its caller and this service allow.
        var known = CallContext.Current;
        if (left is { } allowed && !(known?.Deadline?.Left < allowed))
            CallContext.Current = new CallContext(known?.RequestId, new Deadline(allowed, time));
        var aborted = context.RequestAborted;
        using var timer = left is { } limit ? new CancellationTokenSource(limit, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, timer.Token);
        context.RequestAborted = either.Token;
        try
        {
            await foreach (var answer in serve(ReadAsync(parser, either.Token), context).WithCancellation(either.Token))
            {
                // Who gets no time any more has given up already.
                either.Token.ThrowIfCancellationRequested();
                GrpcFrame.Write(context.Response.BodyWriter, answer.ToByteArray(), gzip: false);
                _isBegun = true;
                if (!isOne)
                    await context.Response.BodyWriter.FlushAsync(either.Token);
            }

            return null;
        }
        catch (GrpcRefusalException refusal)
        {
            return GrpcReply.Refuse(refusal.Status, refusal.Message);
        }
        catch (Exception late) when (either.IsCancellationRequested && late is OperationCanceledException or GrpcCallException or IOException)
        {
            return timer.IsCancellationRequested || Deadline.Current?.Left == TimeSpan.Zero
                ? GrpcReply.Refuse(GrpcStatusCode.DeadlineExceeded, "The time of the call ran out.") : GrpcReply.Refuse(GrpcStatusCode.Cancelled, "The caller went away.");
        }
        catch (GrpcCallException call)
        {
            Failed(call, context.Request.Path.Value);
            return call.Status is GrpcStatusCode.DeadlineExceeded or GrpcStatusCode.Unavailable
                ? GrpcReply.Refuse(call.Status, $"A service that was needed answered {call.Status}.") : GrpcReply.Refuse(GrpcStatusCode.Unknown, "A service that was needed failed.");
        }
        catch (Exception error) when (error is not IOException)
        {
            Failed(error, context.Request.Path.Value);
            return GrpcReply.Refuse(GrpcStatusCode.Unknown, "The method failed.");
        }
        finally
        {
            context.RequestAborted = aborted;
        }
    }

    private async IAsyncEnumerable<TRequest> ReadAsync<TRequest>(MessageParser<TRequest> parser, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
    {
        var isGzip = context.Request.Headers["grpc-encoding"] == "gzip";
        while (true)
        {
            var (message, refusal) = await GrpcFrame.ReadNextAsync(context.Request.BodyReader, isGzip, BytesMax, cancellationToken);
            if (refusal is not null)
                throw new GrpcRefusalException(refusal.Status, refusal.Detail ?? "");
            if (message is null)
                yield break;
            yield return Parse(parser, message);
        }
    }

    private static TRequest Parse<TRequest>(MessageParser<TRequest> parser, RentedBytes message)
        where TRequest : class, IMessage<TRequest>
    {
        using (message)
        {
            try
            {
                return parser.ParseFrom(message.Memory.Span);
            }
            catch (InvalidProtocolBufferException)
            {
                throw new GrpcRefusalException(GrpcStatusCode.Internal, "The message is not the one that is expected here.");
            }
        }
    }

    /// <param name="reply">Null for a call that ended well.</param>
    private async Task WriteStatusAsync(GrpcReply? reply)
    {
        var response = context.Response;
        var status = ((int)(reply?.Status ?? GrpcStatusCode.Ok)).ToString(CultureInfo.InvariantCulture);
        context.Features.Get<IHttpActivityFeature>()?.Activity.SetTag("rpc.system", "grpc").SetTag("rpc.grpc.status_code", status);
        var headers = _isBegun || response.HasStarted ? context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers : response.Headers;
        headers["grpc-status"] = status;
        if (reply?.Detail is { Length: > 0 } detail)
            headers["grpc-message"] = GrpcMessageText.Encode(detail);
        await response.CompleteAsync();
    }

    private void Failed(Exception error, string? path) => Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Conway.Service.Grpc"), error, path);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "{Path} failed")]
    private static partial void Failed(ILogger log, Exception error, string? path);
}
