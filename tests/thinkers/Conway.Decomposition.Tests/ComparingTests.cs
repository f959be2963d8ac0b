using Conway.Decomposition.Comparing;
using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Tests;

public sealed class ComparingTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Steps_are_the_fewest_that_any_walk_of_moves_and_joins_takes(int nodes)
    {
        var all = Small.All(nodes).ToArray();
        var index = all.Select((p, i) => (p, i)).ToDictionary(x => x.p, x => x.i);
        var next = all.Select(p => OneStep(p).Select(q => index[q]).Distinct().ToArray()).ToArray();
        for (var from = 0; from < all.Length; from++)
        {
            var steps = Walk(from, next);
            for (var to = 0; to < all.Length; to++)
            {
                Assert.True(steps[to] == MoJo.Steps(all[from], all[to]), $"{all[from]} to {all[to]}: {steps[to]}, not {MoJo.Steps(all[from], all[to])}");
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void The_worst_partition_is_as_far_as_said(int nodes)
    {
        var all = Small.All(nodes).ToArray();
        Assert.All(all, b => Assert.Equal(all.Max(a => MoJo.Steps(a, b)), MoJo.StepsMax(b)));
    }

    [Fact]
    public void A_pencil_finds_the_same_MoJoFM()
    {
        // Node 2 moves: one step of at most 6 - 2 (truth sizes 3 and 3: t = 2).
        Assert.Equal(75, MoJo.Fm(Partition.Of(0, 0, 1, 1, 1, 1), Partition.Of(0, 0, 0, 1, 1, 1)));
        Assert.Equal(100, MoJo.Fm(Partition.Of(0, 1), Partition.Of(0, 1)));
        Assert.Equal(100, MoJo.Fm(Partition.Of(0), Partition.Of(0)));
    }

    [Fact]
    public void A_split_that_only_needs_joins_is_cheap()
    {
        var truth = Small.Groups(2, 50);
        var split = Small.Groups(10, 10);
        Assert.Equal(8, MoJo.Steps(split, truth));
        Assert.True(MoJo.Fm(split, truth) > 90);
        Assert.True(RandIndex.Adjusted(split, truth) < 0.25);
    }

    [Fact]
    public void The_adjusted_rand_index_is_1_for_the_same_and_0_on_average_over_all_orders()
    {
        var (a, b) = (Partition.Of(0, 0, 1, 1, 2), Partition.Of(0, 0, 0, 1, 1));
        Assert.Equal(1, RandIndex.Adjusted(a, a));
        Assert.Equal(0, Orders(5).Average(o => RandIndex.Adjusted(a, b.At(o))), 12);
        Assert.Equal(4.0 / 7, RandIndex.Adjusted(Partition.Of(0, 0, 1, 1), Partition.Of(0, 0, 1, 2)), 12);
        Assert.Equal(1, RandIndex.Adjusted(Partition.Whole(3), Partition.Whole(3)));
    }

    [Fact]
    public void The_adjusted_mutual_information_is_1_for_the_same_and_0_on_average_over_all_orders()
    {
        var (a, b) = (Partition.Of(0, 0, 1, 1, 2, 2), Partition.Of(0, 0, 0, 1, 1, 1));
        Assert.Equal(1, MutualInformation.Adjusted(a, a), 12);
        Assert.Equal(0, Orders(6).Average(o => MutualInformation.Adjusted(a, b.At(o))), 12);
        Assert.Equal(0, MutualInformation.Adjusted(Partition.Whole(4), Partition.Singletons(4)), 12);
    }

    [Fact]
    public void Pairs_found_are_counted_as_a_pencil_counts_them()
    {
        // Computed pairs: 01, 23, 24, 34; true pairs: 01, 02, 12, 34; both: 01 and 34.
        var (precision, recall, f1) = RandIndex.PairsFound(Partition.Of(0, 0, 1, 1, 1), Partition.Of(0, 0, 0, 1, 1));
        Assert.Equal((0.5, 0.5, 0.5), (precision, recall, f1));
        Assert.Equal((1, 0, 0), RandIndex.PairsFound(Partition.Singletons(3), Partition.Whole(3)));
    }

    [Fact]
    public void Architectures_that_differ_in_elements_are_compared_too()
    {
        // One element moves; building takes 2 + 8 steps each.
        Assert.Equal(95, ArchitectureDistance.Likeness(Partition.Of(0, 0, 1, 1), Partition.Of(0, 0, 0, 1)), 9);

        // One element leaves its cluster and the architecture: 2 steps of 10 + 8.
        Assert.Equal(100 * (1 - (2.0 / 18)), ArchitectureDistance.Likeness(Partition.Of(0, 0, 1, 1), Partition.Of(0, 0, 1, -1)), 9);
        Assert.Equal(100, ArchitectureDistance.Likeness(Partition.Of(0, 1), Partition.Of(1, 0)));
        Assert.Equal(100, ArchitectureDistance.Likeness(Partition.Of(-1), Partition.Of(-1)));
    }

    [Fact]
    public void Pairs_of_rows_and_columns_have_the_largest_sum_of_any()
    {
        var bits = new SeededBits(12);
        for (var round = 0; round < 200; round++)
        {
            var (rows, columns) = (1 + (int)bits.Below(5), 1 + (int)bits.Below(5));
            var gains = new long[rows, columns];
            foreach (var (row, column) in from r in Enumerable.Range(0, rows) from c in Enumerable.Range(0, columns) select (r, c))
            {
                gains[row, column] = (long)bits.Below(20);
            }

            var n = Math.Max(rows, columns);
            var best = Orders(n).Max(o => Enumerable.Range(0, n).Sum(r => r < rows && o[r] < columns ? gains[r, o[r]] : 0));
            Assert.Equal(best, Assignment.Most(gains));
        }
    }

    [Fact]
    public void No_comparison_depends_on_what_clusters_or_nodes_are_called()
    {
        var bits = new SeededBits(4);
        for (var round = 0; round < 50; round++)
        {
            var (a, b) = (Small.Random(ref bits, 30, 5), Small.Random(ref bits, 30, 4));
            var order = Enumerable.Range(0, 30).ToArray();
            bits.Shuffle(order);
            var (c, d) = (a.At(order), b.At(order));
            Assert.Equal(MoJo.Fm(a, b), MoJo.Fm(c, d), 12);
            Assert.Equal(RandIndex.Adjusted(a, b), RandIndex.Adjusted(c, d), 12);
            Assert.Equal(MutualInformation.Adjusted(a, b), MutualInformation.Adjusted(c, d), 12);
            Assert.Equal(ArchitectureDistance.Likeness(a, b), ArchitectureDistance.Likeness(c, d), 12);
            Assert.InRange(MoJo.Fm(a, b), 0, 100);
            Assert.InRange(RandIndex.Adjusted(a, b), -1, 1);
            Assert.InRange(MutualInformation.Adjusted(a, b), -1, 1);
            Assert.InRange(ArchitectureDistance.Likeness(a, b), 0, 100);
        }
    }

    [Fact]
    public void Partitions_of_different_nodes_are_not_compared()
    {
        Assert.Throws<ArgumentException>(() => MoJo.Fm(Partition.Of(0, 0), Partition.Of(0)));
        Assert.Throws<ArgumentException>(() => RandIndex.Adjusted(Partition.Of(0, -1), Partition.Of(0, 0)));
    }

    private static IEnumerable<Partition> OneStep(Partition p)
    {
        var labels = p.Labels.ToArray();
        for (var node = 0; node < labels.Length; node++)
        {
            for (var to = 0; to <= p.Count; to++)
            {
                var moved = labels.ToArray();
                moved[node] = to;
                yield return Partition.Of(moved);
            }
        }

        for (var a = 0; a < p.Count; a++)
        {
            for (var b = 0; b < a; b++)
            {
                yield return Partition.Of([.. labels.Select(l => l == a ? b : l)]);
            }
        }
    }

    private static int[] Walk(int from, int[][] next)
    {
        var steps = Enumerable.Repeat(-1, next.Length).ToArray();
        steps[from] = 0;
        var queue = new Queue<int>([from]);
        while (queue.TryDequeue(out var at))
        {
            foreach (var to in next[at].Where(to => steps[to] < 0))
            {
                steps[to] = steps[at] + 1;
                queue.Enqueue(to);
            }
        }

        return steps;
    }

    private static IEnumerable<int[]> Orders(int n) => n == 0
        ? [[]]
        : from rest in Orders(n - 1) from at in Enumerable.Range(0, n) select (int[])[.. rest[..at], n - 1, .. rest[at..]];
}
