using Conway.Decomposition.Graphs;
using Conway.Decomposition.Measures;

namespace Conway.Decomposition.Tests;

/// <summary>Two services, {0 1} and {2 3 4}; two calls within each; 1 and 2 call each other, and 4 calls 0; 4 calls itself.</summary>
public sealed class MeasureTests
{
    private static readonly Partition Cut = Partition.Of(0, 0, 1, 1, 1);

    private static readonly CallVolume[] Calls =
        [new(0, 1, 1), new(1, 0, 1), new(1, 2, 3), new(2, 1, 1), new(2, 3, 2), new(3, 4, 1), new(4, 4, 5), new(4, 0, 1)];

    private static readonly double Ln2 = Math.Log(2);

    [Fact]
    public void Structural_modularity_in_four_forms()
    {
        // μ = 1 and 2 pairs, |c| = 2 and 3, σ = 2 pairs between.
        Assert.Equal((((1.0 / 4) + (2.0 / 9)) / 2) - (2.0 / 12), StructuralModularity.Clean(Cut, Calls), 12);
        Assert.Equal((((1.0 / 4) + (3.0 / 9)) / 2) - (2.0 / 6), StructuralModularity.Released(Cut, Calls), 12);
        Assert.Equal((1.0 / 4) + (2.0 / 9) - (2.0 / 12), StructuralModularity.DoubleCohesion(Cut, Calls), 12);
        Assert.Equal((((2.0 / 4) + (2.0 / 9)) / 2) - (3.0 / 6), StructuralModularity.Directed(Cut, Calls), 12);
    }

    [Fact]
    public void Inter_partition_calls_in_two_forms()
    {
        var (ln3, ln6) = (Math.Log(3), Math.Log(6));
        Assert.Equal((3 + ln3) / (7 + ln6), InterPartitionCalls.OnePlusLog(Cut, Calls), 12);
        Assert.Equal(4 * Ln2 / ((7 * Ln2) + ln3), InterPartitionCalls.LogOfOneMore(Cut, Calls), 12);
    }

    [Fact]
    public void One_cluster_has_no_call_between_clusters() => Assert.Equal(0, InterPartitionCalls.OnePlusLog(Partition.Whole(5), Calls));

    [Fact]
    public void Interface_numbers_in_four_forms()
    {
        Assert.Equal(1.5, InterfaceNumber.CrossPairs(Cut, Calls));
        Assert.Equal(1, InterfaceNumber.Neighbours(Cut, Calls));
        Assert.Equal(1.5, InterfaceNumber.ClassesCalled(Cut, Calls));
        Assert.Equal(1, InterfaceNumber.Operations(Cut, [Operation(0), Operation(3)]));
    }

    [Fact]
    public void Turbo_MQ_in_two_forms()
    {
        Assert.Equal((4.0 / 5) + (4.0 / 6), TurboMq.Leaving(Cut, Calls), 12);
        Assert.Equal((4.0 / 7) + (4.0 / 7), TurboMq.LeavingAndEntering(Cut, Calls), 12);
    }

    [Fact]
    public void Static_coupling_and_cohesion()
    {
        Assert.Equal(3.0 / 7, StaticCoupling.Coupling(Cut, Calls), 12);
        Assert.Equal(4.0 / 7, StaticCoupling.Cohesion(Cut, Calls), 12);
    }

    [Fact]
    public void Evenness_of_services_of_4_6_and_20()
    {
        var cut = Partition.Of([.. Enumerable.Range(0, 30).Select(n => n < 4 ? 0 : n < 10 ? 1 : 2)]);
        Assert.Equal(4.0 / 30, Evenness.OutsideFiveToTwenty(cut), 12);
        Assert.Equal(2.0 / 3, Evenness.ClustersOutsideFiveToNineteen(cut), 12);
        Assert.Equal(2.0 / 3, Evenness.ClustersOutsideHalfOfMean(cut), 12);
        Assert.Equal(6.0 / 30, Evenness.WithinHalfOfMean(cut), 12);
        Assert.Equal(20.0 / 30, Evenness.LargestShare(cut), 12);
        Assert.Equal(((-2 * 4) + (2 * 20)) / 90.0, Evenness.Gini(cut), 12);
        Assert.Equal(0, Evenness.Gini(Small.Groups(4, 7)), 12);
    }

    [Fact]
    public void Purity_of_use_cases_in_two_forms()
    {
        UseCaseTrace[] useCases = [Touching(0, 1, 2), Touching(2, 3), Touching(3)];
        Assert.Equal(Math.Log(3) / 2, UseCasePurity.Uniform(Cut, useCases), 12);

        // The second service is touched by 1, 2 and 1 classes of the three: entropy 1.5 ln 2.
        Assert.Equal(1.5 * Ln2 / 2, UseCasePurity.ByClasses(Cut, useCases), 12);
    }

