namespace Conway.Model;

/// <summary>The strongly connected components of a graph (Tarjan 1972), sources first.</summary>
/// <remarks>Walked with a stack of its own: a chain of a hundred thousand services must not end the process.</remarks>
public sealed class StrongComponents
{
    private readonly Dictionary<string, int> _componentOf;

    private StrongComponents(IReadOnlyList<IReadOnlyList<string>> all, Dictionary<string, int> componentOf)
    {
        All = all;
        _componentOf = componentOf;
    }

    /// <summary>Groups of names that reach each other; a group's targets come after it.</summary>
    public IReadOnlyList<IReadOnlyList<string>> All { get; }

    public int IndexOf(string name) => _componentOf[name];

    public static StrongComponents Of(IReadOnlyList<string> names, Func<string, IEnumerable<string>> next)
    {
        var number = new Dictionary<string, int>(StringComparer.Ordinal);
        var low = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new Stack<string>();
        var isOpen = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<IReadOnlyList<string>>();
        var walk = new Stack<(string Name, IEnumerator<string> Next)>();

        foreach (var root in names)
        {
            if (!number.ContainsKey(root))
            {
                Enter(root);
            }

            while (walk.TryPeek(out var at))
            {
                if (at.Next.MoveNext())
                {
                    var target = at.Next.Current;
                    if (!number.ContainsKey(target))
                    {
                        Enter(target);
                    }
                    else if (isOpen.Contains(target))
                    {
                        low[at.Name] = Math.Min(low[at.Name], number[target]);
                    }
                }
                else
                {
                    Leave(at.Name);
                }
            }
        }

        // Tarjan finds a component after everything it reaches.
        found.Reverse();
        var componentOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var name in found[i])
            {
                componentOf[name] = i;
            }
        }

        return new StrongComponents(found, componentOf);

        void Enter(string name)
        {
            number[name] = low[name] = number.Count;
            open.Push(name);
            isOpen.Add(name);
            walk.Push((name, next(name).GetEnumerator()));
        }

        void Leave(string name)
        {
            walk.Pop().Next.Dispose();
            if (walk.TryPeek(out var parent))
            {
                low[parent.Name] = Math.Min(low[parent.Name], low[name]);
            }

            if (low[name] != number[name])
            {
                return;
            }

            var component = new List<string>();
            string member;
            do
            {
                member = open.Pop();
                isOpen.Remove(member);
                component.Add(member);
            }
            while (member != name);

            component.Reverse();
            found.Add(component);
        }
    }
}
