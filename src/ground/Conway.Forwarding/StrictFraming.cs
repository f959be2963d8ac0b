using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Conway.Forwarding;

/// <summary>Refuses requests whose end could be read in two ways, which is what request smuggling lives on.</summary>
/// <remarks>
/// Kestrel refuses most of them itself (two differing lengths, a coding that does not end in chunked, spaces before the colon, folded lines, NUL, bare
/// CR). What it lets pass is refused here: <c>Content-Length: +3</c>, a length beside a coding, any coding but one <c>chunked</c>, a coding in
/// HTTP/1.0, lines that end in a bare LF (the first by <see cref="HeaderDecoding"/>). Source: RFC 9112 §6.1, §6.3, §2.2.
/// </remarks>
public static class StrictFraming
{
    /// <summary>What is wrong with the framing of a request.</summary>
    /// <returns>The status to refuse it with and the reason; null when all is well. After a refusal the connection is to be closed.</returns>
    public static (int Status, string Reason)? Refusal(HttpRequest request)
    {
        var codings = request.Headers.TransferEncoding;
        if (codings.Count == 0)
        {
            return null;
        }

        if (request.Protocol == HttpProtocol.Http10)
        {
            return (400, "HTTP/1.0 knows no Transfer-Encoding");
        }

        if (request.Headers.ContainsKey("X-Content-Length") || request.ContentLength is not null)
        {
            return (400, "Content-Length and Transfer-Encoding contradict each other");
        }

        return Refusal_OfCodings(codings);
    }

    /// <summary>Lets Kestrel refuse lines that end in a bare LF.</summary>
    /// <remarks>A switch of the whole process: Kestrel has no option for it.</remarks>
    internal static void RefuseBareLineFeeds() => AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

    private static (int Status, string Reason)? Refusal_OfCodings(StringValues codings)
    {
        if (codings.Count == 1 && codings[0]!.Equals("chunked", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var all = codings.ToString().Split(',', StringSplitOptions.TrimEntries);
        return all.All(c => c.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            ? (400, "chunked may be applied only once")
            : (501, "the only Transfer-Encoding understood is chunked");
    }
}
