using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Tests;

public sealed class GraphTests
{
    [Fact]
    public void Weights_of_one_pair_are_added_and_neighbours_ascend()
    {
        var builder = new WeightedGraphBuilder(4);
        builder.Add(3, 1, 2);
        builder.Add(1, 3, 5);
        builder.Add(1, 0, 1);
        builder.Add(2, 2, 4);
        builder.Add(0, 2, 0);
        var graph = builder.Build();

        Assert.Equal([0, 3], graph.Neighbours(1));
        Assert.Equal([1L, 7L], graph.Weights(1));
        Assert.Equal([1], graph.Neighbours(3));
        Assert.Equal(8, graph.Strength(1));
        Assert.Equal(8, graph.Strength(2));
        Assert.Equal(4, graph.Loop(2));
        Assert.Equal(24, graph.TotalStrength);
        Assert.Equal(2, graph.EdgeCount);
    }

    [Fact]
    public void A_contracted_graph_keeps_all_weight()
    {
        var graph = Small.Planted(7, 5, 12, 300, 60);
        var groups = Small.Groups(5, 12);
        var contracted = graph.Contract(groups);

        Assert.Equal(graph.TotalStrength, contracted.TotalStrength);
        Assert.Equal(5, contracted.Count);
        for (var group = 0; group < 5; group++)
        {
            var strength = Enumerable.Range(0, graph.Count).Where(n => groups[n] == group).Sum(graph.Strength);
            Assert.Equal(strength, contracted.Strength(group));
        }
    }

    [Fact]
    public void Contracting_twice_is_contracting_once_by_both()
    {
        var graph = Small.Planted(3, 6, 5, 400, 100);
        var first = Small.Groups(6, 5);
        var second = Partition.Of(0, 1, 0, 2, 1, 2);
        var (twice, once) = (graph.Contract(first).Contract(second), graph.Contract(first.Then(second)));

        for (var node = 0; node < 3; node++)
        {
            Assert.Equal(once.Loop(node), twice.Loop(node));
            Assert.Equal(once.Weights(node), twice.Weights(node));
        }
    }

    [Fact]
    public void A_negative_weight_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedGraphBuilder(2).Add(0, 1, -1));

    [Fact]
    public void The_same_seed_draws_the_same_on_every_machine()
    {
        var bits = new SeededBits(1);
        Assert.Equal([5424204624148110235UL, 15555979849632202484UL], [bits.Next(), bits.Next()]);
    }

    [Fact]
    public void Draws_below_a_bound_are_even()
    {
        var bits = new SeededBits(5);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
        {
            counts[bits.Below(10)]++;
        }

        // Four standard deviations of a count of 10,000 are 380.
        Assert.All(counts, c => Assert.InRange(c, 9_620, 10_380));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0.001)]
    [InlineData(17)]
    [InlineData(123_456_789)]
    [InlineData(1e-300)]
    public void A_logarithm_is_what_it_is_elsewhere(double x) => Assert.Equal(Math.Log(x), ExactLog.Ln(x), 12);

    [Fact]
    public void There_is_no_logarithm_of_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactLog.Ln(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactLog.Ln(double.PositiveInfinity));
    }
}
