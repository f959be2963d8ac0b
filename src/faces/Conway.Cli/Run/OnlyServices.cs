using Conway.Model;

namespace Conway.Cli;

/// <summary>What <c>--only</c> means. Pure.</summary>
internal static class OnlyServices
{
    /// <summary>The named services, all that they call, and what those are started after, however far; in the order of the model.</summary>
    public static IReadOnlyList<string> WithCallees(NameMap<Service> services, IEnumerable<string> names)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var left = new Stack<string>(names);
        while (left.TryPop(out var name))
        {
            if (services.TryGetValue(name, out var service) && wanted.Add(name))
            {
                foreach (var next in service.Calls.Keys.Concat(service.After))
                {
                    left.Push(next);
                }
            }
        }

        return [.. services.Keys.Where(wanted.Contains)];
    }
}
