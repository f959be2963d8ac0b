using Conway.Traffic;
using Yarp.ReverseProxy.Forwarder;

namespace Conway.Forwarding;

/// <summary>Reads from YARP's account of an attempt what went wrong.</summary>
internal static class AttemptFaults
{
    private const long Http2RefusedStream = 7;

    /// <summary>What went wrong in an attempt that brought no answer.</summary>
    internal static AttemptFault Of(Exchange exchange, ForwarderError error, bool timerRang, TimeSpan now)
    {
        if (error == ForwarderError.None)
        {
            return AttemptFault.None;
        }

        if (exchange.Http.RequestAborted.IsCancellationRequested)
        {
            return AttemptFault.Abandoned;
        }

        if (timerRang)
        {
            return exchange.Deadline.Left(now) == TimeSpan.Zero ? AttemptFault.DeadlineExceeded : AttemptFault.TimedOut;
        }

        var exception = exchange.Http.Features.Get<IForwarderErrorFeature>()?.Exception;
        return error switch
        {
            ForwarderError.RequestBodyClient => AttemptFault.BadRequestBody,
            // The handler reports a connect timeout as a cancellation that has a TimeoutException inside.
            ForwarderError.RequestTimedOut => exception?.InnerException is TimeoutException ? AttemptFault.Connect : AttemptFault.TimedOut,
            ForwarderError.Request when IsNothingSent(exception) => AttemptFault.Connect,
            _ => AttemptFault.Reset,
        };
    }

    /// <summary>What the ending of an attempt says about the endpoint.</summary>
    internal static AttemptResult Judge(AttemptFault fault, int status, int? grpcStatus) => fault switch
    {
        AttemptFault.Abandoned or AttemptFault.BadRequestBody => AttemptResult.Abandoned,
        not AttemptFault.None => AttemptResult.GatewayFailure,
        _ => (status, grpcStatus) switch
        {
            (502 or 503 or 504, _) => AttemptResult.GatewayFailure,
            ( >= 500, _) => AttemptResult.ServerError,
            // UNAVAILABLE is gRPC's 503; UNKNOWN, DEADLINE_EXCEEDED, INTERNAL and DATA_LOSS are its other 5xx.
            (_, 14) => AttemptResult.GatewayFailure,
            (_, 2 or 4 or 13 or 15) => AttemptResult.ServerError,
            _ => AttemptResult.Success,
        },
    };

    private static bool IsNothingSent(Exception? exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
    }
    || exception is HttpRequestException { InnerException: HttpProtocolException { ErrorCode: Http2RefusedStream } };
}
