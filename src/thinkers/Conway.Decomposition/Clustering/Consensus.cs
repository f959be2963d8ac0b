using System.Collections.Immutable;
using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Clustering;

/// <summary>One partition out of many runs of <see cref="Leiden"/>: what most runs put together stays together.</summary>
/// <remarks>A single run is not stable: two seeds agree to an adjusted Rand index of about .8 on graphs of real code. Follows Lancichinetti and
/// Fortunato 2012: the runs' agreement is a graph, which is clustered again, until all runs say the same.</remarks>
public static class Consensus
{
    /// <summary>How many runs vote.</summary>
    public const int Runs = 16;

    private const int RepeatsMax = 6;

    /// <summary>Runs over smaller graphs are done before another processor has begun.</summary>
    private const int ManyNodes = 200;

    /// <summary>The partition that the runs agree upon, with single nodes moved where the graph itself gains by it.</summary>
    /// <param name="start">Where every run begins; every node alone when null.</param>
    public static Partition Of(WeightedGraph graph, double resolution, Partition? start = null) => Of(graph, resolution, start, out _);

    /// <inheritdoc cref="Of(WeightedGraph, double, Partition?)"/>
    /// <param name="agreement">How like the runs were: the mean share of pairs of nodes, over pairs that any run put together, on which a run agrees
    /// with the majority. 1 when all runs are the same.</param>
    public static Partition Of(WeightedGraph graph, double resolution, Partition? start, out double agreement)
    {
        var runs = new Partition[Runs];
        ForEach(graph, Runs, run => runs[run] = Leiden.Cluster(graph, new LeidenOptions { Resolution = resolution, Seed = (ulong)run + 1, Start = start }));

        var agreed = Majority(runs, out agreement);
        return Leiden.Polish(graph, agreed, resolution, seed: 1);
    }

    /// <summary>What the majority of partitions of the same nodes says.</summary>
    public static Partition Majority(IReadOnlyList<Partition> runs, out double agreement)
    {
        agreement = 1;
        for (var repeat = 0; repeat < RepeatsMax; repeat++)
        {
            if (runs.All(runs[0].Equals))
            {
                break;
            }

            // Nodes that every run treats alike are one: what is left is small, even for large graphs.
            var atoms = Atoms(runs);
            var votes = Votes(runs, atoms, out var share);
            agreement = repeat == 0 ? share : agreement;
            var next = new Partition[runs.Count];
            ForEach(votes, next.Length, run => next[run] = atoms.Then(Leiden.Cluster(votes, new LeidenOptions { Seed = (ulong)run + 1 })));

            runs = next;
        }

        return runs[0];
    }

    /// <summary>Runs share nothing but the graph, which nobody changes: what each finds does not depend on when it is done.</summary>
    private static void ForEach(WeightedGraph graph, int runs, Action<int> run)
    {
        if (graph.Count >= ManyNodes)
        {
            Parallel.For(0, runs, run);
            return;
        }

        for (var i = 0; i < runs; i++)
        {
            run(i);
        }
    }

    private static Partition Atoms(IReadOnlyList<Partition> runs)
    {
        var atoms = runs[0];
        for (var run = 1; run < runs.Count; run++)
        {
            var pairs = new Dictionary<(int, int), int>();
            var labels = new int[atoms.Nodes];
            for (var node = 0; node < labels.Length; node++)
            {
                var pair = (atoms[node], runs[run][node]);
                if (!pairs.TryGetValue(pair, out var atom))
                {
                    pairs[pair] = atom = pairs.Count;
                }

                labels[node] = atom;
            }

            atoms = Partition.Of(labels);
        }

        return atoms;
    }

    /// <summary>Atoms joined by how many runs put them together, where at least half of the runs did.</summary>
    private static WeightedGraph Votes(IReadOnlyList<Partition> runs, Partition atoms, out double share)
    {
        var first = new int[atoms.Count];
        for (var node = atoms.Nodes - 1; node >= 0; node--)
        {
            first[atoms[node]] = node;
        }

        var members = runs.Select(run => run.At(first)).Select(p => (Partition: p, Members: p.Members())).ToImmutableArray();
        var graph = new WeightedGraphBuilder(atoms.Count);
        var together = new int[atoms.Count];
        var (agreed, counted) = (0.0, 0.0);
        for (var atom = 0; atom < atoms.Count; atom++)
        {
            foreach (var run in members)
            {
                foreach (var other in run.Members[run.Partition[atom]])
                {
                    together[other]++;
                }
            }

            var size = atoms.Sizes[atom];
            graph.Add(atom, atom, (long)runs.Count * size * size / 2);
            for (var other = 0; other < atom; other++)
            {
                if (together[other] == 0)
                {
                    continue;
                }

                var pairs = (double)size * atoms.Sizes[other];
                counted += pairs;
                agreed += pairs * Math.Max(together[other], runs.Count - together[other]) / runs.Count;
                if (2 * together[other] >= runs.Count)
                {
                    graph.Add(atom, other, (long)together[other] * size * atoms.Sizes[other]);
                }
            }

            Array.Clear(together);
            counted += (double)size * (size - 1) / 2;
            agreed += (double)size * (size - 1) / 2;
        }

        share = counted == 0 ? 1 : agreed / counted;
        return graph.Build();
    }
}
