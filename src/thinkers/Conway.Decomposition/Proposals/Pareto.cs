using System.Collections.Immutable;
using Conway.Decomposition.Pricing;

namespace Conway.Decomposition.Proposals;

/// <summary>Marks alternatives that no other beats in every part of the price.</summary>
internal static class Pareto
{
    public static ImmutableArray<Alternative> Mark(ImmutableArray<Alternative> alternatives) =>
        [.. alternatives.Select(a => a with { IsPareto = !alternatives.Any(b => Beats(Parts(b.Price), Parts(a.Price))) })];

    private static bool Beats(double[] one, double[] other) => one.Zip(other).All(p => p.First <= p.Second) && one.Zip(other).Any(p => p.First < p.Second);

    private static double[] Parts(Price price) =>
        [price.DistributedTransactions, price.SharedTables, price.SynchronousCalls, price.ForeignKeys, price.Joins, price.Size, price.Team, -price.Modularity];
}
