using Conway.Decomposition.Clustering;
using Conway.Decomposition.Comparing;
using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Tests;

public sealed class LeidenTests
{
    [Fact]
    public void Modularity_of_two_triangles_with_a_bridge_is_what_a_pencil_finds()
    {
        var graph = Small.Graph(6, (0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3));

        // m = 7; each side has 3 edges within and strengths of 7: 2 × (3/7 - (7/14)²).
        Assert.Equal((6.0 / 7) - 0.5, Modularity.Of(graph, Partition.Of(0, 0, 0, 1, 1, 1)), 12);
        Assert.Equal(0, Modularity.Of(graph, Partition.Whole(6)), 12);
        Assert.Equal((6.0 / 7) - 1, Modularity.Of(graph, Partition.Of(0, 0, 0, 1, 1, 1), resolution: 2), 12);
    }

    [Fact]
    public void The_best_cut_of_the_karate_club_is_found()
    {
        var graph = Small.Karate();
        Assert.Equal(78, graph.EdgeCount);
        var best = Enumerable.Range(1, 16).Max(seed => Modularity.Of(graph, Small.Run(graph, (ulong)seed)));
        Assert.Equal(0.41979, best, 4);
        Assert.Equal(0.41979, Modularity.Of(graph, Consensus.Of(graph, 1)), 3);
    }

    [Fact]
    public void On_small_graphs_the_best_of_many_runs_is_mostly_the_best_there_is()
    {
        var exact = 0;
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var graph = Small.Planted(seed, 2, 4, 700, 250);
            var best = Small.All(8).Max(p => Modularity.Of(graph, p));
            var found = Enumerable.Range(1, 64).Max(s => Modularity.Of(graph, Small.Run(graph, (ulong)s)));
            Assert.InRange(found, best - 0.03, best + 1e-12);
            exact += found > best - 1e-12 ? 1 : 0;
        }

        Assert.InRange(exact, 15, 20);
    }

    [Fact]
    public void Planted_groups_are_found()
    {
        var graph = Small.Planted(11, 8, 25, 300, 10);
        Assert.Equal(Small.Groups(8, 25), Consensus.Of(graph, 1));
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(4)]
    public void No_cluster_is_in_parts_that_do_not_touch(double resolution)
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var graph = Small.Planted(seed, 6, 20, 150, 30);
            Assert.True(Small.IsConnected(graph, Small.Run(graph, seed, resolution)));
        }
    }

    [Fact]
    public void Moves_never_make_a_partition_worse()
    {
        var bits = new SeededBits(3);
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var graph = Small.Planted(seed, 4, 15, 200, 60);
            var start = Small.Random(ref bits, graph.Count, 6);
            Assert.True(Modularity.Of(graph, Leiden.Polish(graph, start, 1, seed)) >= Modularity.Of(graph, start));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_partition()
    {
        var graph = Small.Planted(2, 6, 30, 120, 25);
        Assert.Equal(Small.Run(graph, 9), Small.Run(graph, 9));
    }

    [Fact]
    public void A_higher_resolution_gives_more_clusters()
    {
        var graph = Small.Planted(4, 12, 15, 350, 30);
        Assert.True(Consensus.Of(graph, 0.2).Count < Consensus.Of(graph, 1).Count);
        Assert.True(Consensus.Of(graph, 1).Count < Consensus.Of(graph, 8).Count);
    }

    [Fact]
    public void Nodes_without_edges_are_alone()
    {
        Assert.Equal(3, Small.Run(Small.Graph(3), 1).Count);
        Assert.Equal(Partition.Of(0, 0, 1), Small.Run(Small.Graph(3, (0, 1)), 1));
        Assert.Equal(0, Small.Run(Small.Graph(0), 1).Count);
    }

    [Fact]
    public void Names_of_nodes_do_not_matter_to_a_clear_structure()
    {
        var bits = new SeededBits(8);
        var graph = Small.Planted(21, 7, 20, 400, 15);
        var order = Enumerable.Range(0, graph.Count).ToArray();
        bits.Shuffle(order);
        var builder = new WeightedGraphBuilder(graph.Count);
        for (var node = 0; node < graph.Count; node++)
        {
            var neighbours = graph.Neighbours(node);
            var weights = graph.Weights(node);
            for (var i = 0; i < neighbours.Length; i++)
            {
                if (neighbours[i] < node)
                {
                    builder.Add(order[node], order[neighbours[i]], weights[i]);
                }
            }
        }

        Assert.Equal(Consensus.Of(graph, 1), Consensus.Of(builder.Build(), 1).At(order));
    }

    [Fact]
    public void What_most_runs_put_together_stays_together()
    {
        Partition[] runs = [Partition.Of(0, 0, 1, 1), Partition.Of(0, 0, 1, 1), Partition.Of(0, 0, 0, 1)];
        Assert.Equal(Partition.Of(0, 0, 1, 1), Consensus.Majority(runs, out var agreement));

        // Six pairs, of which (0 1) and (2 3) and the three that one run joins wrongly are looked at: (0 2) and (1 2) 2/3 each, (2 3) 2/3, (0 1) 1.
        Assert.Equal((1 + (3 * 2.0 / 3)) / 4, agreement, 12);
    }

    [Fact]
    public void Two_consensuses_are_more_alike_than_two_runs()
    {
        var graph = Small.Planted(17, 10, 20, 130, 22);
        var runs = Enumerable.Range(1, 96).Select(seed => Small.Run(graph, (ulong)seed)).ToArray();
        var agreed = runs.Chunk(Consensus.Runs).Select(chunk => Consensus.Majority(chunk, out _)).ToArray();
        var (single, joint) = (Alike(runs[..12]), Alike(agreed));
        Assert.True(joint > single + 0.05, $"single runs {single:F3}, consensus {joint:F3}");

        static double Alike(Partition[] all) =>
            (from i in Enumerable.Range(0, all.Length) from j in Enumerable.Range(0, i) select RandIndex.Adjusted(all[i], all[j])).Average();
    }
}
