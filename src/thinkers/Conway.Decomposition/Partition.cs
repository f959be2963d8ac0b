using System.Collections.Immutable;

namespace Conway.Decomposition;

/// <summary>Nodes put into clusters: each node in one, or in none.</summary>
/// <remarks>Clusters are numbered from 0 in the order in which the nodes first name them, so that two partitions with the same clusters are equal
/// whatever the clusters were called before. Immutable.</remarks>
public sealed class Partition : IEquatable<Partition>
{
    /// <summary>The cluster of a node that is in none.</summary>
    public const int None = -1;

    private readonly int[] _labels;
    private readonly int[] _sizes;

    private Partition(int[] labels, int[] sizes) => (_labels, _sizes) = (labels, sizes);

    /// <summary>How many clusters there are; none is empty.</summary>
    public int Count => _sizes.Length;

    /// <summary>How many nodes there are.</summary>
    public int Nodes => _labels.Length;

    /// <summary>How many nodes are in a cluster.</summary>
    public int Placed => _sizes.Sum();

    /// <summary>The cluster of each node, <see cref="None"/> for those in none.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>How many nodes each cluster has.</summary>
    public ReadOnlySpan<int> Sizes => _sizes;

    /// <summary>The cluster of a node.</summary>
    public int this[int node] => _labels[node];

    /// <summary>One cluster for each different label; negative labels put into none.</summary>
    public static Partition Of(params ReadOnlySpan<int> labels)
    {
        var numbers = new Dictionary<int, int>();
        var own = new int[labels.Length];
        var sizes = new List<int>();
        for (var node = 0; node < labels.Length; node++)
        {
            if (labels[node] < 0)
            {
                own[node] = None;
                continue;
            }

            if (!numbers.TryGetValue(labels[node], out var number))
            {
                numbers[labels[node]] = number = sizes.Count;
                sizes.Add(0);
            }

            own[node] = number;
            sizes[number]++;
        }

        return new Partition(own, [.. sizes]);
    }

    /// <summary>Every node alone.</summary>
    public static Partition Singletons(int nodes)
    {
        var (labels, sizes) = (new int[nodes], new int[nodes]);
        for (var node = 0; node < nodes; node++)
        {
            (labels[node], sizes[node]) = (node, 1);
        }

        return new Partition(labels, sizes);
    }

    /// <summary>All nodes together.</summary>
    public static Partition Whole(int nodes) => new(new int[nodes], nodes == 0 ? [] : [nodes]);

    /// <summary>The nodes of each cluster, ascending.</summary>
    public ImmutableArray<ImmutableArray<int>> Members()
    {
        var members = new ImmutableArray<int>.Builder[Count];
        for (var cluster = 0; cluster < Count; cluster++)
        {
            members[cluster] = ImmutableArray.CreateBuilder<int>(_sizes[cluster]);
        }

        for (var node = 0; node < _labels.Length; node++)
        {
            if (_labels[node] != None)
            {
                members[_labels[node]].Add(node);
            }
        }

        return [.. members.Select(m => m.MoveToImmutable())];
    }

    /// <summary>The clusters of the clusters: what a partition of a contracted graph means for the graph it was contracted from.</summary>
    /// <param name="outer">A partition of this one's clusters.</param>
    public Partition Then(Partition outer)
    {
        var labels = new int[_labels.Length];
        for (var node = 0; node < labels.Length; node++)
        {
            labels[node] = _labels[node] == None ? None : outer[_labels[node]];
        }

        return Of(labels);
    }

    /// <summary>Only some nodes, in the order given.</summary>
    public Partition At(ReadOnlySpan<int> nodes)
    {
        var labels = new int[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            labels[i] = _labels[nodes[i]];
        }

        return Of(labels);
    }

    public bool Equals(Partition? other) => other is not null && _labels.AsSpan().SequenceEqual(other._labels);

    public override bool Equals(object? obj) => Equals(obj as Partition);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var label in _labels)
        {
            hash.Add(label);
        }

        return hash.ToHashCode();
    }

    /// <summary><c>{0 1} {2 3}</c></summary>
    public override string ToString() => string.Join(' ', Members().Select(m => $"{{{string.Join(' ', m)}}}"));
}
