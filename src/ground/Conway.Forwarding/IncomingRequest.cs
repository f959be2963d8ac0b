using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Conway.Forwarding;

/// <summary>What every request goes through before anything else looks at it.</summary>
public static class IncomingRequest
{
    /// <summary>Refuses what is never forwarded, and removes what is meant for this hop only.</summary>
    /// <param name="http">The request; its headers are changed.</param>
    /// <param name="target">Path and query as they came, in origin-form.</param>
    /// <returns>Why it is refused; null when it may go on.</returns>
    public static Problem? Admit(HttpContext http, out string target)
    {
        target = "";
        if (StrictFraming.Refusal(http.Request) is { } refusal)
        {
            return new Problem(refusal.Status, "ambiguous-framing", refusal.Reason + ".") { ClosesConnection = true };
        }

        var method = http.Request.Method;
        if (HttpMethods.IsTrace(method) || (HttpMethods.IsConnect(method) && http.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true }))
        {
            return new Problem(405, "method-not-forwarded", $"{method} is not forwarded.");
        }

        target = OriginForm(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (target.Length == 0 || target[0] != '/')
        {
            return new Problem(400, "bad-target", "The request's target is not a path.");
        }

        HopByHop.RemoveNominated(http.Request.Headers);
        return null;
    }

    // "GET http://shop.example/a?b HTTP/1.1" asks for "/a?b"; that the authority agrees with Host, Kestrel has seen to.
    private static string OriginForm(string rawTarget)
    {
        if (rawTarget.Length > 0 && rawTarget[0] == '/')
        {
            return rawTarget;
        }

        var authority = rawTarget.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
        {
            return rawTarget;
        }

        var end = rawTarget.AsSpan(authority + 3).IndexOfAny('/', '?');
        if (end < 0)
        {
            return "/";
        }

        var rest = rawTarget[(authority + 3 + end)..];
        return rest[0] == '?' ? "/" + rest : rest;
    }
}
