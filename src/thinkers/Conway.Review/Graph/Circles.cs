namespace Conway.Review.Graph;

/// <summary>Services that wait for each other: the strongly connected groups of the calls (Kosaraju's two walks), callers first.</summary>
/// <remarks>Walked with a stack of its own: a chain of a hundred thousand services must not end the process.</remarks>
internal sealed class Circles
{
    private readonly Dictionary<string, int> _groupOf = new(StringComparer.Ordinal);

    /// <param name="names">All of them, in order.</param>
    /// <param name="next">Whom each calls.</param>
    public Circles(IReadOnlyList<string> names, Func<string, IReadOnlyList<string>> next)
    {
        var finished = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            Walk(name, next, seen, finished);
        }

        var back = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (caller, callee) in names.SelectMany(n => next(n).Select(m => (n, m))))
        {
            (back.TryGetValue(callee, out var callers) ? callers : back[callee] = []).Add(caller);
        }

        var groups = new List<IReadOnlyList<string>>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = finished.Count - 1; i >= 0; i--)
        {
            var group = new List<string>();
            Walk(finished[i], n => back.TryGetValue(n, out var callers) ? callers : [], taken, group);
            if (group.Count > 0)
            {
                group.ForEach(n => _groupOf[n] = groups.Count);
                groups.Add(group);
            }
        }

        Groups = groups;
    }

    /// <summary>Callers before callees; a service outside of every circle is a group of its own.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Groups { get; }

    public int GroupOf(string name) => _groupOf[name];

    private static void Walk(string root, Func<string, IReadOnlyList<string>> next, HashSet<string> seen, List<string> finished)
    {
        if (!seen.Add(root))
        {
            return;
        }

        var walk = new Stack<(string Name, int At)>();
        walk.Push((root, 0));
        while (walk.TryPop(out var step))
        {
            var targets = next(step.Name);
            var at = step.At;
            while (at < targets.Count && !seen.Add(targets[at]))
            {
                at++;
            }

            if (at < targets.Count)
            {
                walk.Push((step.Name, at + 1));
                walk.Push((targets[at], 0));
            }
            else
            {
                finished.Add(step.Name);
            }
        }
    }
}
