using Microsoft.AspNetCore.Http;

namespace Conway.Forwarding;

/// <summary>What is answered when a request could not be forwarded.</summary>
public static class ForwardProblems
{
    /// <summary>The problem that tells a client of it; null when an answer was passed on or nobody listens.</summary>
    /// <param name="result">How forwarding ended.</param>
    /// <param name="exchange">The request.</param>
    /// <param name="callee">Name of the called service.</param>
    public static Problem? Of(ForwardResult result, Exchange exchange, string callee)
    {
        var tries = exchange.RetriesMade == 0 ? "" : $" after {exchange.RetriesMade + 1} attempts";
        return result switch
        {
            ForwardResult.NoEndpoint => new Problem(503, "no-healthy-endpoint", $"No replica of '{callee}' is healthy.") { RetryAfter = TimeSpan.FromSeconds(1) },
            ForwardResult.NoConnection => new Problem(502, "no-connection", $"'{callee}' accepted no connection{tries}.") { RetryAfter = TimeSpan.FromSeconds(1) },
            ForwardResult.Reset => new Problem(502, "upstream-reset", $"'{callee}' broke off before it answered{tries}."),
            ForwardResult.TimedOut => new Problem(504, "timeout", $"'{callee}' did not answer in time{tries}."),
            ForwardResult.BadRequestBody => Of(exchange.Http.Response.StatusCode),
            _ => null,
        };
    }

    private static Problem Of(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => new Problem(413, "body-too-large", "The request's body is larger than allowed.") { ClosesConnection = true },
        StatusCodes.Status408RequestTimeout => new Problem(408, "body-too-slow", "The request's body came too slowly.") { ClosesConnection = true },
        _ => new Problem(400, "bad-body", "The request's body broke off or is malformed.") { ClosesConnection = true },
    };
}
