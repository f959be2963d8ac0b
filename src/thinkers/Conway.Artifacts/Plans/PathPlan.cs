using System.Globalization;
using System.Text;

namespace Conway.Artifacts.Plans;

/// <summary>A path of a route or a call, taken apart as the gateway takes it: <c>/a/b</c>, <c>/a/**</c>, <c>/a/*/b</c>, <c>/a/{id}</c>.</summary>
/// <param name="Literal">What stands before the first wildcard, without a slash at its end; of an exact path all of it.</param>
/// <param name="Segments">What follows up to a <c>**</c>; null for any one segment. Empty for an exact path or a plain prefix.</param>
/// <param name="TakesMore">Whether everything below is meant too.</param>
/// <param name="IsExact">Whether this path is meant and no other.</param>
internal sealed record PathPlan(string Literal, IReadOnlyList<string?> Segments, bool TakesMore, bool IsExact)
{
    private const string Plain = "-._~!$&'()*+,;=:@/";

    /// <summary>Length of what stands before the first wildcard: the longer is tried first.</summary>
    public int LiteralLength => Segments.Count == 0 ? Literal.Length : Literal.Length + 1;

    /// <summary>Length of all that is no wildcard.</summary>
    public int LiteralTotal => Literal.Length + Segments.Sum(segment => segment?.Length ?? 0);

    public static PathPlan Of(string written)
    {
        var segments = written.Trim('/').Split('/');
        var first = Array.FindIndex(segments, IsWild);
        if (first < 0)
        {
            return new PathPlan(Normal(written), [], false, true);
        }

        var takesMore = segments[^1] == "**";
        var literal = Normal("/" + string.Join('/', segments[..first])).TrimEnd('/');
        var wild = takesMore ? segments[first..^1] : segments[first..];
        return new PathPlan(literal, Array.ConvertAll(wild, segment => IsWild(segment) ? null : Normal("/" + segment)[1..]), takesMore, false);
    }

    /// <summary>Why a path can't be said to others; null when it can.</summary>
    public static string? ProblemOf(string written)
    {
        var segments = written.Trim('/').Split('/');
        return segments.SkipLast(1).Contains("**") ? "'**' may stand only at its end"
            : segments.Any(segment => segment is not ("*" or "**") && segment.Contains('*', StringComparison.Ordinal)) ? "'*' stands for a whole segment"
            : null;
    }

    /// <summary>What the callee is asked for when the part before the first wildcard is replaced.</summary>
    public PathPlan Rewritten(string? prefix)
    {
        if (prefix is null)
        {
            return this;
        }

        var trimmed = Normal(prefix).TrimEnd('/');
        return this with { Literal = IsExact && trimmed.Length == 0 ? "/" : trimmed };
    }

    /// <summary>Whether some path is meant by both.</summary>
    public bool Overlaps(PathPlan other)
    {
        var (own, others) = (AllSegments(), other.AllSegments());
        return own.Zip(others).All(pair => pair.First is null || pair.Second is null || pair.First == pair.Second)
            && (own.Length == others.Length || (own.Length < others.Length ? TakesMore : other.TakesMore));
    }

    private string?[] AllSegments() => [.. Literal.Length == 0 ? [] : Literal.TrimStart('/').Split('/'), .. Segments];

    /// <summary>A regular expression (RE2) that the whole path matches; only needed where <see cref="Segments"/> are.</summary>
    public string Regex()
    {
        var text = new StringBuilder(Escaped(Literal));
        foreach (var segment in Segments)
        {
            text.Append('/').Append(segment is null ? "[^/]+" : Escaped(segment));
        }

        return (TakesMore ? text.Append("(/.*)?") : text).ToString();
    }

    /// <summary>A text as a regular expression that matches it.</summary>
    public static string Escaped(string text) => string.Concat(text.Select(c => "\\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString()));

    private static bool IsWild(string segment) => segment is "*" or "**" || (segment.StartsWith('{') && segment.EndsWith('}'));

    // As requests come: what may not stand in a path is escaped, escapes have capitals, slashes are single.
    private static string Normal(string path)
    {
        var text = new StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c == '%' && i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]))
            {
                var value = (char)byte.Parse(path.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                text.Append(char.IsAsciiLetterOrDigit(value) || "-._~".Contains(value, StringComparison.Ordinal) ? value.ToString() : path.Substring(i, 3).ToUpperInvariant());
                i += 2;
            }
            else if (char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))
            {
                text.Append(c == '/' && text.Length > 0 && text[^1] == '/' ? "" : c.ToString());
            }
            else
            {
                Rune.TryGetRuneAt(path, i, out var rune);
                foreach (var b in Encoding.UTF8.GetBytes(rune.ToString()))
                {
                    text.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
                }

                i += rune.Utf16SequenceLength - 1;
            }
        }

        return text.ToString();
    }
}
