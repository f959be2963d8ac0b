using Conway.Model;

namespace Conway.Review.Graph;

/// <summary>Which route a step of a journey takes.</summary>
/// <remarks>As the gateway chooses: an exact path before one with <c>*</c> before one that ends in <c>/**</c>, and of those the one with more segments.
/// A captured value, <c>${id}</c>, stands for any segment. Routes for a host, headers or query parameters are not taken: a step names none.</remarks>
internal static class RouteChoice
{
    public static Route? Of(IEnumerable<Route> routes, Step step)
    {
        if (step.Request() is not var (method, path))
        {
            return null;
        }

        var segments = path.Split('?', '#')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return routes.Where(r => r.Host is null && r.Headers.Count == 0 && r.Query.Count == 0 && (r.Methods.Count == 0 || r.Methods.Contains(method)))
            .Select(r => (Route: r, Rank: Rank(r.Path, segments))).Where(r => r.Rank is not null)
            .OrderByDescending(r => r.Rank).ThenByDescending(r => r.Route.Methods.Count > 0).Select(r => r.Route).FirstOrDefault();
    }

    /// <summary>How closely a path fits; null when it does not.</summary>
    private static (int Whole, int Segments, int Literal)? Rank(string pattern, string[] segments)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isOpen = parts.Length > 0 && parts[^1] == "**";
        var count = isOpen ? parts.Length - 1 : parts.Length;
        if (segments.Length < count || (!isOpen && segments.Length != count))
        {
            return null;
        }

        for (var i = 0; i < count; i++)
        {
            if (parts[i] != "*" && parts[i] != segments[i] && !segments[i].Contains("${", StringComparison.Ordinal))
            {
                return null;
            }
        }

        return (isOpen ? 0 : 1, count, parts.Take(count).Count(p => p != "*"));
    }
}
