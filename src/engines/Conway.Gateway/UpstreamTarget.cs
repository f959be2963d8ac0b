namespace Conway.Gateway;

/// <summary>What the upstream is asked for. Pure.</summary>
internal static class UpstreamTarget
{
    /// <summary>Path and query after the route's rewrite.</summary>
    /// <param name="route">The route that took the request.</param>
    /// <param name="path">The normalised path.</param>
    /// <param name="target">The target as it came, which has the query.</param>
    /// <param name="queryAt">Where the query begins with its question mark; the target's length when there is none.</param>
    internal static string Of(CompiledRoute route, string path, string target, int queryAt)
    {
        var rewritten = route.Route.Rewrite is { } rewrite ? Rewritten(rewrite, route.Path, path) : path;
        if (queryAt == target.Length)
        {
            return rewritten;
        }

        // Nothing changed: the string that came is the one that goes.
        return target.AsSpan(0, queryAt).SequenceEqual(rewritten) ? target : string.Concat(rewritten, target.AsSpan(queryAt));
    }

    private static string Rewritten(Rewrite rewrite, PathPattern pattern, string path)
    {
        if (rewrite.FullPath is { } full)
        {
            return RequestPath.OfRoute(full);
        }

        if (rewrite.ReplacePrefix is { } prefix)
        {
            var rest = pattern.Rank == PathRank.Prefix ? path[pattern.Literal.Length..] : "";
            return Rooted(prefix.TrimEnd('/') + rest);
        }

        return rewrite.StripSegments > 0 ? Stripped(path, rewrite.StripSegments) : path;
    }

    private static string Stripped(string path, int segments)
    {
        var at = 0;
        for (var i = 0; i < segments && at >= 0; i++)
        {
            at = path.IndexOf('/', at + 1);
        }

        return at < 0 ? "/" : path[at..];
    }

    private static string Rooted(string path) => path.StartsWith('/') ? path : "/" + path;
}
