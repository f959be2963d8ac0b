using Conway.Model;

namespace Conway.Checks.Graph;

/// <summary>One cycle of calls and the call that is cheapest to give up.</summary>
/// <param name="Names">First and last are the same: <c>orders, payments, orders</c>.</param>
/// <param name="Cut">A call of the cycle that is not required if there is one, else the one that closes it.</param>
internal sealed record CallCycleFound(IReadOnlyList<string> Names, CallEdge Cut);

/// <summary>Finds cycles so that mending each told one leaves no cycle.</summary>
internal static class CallCycles
{
    /// <summary>Cycles among these edges, at most <paramref name="max"/>: each found one is cut before the next is looked for,
    /// since a knot of services holds exponentially many cycles and a person can only cut one call at a time.</summary>
    public static IEnumerable<CallCycleFound> Find(IReadOnlyList<string> services, IEnumerable<CallEdge> edges, int max)
    {
        var left = edges.GroupBy(e => e.Caller, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        IEnumerable<string> Next(string name) => left.TryGetValue(name, out var from) ? from.Select(e => e.Callee) : [];

        var start = 0;
        for (var count = 0; count < max;)
        {
            // Components only shrink while edges are cut, so names already passed stay free of cycles.
            var components = StrongComponents.Of(services, Next);
            var size = components.All.Select(c => c.Count).ToArray();
            while (start < services.Count && size[components.IndexOf(services[start])] == 1 && !Next(services[start]).Contains(services[start]))
            {
                start++;
            }

            if (start == services.Count)
            {
                yield break;
            }

            var names = ShortestPath.Find(services[start], services[start], Next)!;
            var cycle = names.Zip(names.Skip(1), (caller, callee) => left[caller].First(e => e.Callee == callee)).ToArray();
            var cut = cycle.LastOrDefault(e => !e.Call.Required) ?? cycle[^1];
            left[cut.Caller].Remove(cut);
            count++;
            yield return new CallCycleFound(names, cut);
        }
    }
}
