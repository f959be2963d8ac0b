using System.Collections.Immutable;
using Conway.Decomposition.Clustering;
using Conway.Decomposition.Graphs;
using Conway.Decomposition.Measures;
using Conway.Decomposition.Pricing;

namespace Conway.Decomposition.Tests;

public sealed class PriceTests
{
    private const int Services = 6;

    [Fact]
    public void A_price_after_any_moves_is_the_price_of_the_cut_that_they_led_to()
    {
        var bits = new SeededBits(9);
        for (var round = 0; round < 30; round++)
        {
            var (subject, graph, teams) = Random(ref bits);
            var index = new PriceIndex(subject, teams);
            var cut = Enumerable.Range(0, subject.Units).Select(_ => (int)bits.Below(Services + 1) - 1).ToArray();
            var table = new PriceTable(index, graph, 0.7, cut, Services);
            for (var move = 0; move < 40; move++)
            {
                var (unit, service) = ((int)bits.Below((ulong)subject.Units), (int)bits.Below(Services + 1) - 1);
                var told = table.IfMoved(unit, service);
                table.Move(unit, service);
                cut[unit] = service;
                Assert.Equal(told, table.Price);
            }

            Assert.Equal(new PriceTable(index, graph, 0.7, cut, Services).Price, table.Price);
            Assert.Equal(cut, table.Cut);
            AssertAsMeasured(subject, graph, teams, Partition.Of(cut), table);
        }
    }

    [Fact]
    public void Moving_there_and_back_changes_nothing()
    {
        var bits = new SeededBits(2);
        var (subject, graph, teams) = Random(ref bits);
        var cut = Enumerable.Range(0, subject.Units).Select(_ => (int)bits.Below(Services)).ToArray();
        var table = new PriceTable(new PriceIndex(subject, teams), graph, 1, cut, Services);
        var before = table.Price;
        for (var unit = 0; unit < subject.Units; unit++)
        {
            table.IfMoved(unit, (cut[unit] + 1) % Services);
        }

        Assert.Equal(before, table.Price);
    }

    [Fact]
    public void One_service_costs_nothing_but_holds_nothing_apart()
    {
        var bits = new SeededBits(3);
        var (subject, graph, teams) = Random(ref bits);
        var price = new PriceTable(new PriceIndex(subject), graph, 1, new int[subject.Units], 2).Price;
        Assert.Equal((0, 0, 0, 0, 0, 0, 0), (price.DistributedTransactions, price.SharedTables, price.SynchronousCalls, price.ForeignKeys, price.Joins, price.Size, price.Team));
        Assert.Equal(0, price.Modularity, 12);
        Assert.True(new PriceTable(new PriceIndex(subject, teams), graph, 1, new int[subject.Units], 2).Price.Team > 0);
    }

    [Fact]
    public void A_busy_use_case_counts_for_more()
    {
        var subject = new CutSubject
        {
            Units = 4,
            UseCases =
            [
                new UseCaseTrace { Weight = 3, Accesses = [new EntityAccess(0, true), new EntityAccess(1, true)], Calls = [new CallVolume(0, 1, 2)] },
                new UseCaseTrace { Weight = 1, Accesses = [new EntityAccess(2, true), new EntityAccess(3, true)], Calls = [new CallVolume(2, 3, 2)] },
            ],
        };
        var graph = Small.Graph(4, (0, 1), (2, 3));
        var price = new PriceTable(new PriceIndex(subject), graph, 1, [0, 1, 0, 0], 2).Price;
        Assert.Equal(0.75, price.DistributedTransactions, 3);
        Assert.Equal(0.75, price.SynchronousCalls, 3);
    }

    [Fact]
    public void The_total_is_the_weighted_sum_of_its_parts()
    {
        var price = new Price { DistributedTransactions = 0.1, SharedTables = 0.2, SynchronousCalls = 0.3, ForeignKeys = 0.4, Joins = 0.5, Size = 0.6, Team = 0.7, Modularity = 0.8 };
        var weights = new PriceWeights { DistributedTransactions = 1, SharedTables = 2, SynchronousCalls = 3, ForeignKeys = 4, Joins = 5, Size = 6, Team = 7, Modularity = 8 };
        Assert.Equal(0.1 + 0.4 + 0.9 + 1.6 + 2.5 + 3.6 + 4.9 - 6.4, price.Total(weights), 12);
    }

    private static void AssertAsMeasured(CutSubject subject, WeightedGraph graph, int[] teams, Partition cut, PriceTable table)
    {
        var price = table.Price;
        Assert.Equal(CutMeasures.DistributedTransactions(cut, subject.UseCases), price.DistributedTransactions, 3);
        var written = subject.Writers.Where(w => !w.IsEmpty).ToArray();
        Assert.Equal((double)CutMeasures.SharedTables(cut, [.. written.Select(w => (IReadOnlyCollection<int>)w)]) / written.Length, price.SharedTables, 12);
        Assert.Equal((double)CutMeasures.Parted(cut, subject.Keys) / subject.Keys.Length, price.ForeignKeys, 12);
        Assert.Equal((double)CutMeasures.Parted(cut, subject.Joins) / subject.Joins.Length, price.Joins, 12);
        Assert.Equal(cut.Count, table.Services);
        if (cut.Placed > 0)
        {
            Assert.Equal(cut.Sizes.ToArray().Sum(s => (double)s / cut.Placed * s / cut.Placed) - (1.0 / cut.Count), price.Size, 12);
        }

        var wrong = Enumerable.Range(0, subject.Units).Where(u => teams[u] >= 0 && cut[u] != Partition.None).GroupBy(u => cut[u])
            .Sum(g => g.Count() - g.GroupBy(u => teams[u]).Max(t => t.Count()));
        Assert.Equal((double)wrong / teams.Count(t => t >= 0), price.Team, 12);
        if (cut.Placed == cut.Nodes)
        {
            Assert.Equal(Modularity.Of(graph, cut, 0.7), price.Modularity, 9);
        }
    }

    private static (CutSubject Subject, WeightedGraph Graph, int[] Teams) Random(ref SeededBits bits)
    {
        const int Units = 24;
        var useCases = ImmutableArray.CreateBuilder<UseCaseTrace>();
        for (var i = 0; i < 12; i++)
        {
            useCases.Add(new UseCaseTrace
            {
                Calls = [.. Pairs(ref bits, Units, 6).Select(p => new CallVolume(p.A, p.B, 1 + (p.A % 3)))],
                Accesses = [.. Pairs(ref bits, Units, 4).Select(p => new EntityAccess(p.A, p.B % 2 == 0))],
            });
        }

        var writers = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        for (var i = 0; i < 8; i++)
        {
            writers.Add([.. Pairs(ref bits, Units, 3).Select(p => p.A).Distinct().Order()]);
        }

        var teams = new int[Units];
        for (var unit = 0; unit < Units; unit++)
        {
            teams[unit] = (int)bits.Below(4) - 1;
        }

        var subject = new CutSubject
        {
            Units = Units,
            UseCases = useCases.ToImmutable(),
            Writers = [[], .. writers],
            Keys = [.. Pairs(ref bits, Units, 10)],
            Joins = [.. Pairs(ref bits, Units, 10)],
        };
        return (subject, Small.Planted(bits.Next(), 4, Units / 4, 500, 100), teams);
    }

    private static (int A, int B)[] Pairs(ref SeededBits bits, int units, int count)
    {
        var pairs = new (int, int)[count];
        for (var i = 0; i < count; i++)
        {
            pairs[i] = ((int)bits.Below((ulong)units), (int)bits.Below((ulong)units));
        }

        return pairs;
    }
}
