using Microsoft.AspNetCore.Http;

namespace Conway.Gateway;

/// <summary>Finds the route that takes a request. Pure and immutable; made once for a table.</summary>
/// <remarks>Order as the Gateway API's HTTPRoute asks: the host that says most (a full name before <c>*.x</c>, the longer before the shorter, any host last); then exact path,
/// regular expression, longest prefix; then a method; then most headers; then most query parameters; then the earlier route.</remarks>
public sealed class RouteMatcher
{
    private readonly CompiledRoute[] _ordered;

    /// <summary>Makes a table's routes ready.</summary>
    /// <exception cref="ArgumentException">A path or expression is malformed; the message names the route.</exception>
    public RouteMatcher(IReadOnlyList<GatewayRoute> routes)
        : this([.. routes.Select((r, i) => (r, i)).SelectMany(x => CompiledRoute.Of(x.r, x.i))])
    {
    }

    private RouteMatcher(CompiledRoute[] compiled)
    {
        Array.Sort(compiled, CompiledRoute.ByPrecedence);
        _ordered = compiled;
    }

    /// <summary>The route that takes a request; null when none does.</summary>
    /// <param name="request">Method, host, headers and query are read from it.</param>
    /// <param name="path">The normalised path.</param>
    public GatewayRoute? Match(HttpRequest request, ReadOnlySpan<char> path) => Find(request, path)?.Route;

    internal CompiledRoute? Find(HttpRequest request, ReadOnlySpan<char> path)
    {
        var host = HostOf(request.Host.Value);
        foreach (var route in _ordered)
        {
            if (route.Matches(request, host, path))
            {
                return route;
            }
        }

        return null;
    }

    // "shop.example:8080" → "shop.example"; "[::1]:8080" → "[::1]". A trailing dot says the same as none.
    private static ReadOnlySpan<char> HostOf(string? host)
    {
        var name = host.AsSpan();
        var colon = name.LastIndexOf(':');
        if (colon >= 0 && name.LastIndexOf(']') < colon)
        {
            name = name[..colon];
        }

        return name.TrimEnd('.');
    }
}