    [Fact]
    public void Entropy_of_transactions()
    {
        Assert.Equal(2 * Ln2 / 3, TransactionEntropy.Of(Cut, [[0, 1], [1, 2], [0, 1, 2, 3]]), 12);
        Assert.Equal(0, TransactionEntropy.Of(Cut, [[0, 1], [2, 4], []]));
    }

    [Fact]
    public void Likeness_of_operations()
    {
        ServiceOperation[] operations =
        [
            new(0, ["Guid"], ["Order"], ["order", "find"]),
            new(1, ["Guid", "Money"], ["Order"], ["order", "pay"]),
            new(1, [], [], ["pay"]),
            new(2, ["Guid"], [], ["track"]),
        ];

        // Inputs share 1 of 2, nothing, nothing; outputs 1 of 1, nothing, nothing: (3/4 + 0 + 0) / 3, and 1 for the lone one.
        Assert.Equal(((0.75 / 3) + 1) / 2, OperationCohesion.Message(Cut, operations), 12);
        Assert.Equal(((((1.0 / 3) + 0.5) / 3) + 1) / 2, OperationCohesion.Domain(Cut, operations), 12);
        Assert.Equal(1, OperationCohesion.Message(Cut, []));
    }

    [Fact]
    public void Complexity_of_use_cases_that_are_spread()
    {
        UseCaseTrace[] useCases = [Does("r0 w2"), Does("r2 w0"), Does("w0"), Does("r2 r3")];

        // Only the first two are spread; each local transaction of either meets the other's opposite access.
        Assert.Equal([2, 2, 0, 0], FunctionalityComplexity.Each(Cut, useCases));
        Assert.Equal(1, FunctionalityComplexity.Mean(Cut, useCases));
        Assert.Equal([0, 0, 0, 0], FunctionalityComplexity.Each(Partition.Whole(5), useCases));

        int[] entities = [0, 1, 2, 3];
        Assert.Equal(((1.0 / 2) + (2.0 / 3)) / 2, FunctionalityComplexity.Cohesion(Cut, useCases, entities), 12);
        Assert.Equal(0.5, FunctionalityComplexity.Coupling(Cut, useCases, entities), 12);
    }

    [Fact]
    public void Runs_of_one_service_are_one_local_transaction()
    {
        // w0 w1 | w2 | w0, against one that reads 0 and 1 in the first service and 4 in the second.
        UseCaseTrace[] useCases = [Does("w0 w1 w2 w0"), Does("r0 r1 r4")];
        Assert.Equal([2, 1], FunctionalityComplexity.Each(Cut, useCases));
    }

    [Fact]
    public void Transactions_that_write_in_two_services_are_distributed()
    {
        UseCaseTrace[] useCases = [Does("w0 w2"), Does("w0 r2"), Does("r0 r2"), Does("w3 w4") with { Weight = 2 }];
        Assert.Equal(0.25, CutMeasures.DistributedTransactions(Cut, useCases));
        Assert.Equal(0, CutMeasures.DistributedTransactions(Partition.Whole(5), useCases));
        Assert.Equal(0, CutMeasures.DistributedTransactions(Cut, []));
    }

    [Fact]
    public void Tables_written_by_two_services_are_shared() => Assert.Equal(1, CutMeasures.SharedTables(Cut, [[0, 1], [1, 2], [2, 3], []]));

    [Fact]
    public void Synchronous_calls_between_services_are_counted_for_each_use_case()
    {
        UseCaseTrace[] useCases = [Calling(Calls), Calling(new CallVolume(1, 2, 1)), Calling(new CallVolume(0, 1, 9))];
        Assert.Equal([5, 1, 0], CutMeasures.SynchronousCalls(Cut, useCases));
        Assert.Equal(5, CutMeasures.SynchronousCallsP95(Cut, useCases));
        Assert.Equal(6, CutMeasures.SynchronousCallsTotal(Cut, useCases), 12);
        Assert.Equal(0, CutMeasures.SynchronousCallsP95(Cut, []));
    }

    [Fact]
    public void P95_is_not_moved_by_one_use_case_in_a_hundred()
    {
        var useCases = Enumerable.Range(0, 100).Select(i => Calling(new CallVolume(1, 2, i == 0 ? 1000 : 1))).ToArray();
        Assert.Equal(1, CutMeasures.SynchronousCallsP95(Cut, useCases));
    }

