namespace Conway.Gateway;

/// <summary>What a route changes in a request on its way to the upstream.</summary>
/// <remarks>At most one of the three path rewrites is set; if several are, the first in this order is used.</remarks>
public sealed record Rewrite
{
    /// <summary>The whole path becomes this one.</summary>
    public string? FullPath { get; init; }

    /// <summary>What the route's prefix (for a pattern: the part before its first wildcard) matched becomes this: <c>/api</c> → <c>/</c> makes <c>/api/orders</c> into <c>/orders</c>.</summary>
    public string? ReplacePrefix { get; init; }

    /// <summary>The number of leading path segments that are dropped.</summary>
    public int StripSegments { get; init; }

    /// <summary>The Host header for the upstream. Unset: the one the client sent.</summary>
    public string? Host { get; init; }
}
