using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Conway.Forwarding;

/// <summary>What every request goes through before anything else looks at it.</summary>
public static class IncomingRequest
{
    /// <summary>What is forwarded to whoever takes it; which of these a service takes is for the service to say.</summary>
    internal const string Methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

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
            return new Problem(405, "method-not-forwarded", $"{method} is not forwarded.") { Allow = Methods };
        }

        if (MaxForwards.Count(http.Request) is { } end)
        {
            return end;
        }

        target = OriginForm(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (target.Length == 0 || target[0] != '/')
        {
            return new Problem(400, "bad-target", "The request's target is not a path, nor an address without a user in it.") { ClosesConnection = true };
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

        var rest = rawTarget.AsSpan(authority + 3);
        var end = rest.IndexOfAny('/', '?');

        // A user before the host is an error to who receives it (RFC 9110 §4.2.4): it makes a stranger's host look like a known one.
        if ((end < 0 ? rest : rest[..end]).Contains('@'))
        {
            return "";
        }

        if (end < 0)
        {
            return "/";
        }

        return rest[end] == '?' ? string.Concat("/", rest[end..]) : rest[end..].ToString();
    }
}