    [Fact]
    public void The_longest_chain_counts_services_that_wait()
    {
        var cut = Partition.Singletons(5);
        Assert.Equal(4, CutMeasures.Depth(cut, [Calling(new(0, 1, 1), new(1, 2, 1), new(2, 3, 1), new(0, 3, 1)), Calling(new CallVolume(3, 4, 1))]));
        Assert.Equal(1, CutMeasures.Depth(Partition.Whole(5), [Calling(new CallVolume(0, 1, 1))]));
        Assert.Equal(0, CutMeasures.Depth(cut, []));
    }

    [Fact]
    public void Services_in_a_circle_all_wait()
    {
        var cut = Partition.Singletons(5);
        Assert.Equal(4, CutMeasures.Depth(cut, [Calling(new(0, 1, 1), new(1, 2, 1), new(2, 1, 1), new(2, 3, 1))]));
        Assert.Equal(3, CutMeasures.Depth(cut, [Calling(new(0, 1, 1), new(1, 2, 1), new(2, 1, 1))]));
    }

    [Fact]
    public void Keys_and_joins_across_a_boundary_are_parted() => Assert.Equal(2, CutMeasures.Parted(Cut, [(0, 1), (1, 2), (3, 0), (3, 4)]));

    [Fact]
    public void What_is_in_no_service_counts_nowhere()
    {
        var cut = Partition.Of(0, 0, -1, 1, 1);
        Assert.Equal(0.5, InterfaceNumber.CrossPairs(cut, Calls));
        Assert.Equal(0, CutMeasures.Parted(cut, [(0, 2), (2, 3)]));
        Assert.Equal(0, CutMeasures.DistributedTransactions(cut, [Does("w0 w2")]));
    }

    [Fact]
    public void Measures_stay_in_their_bounds_and_do_not_depend_on_names()
    {
        var bits = new SeededBits(6);
        for (var round = 0; round < 100; round++)
        {
            var nodes = 12;
            var cut = Small.Random(ref bits, nodes, 4);
            var calls = RandomCalls(ref bits, nodes);
            var order = Enumerable.Range(0, nodes).ToArray();
            bits.Shuffle(order);
            var names = new int[nodes];
            for (var i = 0; i < nodes; i++)
            {
                names[order[i]] = i;
            }

            var otherCut = cut.At(order);
            var otherCalls = calls.Select(c => new CallVolume(names[c.From], names[c.To], c.Volume)).ToArray();
            foreach (var (measure, least, most) in Bounded)
            {
                var value = measure(cut, calls);
                Assert.InRange(value, least - 1e-12, most + 1e-12);
                Assert.Equal(value, measure(otherCut, otherCalls), 9);
            }
        }
    }

    private static readonly (Func<Partition, IReadOnlyList<CallVolume>, double> Measure, double Least, double Most)[] Bounded =
    [
        (StructuralModularity.Clean, -1, 1), (StructuralModularity.Released, -1, 1), (StructuralModularity.Directed, -2, 1), (StructuralModularity.DoubleCohesion, -1, 2),
        (InterPartitionCalls.OnePlusLog, 0, 1), (InterPartitionCalls.LogOfOneMore, 0, 1), (TurboMq.Leaving, 0, 4), (TurboMq.LeavingAndEntering, 0, 4),
        (StaticCoupling.Coupling, 0, 1), (StaticCoupling.Cohesion, 0, 1), (InterfaceNumber.CrossPairs, 0, 132), (InterfaceNumber.ClassesCalled, 0, 12), (InterfaceNumber.Neighbours, 0, 66),
        ((cut, _) => Evenness.Gini(cut), 0, 1), ((cut, _) => Evenness.LargestShare(cut), 0, 1), ((cut, _) => Evenness.OutsideFiveToTwenty(cut), 0, 1),
    ];

    private static CallVolume[] RandomCalls(ref SeededBits bits, int nodes)
    {
        var calls = new List<CallVolume>();
        for (var from = 0; from < nodes; from++)
        {
            for (var to = 0; to < nodes; to++)
            {
                if (bits.Below(4) == 0)
                {
                    calls.Add(new CallVolume(from, to, 1 + (long)bits.Below(9)));
                }
            }
        }

        return [.. calls];
    }

    private static ServiceOperation Operation(int node) => new(node, [], [], []);

    private static UseCaseTrace Touching(params int[] nodes) => new() { Nodes = [.. nodes] };

    private static UseCaseTrace Calling(params CallVolume[] calls) => new() { Calls = [.. calls] };

    private static UseCaseTrace Does(string accesses) =>
        new() { Accesses = [.. accesses.Split(' ').Select(a => new EntityAccess(int.Parse(a[1..]), a[0] == 'w'))] };
}
