using Conway.Model;

namespace Conway.Lowering;

/// <summary>Which services wait for which others until they are ready for the first time.</summary>
internal static class RequiredOrder
{
    /// <summary>For each service its required callees, less those that (over any way of required calls) wait for it in turn:
    /// in a cycle somebody has to go first, and nobody is asked who.</summary>
    public static IReadOnlyDictionary<string, ValueList<string>> WaitsFor(SystemModel model)
    {
        var required = model.Services.ToDictionary(
            s => s.Key,
            s => s.Value.Calls.Where(c => c.Value.Required && model.Services.ContainsKey(c.Key)).Select(c => c.Key).ToArray());
        var reach = required.ToDictionary(s => s.Key, s => Reach(s.Key, required));
        return required.ToDictionary(
            s => s.Key,
            s => new ValueList<string>(s.Value.Where(callee => callee != s.Key && !reach[callee].Contains(s.Key))));
    }

    private static HashSet<string> Reach(string from, Dictionary<string, string[]> edges)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(edges[from]);
        while (open.TryPop(out var next))
        {
            if (seen.Add(next))
            {
                foreach (var further in edges[next])
                {
                    open.Push(further);
                }
            }
        }

        return seen;
    }
}
