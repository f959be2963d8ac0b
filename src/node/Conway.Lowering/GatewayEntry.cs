using Conway.Gateway;
using Conway.Model;
using Microsoft.AspNetCore.Http;

namespace Conway.Lowering;

/// <summary>Which service a request at the gateway would reach, as far as the model tells: matched by the gateway's own rules.</summary>
/// <remarks>Thread-safe. A route whose path the gateway would refuse leads nowhere here either.</remarks>
public sealed class GatewayEntry
{
    private readonly RouteMatcher _matcher;

    private GatewayEntry(RouteMatcher matcher) => _matcher = matcher;

    /// <summary>The gateway of a model.</summary>
    public static GatewayEntry Of(SystemModel model) => new(new RouteMatcher([.. Lowerer.RoutesOf(model).Select(EngineTables.Route).Where(IsWellFormed)]));

    /// <summary>The service that takes a request without headers of its own; null when none does.</summary>
    /// <param name="method">In capitals.</param>
    /// <param name="target">The path, with a query perhaps.</param>
    public string? ServiceOf(string method, string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        if (RequestPath.Normalize(query < 0 ? target : target[..query], EscapedSlash.Keep, out var path) is not null)
        {
            return null;
        }

        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.QueryString = new QueryString(query < 0 ? "" : target[query..]);
        return _matcher.Match(request, path)?.Cluster;
    }

    private static bool IsWellFormed(GatewayRoute route)
    {
        try
        {
            _ = new RouteMatcher([route]);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
