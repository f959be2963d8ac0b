using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Costs;

/// <summary>The saga that a use case needs once a cut parts what it writes in one transaction.</summary>
/// <param name="Service">The service that does the step.</param>
/// <param name="Tables">What the step writes.</param>
public sealed record SagaStep(int Service, ImmutableArray<string> Tables);

/// <summary>Outlines sagas.</summary>
public static class Saga
{
    /// <summary>The steps in the order of the use case's writes, one for each longest run in one service; a later run in a service that had one is another
    /// step. Less than two when no saga is needed.</summary>
    public static ImmutableArray<SagaStep> Of(Codebase code, UnitTable units, Func<int, int> cut, UseCase useCase)
    {
        var steps = new List<(int Service, List<string> Tables)>();
        foreach (var access in useCase.Accesses.Where(a => a.Mode == AccessMode.Write))
        {
            var service = cut(units.OfTable(access.Table));
            if (service == Partition.None)
            {
                continue;
            }

            if (steps.Count == 0 || steps[^1].Service != service)
            {
                steps.Add((service, []));
            }

            var name = code.Tables[access.Table].ToString();
            if (!steps[^1].Tables.Contains(name))
            {
                steps[^1].Tables.Add(name);
            }
        }

        return steps.Select(s => s.Service).Distinct().Count() < 2 ? [] : [.. steps.Select(s => new SagaStep(s.Service, [.. s.Tables]))];
    }

    /// <summary>Each pair of services that takes part, the one that writes first before the other.</summary>
    internal static IEnumerable<(int From, int To)> Pairs(ImmutableArray<SagaStep> steps)
    {
        var services = steps.Select(s => s.Service).Distinct().ToArray();
        for (var i = 0; i < services.Length; i++)
        {
            for (var j = i + 1; j < services.Length; j++)
            {
                yield return (services[i], services[j]);
            }
        }
    }

    /// <summary><c>Orders, OrderLines; then Stock; then Payments</c></summary>
    internal static string Say(ImmutableArray<SagaStep> steps) => string.Join("; then ", steps.Select(s => string.Join(", ", s.Tables)));

    /// <summary>What has to be undone by what. The last step is the one that decides: before it everything can be undone, after it nothing is left to do.</summary>
    internal static string Instead(ImmutableArray<SagaStep> steps) => steps.Length == 0
        ? ""
        : $"a saga of {steps.Length} steps: {string.Join(", ", steps[..^1].Select(s => $"{string.Join(" and ", s.Tables)} (to be undone)"))}, {string.Join(" and ", steps[^1].Tables)} (decides)";
}
