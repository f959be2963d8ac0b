using System.Text;
using Conway.Artifacts.Plans;

namespace Conway.Artifacts.Linkerd;

/// <summary>One thing that somebody may ask for.</summary>
/// <param name="Who">Index of who that is.</param>
/// <param name="Methods">Empty for any.</param>
internal sealed record LinkerdGrant(int Who, IReadOnlyList<string> Methods, PathPlan Path);

/// <summary>Paths that the same grants are for.</summary>
/// <param name="Values">Exact paths, or regular expressions, that have no path in common.</param>
internal sealed record LinkerdPathClass(bool IsExact, IReadOnlyList<string> Values, IReadOnlyList<LinkerdGrant> Grants);

/// <summary>
/// Takes what callers may ask for apart into paths that do not overlap. Linkerd gives a request to one route alone, of regular expressions and exact paths that match to the
/// oldest, so two that overlap would let one caller's permission hide another's.
/// </summary>
internal static class LinkerdPaths
{
    /// <summary>A segment that every reader takes for itself: not empty, no <c>.</c> or <c>..</c>, and neither of them escaped.</summary>
    private const string Segment = @"(?:\.{0,2}(?:[^/%.]|%(?:[^2/]|2[^eE/]))[^/]*|\.{3}[^/]*)";

    private const string Dots = "%(?:[^2/]|2[^eE/])";

    // A value may have 1,024 characters, and one has as many of these as it has segments.
    private const int PieceMax = 200;

    public static IReadOnlyList<LinkerdPathClass> Apart(IEnumerable<LinkerdGrant> grants)
    {
        var classes = new List<LinkerdPathClass>();
        Walk([new Start("", "")], [.. grants.Select(grant => new Live(grant, SegmentsOf(grant.Path), 0))], classes);
        return classes;
    }

    private static void Walk(Start[] starts, Live[] live, List<LinkerdPathClass> classes)
    {
        var words = live.Select(one => one.Next).OfType<string>().Where(word => word.Length > 0).Distinct().Order(StringComparer.Ordinal).ToArray();
        var isWhole = words.Length == 0 && live.All(one => one.IsTail);
        if (starts[0].Regex.Length > 0)
        {
            if (isWhole)
            {
                Add(classes, starts, $"(?:/{Segment})*/?", live);
                return;
            }

            Add(classes, starts, null, live.Where(one => one.IsEnd));
        }

        Add(classes, [.. starts.Select(start => start.With("/", "/"))], null, live.Where(one => one.IsTail || (one.Next is "" && one.At + 1 == one.Segments.Count)));
        foreach (var word in words)
        {
            Walk([.. starts.Select(start => start.With("/" + PathPlan.Escaped(word), "/" + word))], [.. live.SelectMany(one => one.Take(word))], classes);
        }

        var others = live.SelectMany(one => one.Take(null)).ToArray();
        if (isWhole)
        {
            Add(classes, starts, $"(?:/{Segment})+/?", live);
        }
        else if (others.Length > 0)
        {
            var pieces = words.Length == 0 ? [Segment] : Pieces([.. words, ".", ".."]);
            Walk([.. starts.SelectMany(start => pieces.Select(piece => new Start($"{start.Regex}/{piece}", null)))], others, classes);
        }
    }

    private static void Add(List<LinkerdPathClass> classes, Start[] starts, string? rest, IEnumerable<Live> live)
    {
        var grants = live.Select(one => one.Grant).Distinct().ToArray();
        if (grants.Length > 0)
        {
            var isExact = rest is null && starts.All(start => start.Exact is not null);
            classes.Add(new LinkerdPathClass(isExact, [.. starts.Select(start => isExact ? start.Exact! : $"{start.Regex}{rest}$")], grants));
        }
    }

    /// <summary>Segments that are none of the words, as regular expressions: some of the way with a word, then another letter.</summary>
    private static string[] Pieces(string[] words)
    {
        var pieces = new List<string>();
        var text = new StringBuilder();
        foreach (var begin in words.SelectMany(word => Enumerable.Range(0, word.Length + 1).Select(length => word[..length])).Distinct().Order(StringComparer.Ordinal))
        {
            var next = words.Where(word => word.Length > begin.Length && word.StartsWith(begin, StringComparison.Ordinal)).Select(word => word[begin.Length]).Distinct().ToArray();
            var not = string.Concat(next.Where(c => c != '%').Select(c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : $"\\{c}"));
            var differs = $"(?:[^/%{not}]{(next.Contains('%') ? "" : "|" + Dots)})[^/]*";
            var piece = PathPlan.Escaped(begin) + (begin.Length == 0 || words.Contains(begin) ? differs : $"(?:{differs})?");
            if (text.Length > 0 && text.Length + piece.Length > PieceMax)
            {
                pieces.Add($"(?:{text})");
                text.Clear();
            }

            text.Append(text.Length > 0 ? "|" : "").Append(piece);
        }

        return [.. pieces, $"(?:{text})"];
    }

    private static IReadOnlyList<string?> SegmentsOf(PathPlan path) =>
        [.. path.Literal.Length == 0 ? [] : path.Literal.TrimStart('/').Split('/'), .. path.Segments];

    /// <summary>How paths begin.</summary>
    /// <param name="Exact">Null where that is not one text.</param>
    private sealed record Start(string Regex, string? Exact)
    {
        public Start With(string regex, string exact) => new(Regex + regex, Exact is null ? null : Exact + exact);
    }

    /// <summary>How far a path has come along what is granted.</summary>
    private sealed record Live(LinkerdGrant Grant, IReadOnlyList<string?> Segments, int At)
    {
        public bool IsEnd => At == Segments.Count;

        public bool IsTail => IsEnd && Grant.Path.TakesMore;

        /// <summary>The word that must follow; null for any, or the end.</summary>
        public string? Next => IsEnd ? null : Segments[At];

        /// <summary>After a segment: this word, or one that nobody names.</summary>
        public IEnumerable<Live> Take(string? word) => IsTail ? [this] : !IsEnd && (Segments[At] is null || Segments[At] == word) ? [this with { At = At + 1 }] : [];
    }
}
