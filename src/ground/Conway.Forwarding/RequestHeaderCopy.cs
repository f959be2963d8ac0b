using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Conway.Forwarding;

/// <summary>Copies the headers of a request to the message for the upstream.</summary>
/// <remarks>Left out are those for this hop alone (RFC 9110 §7.6.1; what Connection names has been removed before) and those that are withheld by choice.</remarks>
internal static class RequestHeaderCopy
{
    private static readonly FrozenSet<string> ThisHopOnly = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authentication-Info", "Proxy-Authorization", "TE", "Transfer-Encoding", "Upgrade",
        "HTTP2-Settings",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Copies what can be copied.</summary>
    /// <param name="from">The request's headers.</param>
    /// <param name="to">The message for the upstream, its content already set.</param>
    /// <param name="isWithheld">Names that are left out besides.</param>
    /// <returns>False when a field describes a body that is not there, which needs an empty one made for it.</returns>
    internal static bool TryCopy(IHeaderDictionary from, HttpRequestMessage to, Func<string, bool> isWithheld)
    {
        var isWhole = true;
        foreach (var (name, values) in from)
        {
            if (name[0] == ':' || ThisHopOnly.Contains(name) || isWithheld(name))
            {
                continue;
            }

            isWhole &= Add(to.Headers, name, values)
                || (to.Content is not null ? Add(to.Content.Headers, name, values) : name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase));
        }

        if (to.Version.Major >= 2 && from.TE.ToString().Contains("trailers", StringComparison.OrdinalIgnoreCase))
        {
            to.Headers.TryAddWithoutValidation("TE", "trailers");
        }

        return isWhole;
    }

    private static bool Add(HttpHeaders to, string name, StringValues values) => values.Count switch
    {
        1 => to.TryAddWithoutValidation(name, values[0]),
        // HTTP/2 may send a cookie in crumbs (RFC 9113 §8.2.3); in HTTP/1.1 it has to be one line, and not with commas.
        > 1 when name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) => to.TryAddWithoutValidation(name, string.Join("; ", values.AsEnumerable())),
        _ => to.TryAddWithoutValidation(name, values.AsEnumerable()),
    };
}
