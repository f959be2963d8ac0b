using System.Net;
using Microsoft.AspNetCore.Http;

namespace Conway.Registry.Http;

/// <summary>Keeps web pages out. A page of another origin can make a browser send requests here; a page whose name was re-bound to 127.0.0.1 even
/// looks like the same origin. So the Host must be a name of this machine, and whoever tells an Origin must tell this one.</summary>
internal sealed class HostGuard
{
    private readonly HashSet<string> _names;
    private readonly IPAddress _bound;

    public HostGuard(IPAddress bound, IEnumerable<string> names)
    {
        _bound = bound;
        _names = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase) { "localhost" };
    }

    /// <returns>Null when the request may pass, else why not.</returns>
    public string? Refuse(HttpRequest request)
    {
        var host = request.Host.Host ?? "";
        if (!IsKnown(host))
            return $"The host name '{host}' is not one of this registry's. Call it by its loopback address, or add the name to the registry's host names.";
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsSameOrigin(origin, request)) return $"Requests from another origin are refused: {origin}";
        return request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" ? "Requests from another site are refused." : null;
    }

    private bool IsKnown(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            return IPAddress.IsLoopback(address) || address.Equals(_bound) || _names.Contains(host)
                // Bound to every address, this machine has any of them; a name can be re-bound, an address cannot.
                || _bound.Equals(IPAddress.Any) || _bound.Equals(IPAddress.IPv6Any);
        return _names.Contains(host) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSameOrigin(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
