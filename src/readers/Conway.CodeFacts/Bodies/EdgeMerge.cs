using System.Collections.Immutable;

namespace Conway.CodeFacts.Bodies;

/// <summary>Single occurrences to counted edges.</summary>
internal static class EdgeMerge
{
    private const int EvidenceMax = 3;

    public static ImmutableArray<TypeEdge> Merge(IEnumerable<EdgeUse> uses)
    {
        var sorted = uses.ToArray();
        Array.Sort(sorted, static (a, b) =>
            a.From != b.From ? a.From.CompareTo(b.From)
            : a.To != b.To ? a.To.CompareTo(b.To)
            : a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind)
            : a.Place != b.Place ? a.Place.CompareTo(b.Place)
            : a.IsInferred.CompareTo(b.IsInferred));

        var edges = ImmutableArray.CreateBuilder<TypeEdge>();
        for (var i = 0; i < sorted.Length;)
        {
            var (first, inferred) = (i, 0);
            for (; i < sorted.Length && (sorted[i].From, sorted[i].To, sorted[i].Kind) == (sorted[first].From, sorted[first].To, sorted[first].Kind); i++)
            {
                inferred += sorted[i].IsInferred ? 1 : 0;
            }

            edges.Add(new(sorted[first].From, sorted[first].To, sorted[first].Kind, i - first, inferred,
                [.. sorted.AsSpan(first, i - first).ToArray().Select(u => u.Place).Distinct().Take(EvidenceMax)]));
        }

        return edges.ToImmutable();
    }
}
