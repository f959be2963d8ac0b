using Conway.Review.Leaves;

namespace Conway.Review;

/// <summary>Words that several rules write.</summary>
internal static class Shown
{
    private const int NamesMax = 6;

    // What may hold a password is compared, and never told.
    private static readonly string[] Secret = ["services.*.environment.*", "journeys.*.steps[].headers.*", "journeys.*.steps[].body", "broker.kafka", "broker.rabbitmq", "secrets.vault"];

    /// <summary>A value as text.</summary>
    public static string Value(Leaf leaf) => Secret.Contains(leaf.Pattern) ? "(not shown)" : leaf.ValueText;

    /// <summary><c>'a', 'b' and 'c'</c></summary>
    public static string Names(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(n => $"'{n}'").ToArray();
        return all.Length switch
        {
            0 => "nobody",
            1 => all[0],
            <= NamesMax => $"{string.Join(", ", all[..^1])} and {all[^1]}",
            _ => $"{string.Join(", ", all[..NamesMax])} and {all.Length - NamesMax} more",
        };
    }

    public static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    public static string Chain(IEnumerable<string> names) => string.Join(" -> ", names);

    /// <summary><c>from '300ms' to '1s'</c>, <c>now '1s'</c>, <c>no longer '300ms'</c></summary>
    public static string FromTo(string? before, string? after) => (before, after) switch
    {
        (null or "", null or "") => "",
        (null or "", _) => $"now {after}",
        (_, null or "") => $"no longer {before}",
        _ => $"{before} -> {after}",
    };

    /// <summary>Up to three differences as a clause: <c>timeout 300ms -> 1s, retries now 2</c></summary>
    public static string Settings(IReadOnlyList<LeafDifference> taken, string below)
    {
        var told = taken.Where(t => t.Leaf.Value.Count > 0 || t.Leaf.Pattern.EndsWith("[]", StringComparison.Ordinal) || taken.Count == 1).ToArray();
        var parts = told.Take(3).Select(t => Setting(t, below));
        return string.Join(", ", parts) + (told.Length > 3 ? $", and {told.Length - 3} more" : "");
    }

    private static string Setting(LeafDifference difference, string below)
    {
        var key = ReviewSubject.IsAt(difference.Key, below) ? difference.Key[below.Length..].TrimStart('.') : difference.Key;
        if (difference.Pattern.EndsWith("#order", StringComparison.Ordinal))
        {
            return "another order";
        }

        if (difference.Pattern.EndsWith("[]", StringComparison.Ordinal))
        {
            var brace = key.IndexOf('{', StringComparison.Ordinal);
            return $"{key[..brace]} {(difference.Before is null ? "with" : "without")} {key[(brace + 1)..^1]}".Trim();
        }

        return difference.Leaf.Value.Count == 0
            ? $"{key} {(difference.Before is null ? "added" : "removed")}"
            : $"{key} {FromTo(difference.Before is null ? null : Value(difference.Before), difference.After is null ? null : Value(difference.After))}".Trim();
    }
}
