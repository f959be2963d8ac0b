using System.Text.RegularExpressions;

namespace Conway.Gateway;

/// <summary>A <see cref="PathMatch"/> made ready, with what decides its rank.</summary>
internal sealed class PathPattern
{
    private static readonly TimeSpan RegexTimeMax = TimeSpan.FromMilliseconds(100);

    private readonly string _literal;
    private readonly string[] _segments;
    private readonly bool _takesMore;
    private readonly Regex? _regex;

    private PathPattern(PathRank rank, string literal, string[] segments, bool takesMore, Regex? regex)
    {
        Rank = rank;
        _literal = literal;
        _segments = segments;
        _takesMore = takesMore;
        _regex = regex;
        LiteralLength = regex is not null ? regex.ToString().Length : segments.Length == 0 ? literal.Length : literal.Length + 1;
        LiteralTotal = literal.Length + segments.Sum(s => s.Length);
    }

    /// <summary>Exact before regular expressions before prefixes.</summary>
    internal PathRank Rank { get; }

    /// <summary>Length of what stands before the first wildcard; the longer goes first.</summary>
    internal int LiteralLength { get; }

    /// <summary>Length of all that is no wildcard; breaks ties.</summary>
    internal int LiteralTotal { get; }

    /// <summary>The part before the first wildcard, without trailing slash; what <see cref="Rewrite.ReplacePrefix"/> replaces.</summary>
    internal string Literal => _literal;

    internal static PathPattern Of(PathMatch match) => match.Kind switch
    {
        PathMatchKind.Exact => Exact(match.Value),
        PathMatchKind.Prefix => Prefix(match.Value),
        PathMatchKind.Regex => OfRegex(match.Value),
        _ => OfPattern(match.Value),
    };

    internal bool Matches(ReadOnlySpan<char> path)
    {
        if (_regex is not null)
        {
            return Matches_Regex(path);
        }

        if (Rank == PathRank.Exact)
        {
            return path.SequenceEqual(_literal);
        }

        // By path element: "/abc" takes "/abc" and "/abc/…", not "/abcd".
        if (!path.StartsWith(_literal, StringComparison.Ordinal) || (path.Length > _literal.Length && path[_literal.Length] != '/'))
        {
            return false;
        }

        return _segments.Length == 0 || Matches_Segments(path[_literal.Length..]);
    }

    private bool Matches_Regex(ReadOnlySpan<char> path)
    {
        try
        {
            return _regex!.IsMatch(path);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private bool Matches_Segments(ReadOnlySpan<char> rest)
    {
        foreach (var wanted in _segments)
        {
            if (rest.Length < 2 || rest[0] != '/')
            {
                return false;
            }

            rest = rest[1..];
            var end = rest.IndexOf('/');
            var segment = end < 0 ? rest : rest[..end];
            if (segment.Length == 0 || (wanted.Length > 0 && !segment.SequenceEqual(wanted)))
            {
                return false;
            }

            rest = rest[segment.Length..];
        }

        return _takesMore || rest.Length == 0;
    }

    private static PathPattern Exact(string value) => new(PathRank.Exact, RequestPath.OfRoute(value), [], false, null);

    private static PathPattern Prefix(string value) => new(PathRank.Prefix, RequestPath.OfRoute(value).TrimEnd('/'), [], true, null);

    private static PathPattern OfRegex(string value) => new(
        PathRank.Regex, "", [], true, new Regex($"^(?:{value})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, RegexTimeMax));

    private static PathPattern OfPattern(string value)
    {
        var segments = value.Trim('/').Split('/');
        var first = Array.FindIndex(segments, IsWild);
        if (first < 0)
        {
            return Exact(value);
        }

        var takesMore = segments[^1] == "**";
        var literal = RequestPath.OfRoute(string.Join('/', segments[..first])).TrimEnd('/');
        var wild = takesMore ? segments[first..^1] : segments[first..];
        return wild.Contains("**")
            ? throw new ArgumentException($"In the path '{value}', '**' may stand only at the end.")
            : new PathPattern(PathRank.Prefix, literal, Array.ConvertAll(wild, s => IsWild(s) ? "" : RequestPath.OfRoute(s)[1..]), takesMore, null);
    }

    private static bool IsWild(string segment) => segment is "*" or "**" || (segment.StartsWith('{') && segment.EndsWith('}'));
}

/// <summary>Kinds of paths in the order in which they are tried.</summary>
internal enum PathRank
{
    /// <summary>This path and no other.</summary>
    Exact,

    /// <summary>Regular expression; before prefixes, or the catch-all <c>/</c> would hide every one.</summary>
    Regex,

    /// <summary>Prefix or pattern, the longest first.</summary>
    Prefix,
}
