namespace Conway.Gateway;

/// <summary>Which paths a route takes. Compared after normalisation and with regard to case.</summary>
/// <param name="Kind">How <paramref name="Value"/> is read.</param>
/// <param name="Value">The path, prefix, pattern or regular expression.</param>
public sealed record PathMatch(PathMatchKind Kind, string Value)
{
    /// <summary>This path and no other.</summary>
    public static PathMatch Exact(string path) => new(PathMatchKind.Exact, path);

    /// <summary>This path and everything under it: <c>/abc</c> takes <c>/abc/</c> and <c>/abc/d</c>, not <c>/abcd</c>.</summary>
    public static PathMatch Prefix(string prefix) => new(PathMatchKind.Prefix, prefix);

    /// <summary>A .NET regular expression over the whole path, run without backtracking.</summary>
    public static PathMatch Regex(string expression) => new(PathMatchKind.Regex, expression);

    /// <summary><c>/api/orders/**</c> (everything under), <c>/api/orders/*/lines</c> and <c>/api/orders/{id}</c> (one segment). Without any of these it is exact.</summary>
    public static PathMatch Pattern(string pattern) => new(PathMatchKind.Pattern, pattern);
}

/// <summary>Kinds of <see cref="PathMatch"/>.</summary>
public enum PathMatchKind
{
    /// <summary>This path and no other.</summary>
    Exact,

    /// <summary>By path element.</summary>
    Prefix,

    /// <summary>Regular expression over the whole path.</summary>
    Regex,

    /// <summary>Segments with wildcards.</summary>
    Pattern,
}

/// <summary>A header or query parameter that must be there.</summary>
/// <param name="Name">Its name; headers without regard to case, parameters with.</param>
/// <param name="Value">What it must be; with <paramref name="IsRegex"/> a regular expression over the whole value. Null: anything.</param>
/// <param name="IsRegex">Whether the value is a regular expression.</param>
public sealed record ValueMatch(string Name, string? Value, bool IsRegex = false);
