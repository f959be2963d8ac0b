using Conway.Decomposition.Clustering;
using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Tests;

/// <summary>Graphs and partitions that tests share.</summary>
internal static class Small
{
    /// <summary>Every partition of n nodes, once: restricted growth strings.</summary>
    public static IEnumerable<Partition> All(int n)
    {
        var labels = new int[n];
        return From(0, -1);

        IEnumerable<Partition> From(int node, int most)
        {
            if (node == n)
            {
                yield return Partition.Of(labels);
                yield break;
            }

            for (var label = 0; label <= most + 1; label++)
            {
                labels[node] = label;
                foreach (var partition in From(node + 1, Math.Max(most, label)))
                {
                    yield return partition;
                }
            }
        }
    }

    public static Partition Random(ref SeededBits bits, int nodes, int clusters)
    {
        var labels = new int[nodes];
        for (var node = 0; node < nodes; node++)
        {
            labels[node] = (int)bits.Below((ulong)clusters);
        }

        return Partition.Of(labels);
    }

    public static WeightedGraph Graph(int nodes, params ReadOnlySpan<(int A, int B)> edges)
    {
        var graph = new WeightedGraphBuilder(nodes);
        foreach (var (a, b) in edges)
        {
            graph.Add(a, b, 1);
        }

        return graph.Build();
    }

    /// <summary>Groups of equal size: pairs within are joined with one chance, pairs between with another, in 1/1000.</summary>
    public static WeightedGraph Planted(ulong seed, int groups, int size, int within, int between)
    {
        var bits = new SeededBits(seed);
        var graph = new WeightedGraphBuilder(groups * size);
        for (var a = 0; a < groups * size; a++)
        {
            for (var b = 0; b < a; b++)
            {
                if (bits.Below(1000) < (ulong)(a / size == b / size ? within : between))
                {
                    graph.Add(a, b, 1 + (long)bits.Below(3));
                }
            }
        }

        return graph.Build();
    }

    public static Partition Groups(int groups, int size) => Partition.Of([.. Enumerable.Range(0, groups * size).Select(n => n / size)]);

    /// <summary>The karate club of Zachary 1977: 34 members, 78 ties. Its best modularity is known to be 0.41979.</summary>
    public static WeightedGraph Karate()
    {
        int[][] friends =
        [
            [], [0], [0, 1], [0, 1, 2], [0], [0], [0, 4, 5], [0, 1, 2, 3], [0, 2], [2], [0, 4, 5], [0], [0, 3], [0, 1, 2, 3], [], [], [5, 6], [0, 1], [], [0, 1], [],
            [0, 1], [], [], [], [23, 24], [], [2, 23, 24], [2], [23, 26], [1, 8], [0, 24, 25, 28], [2, 8, 14, 15, 18, 20, 22, 23, 29, 30, 31],
            [8, 9, 13, 14, 15, 18, 19, 20, 22, 23, 26, 27, 28, 29, 30, 31, 32],
        ];
        return Graph(34, [.. friends.SelectMany((list, a) => list.Select(b => (a, b)))]);
    }

    /// <summary>Every way from a node to each other of its cluster stays within.</summary>
    public static bool IsConnected(WeightedGraph graph, Partition clusters) => clusters.Members().All(members =>
    {
        var seen = new HashSet<int> { members[0] };
        var walk = new Stack<int>(seen);
        while (walk.TryPop(out var at))
        {
            foreach (var next in graph.Neighbours(at))
            {
                if (clusters[next] == clusters[at] && seen.Add(next))
                {
                    walk.Push(next);
                }
            }
        }

        return seen.Count == members.Length;
    });

    public static Partition Run(WeightedGraph graph, ulong seed, double resolution = 1) =>
        Leiden.Cluster(graph, new LeidenOptions { Seed = seed, Resolution = resolution });
}
