using System.Collections.Immutable;

namespace Conway.Decomposition.Linking;

/// <summary>Adds up evidence by pair and kind.</summary>
internal sealed class LinkCollector(int units)
{
    private readonly Dictionary<(int From, int To, EvidenceKind Evidence), (double Weight, List<int> Facts)> _links = [];

    public void AddUndirected(int a, int b, EvidenceKind evidence, double weight, int fact) => Add(Math.Min(a, b), Math.Max(a, b), evidence, weight, fact);

    /// <summary>What a unit has with itself counts nothing.</summary>
    public void Add(int from, int to, EvidenceKind evidence, double weight, int fact)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(from, to), units);
        if (from == to || weight <= 0)
        {
            return;
        }

        if (!_links.TryGetValue((from, to, evidence), out var link))
        {
            link = (0, []);
        }

        link.Facts.Add(fact);
        _links[(from, to, evidence)] = (link.Weight + weight, link.Facts);
    }

    /// <summary>By from, to, evidence; weights rounded to whole numbers of at least 1.</summary>
    public ImmutableArray<Link> Build() =>
    [
        .. _links.OrderBy(l => l.Key)
            .Select(l => new Link(l.Key.From, l.Key.To, l.Key.Evidence, Math.Max(1, (long)Math.Round(l.Value.Weight * LinkWeights.Scale)), [.. l.Value.Facts])),
    ];
}
