using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Conway.Forwarding;

/// <summary>Removes what is meant for the next hop only.</summary>
/// <remarks>RFC 9110 §7.6.1: each field that Connection names is removed, then Connection itself. The fixed list (Keep-Alive, Proxy-Connection,
/// Transfer-Encoding, …) is left out by YARP when it copies; what Connection names it would pass on.</remarks>
internal static class HopByHop
{
    /// <summary>Removes the fields that Connection names. Not Upgrade, which YARP handles, nor TE, of which <c>trailers</c> is kept.</summary>
    internal static void RemoveNominated(IHeaderDictionary headers)
    {
        var connection = headers.Connection;
        if (connection.Count == 0 || (connection.Count == 1 && IsHarmless(connection[0])))
        {
            return;
        }

        foreach (var name in connection.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsHarmless(name) && !IsNeededForFraming(name))
            {
                headers.Remove(name);
            }
        }
    }

    /// <summary>Removes from an answer about to be sent the fields that the upstream's Connection named.</summary>
    internal static void RemoveNominated(IHeaderDictionary answer, HttpResponseMessage upstream)
    {
        if (upstream.Headers.NonValidated.TryGetValues("Connection", out var values))
        {
            foreach (var value in values)
            {
                foreach (var name in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    if (!IsHarmless(name) && !IsNeededForFraming(name))
                    {
                        answer.Remove(name);
                    }
                }
            }
        }
    }

    /// <summary>Whether a name in Connection is that of a field, and not of an option.</summary>
    internal static bool IsField(string name) => !IsHarmless(name);

    private static bool IsHarmless(string? name) =>
        StringSegment.Equals("keep-alive", name, StringComparison.OrdinalIgnoreCase)
        || StringSegment.Equals("close", name, StringComparison.OrdinalIgnoreCase)
        || StringSegment.Equals("upgrade", name, StringComparison.OrdinalIgnoreCase)
        || StringSegment.Equals("te", name, StringComparison.OrdinalIgnoreCase);

    // A client that nominates these asks us to forget who it is for or where it ends.
    private static bool IsNeededForFraming(string name) =>
        name.Equals("Host", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);
}
