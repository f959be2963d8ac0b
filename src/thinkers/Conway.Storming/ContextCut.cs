namespace Conway.Storming;

/// <summary>Puts aggregates together to contexts.</summary>
/// <remarks>Together are aggregates that one command changes at once, and those that one actor commands one after the other, without anything
/// that is waited for in between. A policy parts: what happens "whenever" something has happened can happen later, and elsewhere. What people drew holds, and is neither parted nor joined.</remarks>
internal sealed class ContextCut
{
    private readonly BoardLinks _links;
    private readonly Dictionary<string, string> _parent;
    private readonly List<(string Aggregate, string Says)> _because = [];

    private ContextCut(BoardLinks links, IReadOnlyList<StormAggregate> aggregates)
    {
        _links = links;
        _parent = aggregates.ToDictionary(a => a.Name, a => a.Name, StringComparer.Ordinal);
    }

    public static IReadOnlyList<StormContext> Of(BoardLinks links, IReadOnlyList<StormAggregate> aggregates)
    {
        var cut = new ContextCut(links, aggregates);
        cut.Join();
        return cut.Contexts(aggregates);
    }

    private void Join()
    {
        foreach (var command in _links.Commands)
        {
            foreach (var told in command.Events.Where(e => e.On is not null && e.On != command.On))
            {
                Join(command.On, told.On!, $"'{command.Words}' is taken by {command.On} and tells of {told.On}");
            }
        }

        foreach (var (one, other) in _links.Commands.Zip(_links.Commands.Skip(1)))
        {
            if (one.ByKind == NoteKind.Actor && other.ByKind == NoteKind.Actor && BoardLinks.Same(one.By!, other.By!) && one.On != other.On
                && !_links.Listeners.Any(l => l.Kind == NoteKind.Policy && l.Index > one.Index && l.Index < other.Index))
            {
                Join(one.On, other.On, $"{one.By} goes from '{one.Words}' to '{other.Words}' without waiting for anything");
            }
        }
    }

    private void Join(string one, string other, string because)
    {
        var (a, b) = (Root(one), Root(other));
        var (here, there) = (DrawnIn(a), DrawnIn(b));
        if (here is not null && there is not null)
        {
            return;
        }

        if (a != b)
        {
            _parent[here is null && there is not null ? a : b] = here is null && there is not null ? b : a;
        }

        _because.Add((one, because));
    }

    private string Root(string name)
    {
        while (_parent[name] != name)
        {
            name = _parent[name];
        }

        return name;
    }

    /// <summary>What people drew around any aggregate of a group.</summary>
    private string? DrawnIn(string root) =>
        _parent.Keys.Where(n => Root(n) == root).Select(n => _links.Drawn.GetValueOrDefault(n)).FirstOrDefault(c => c is not null);

    private IReadOnlyList<StormContext> Contexts(IReadOnlyList<StormAggregate> aggregates)
    {
        var found = new List<StormContext>();
        var groups = aggregates.GroupBy(a => Root(a.Name) is var root && DrawnIn(root) is { } drawn ? "drawn " + StormNames.Kebab(drawn, "context") : "root " + root, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var members = group.ToArray();
            var drawn = DrawnIn(Root(members[0].Name));

            // Called by what most notes are about.
            var name = drawn ?? members.OrderByDescending(m => m.Commands.Count + m.Events.Count).First().Name;
            var names = members.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
            found.Add(new StormContext(
                StormNames.Unique(StormNames.Kebab(name, "context"), taken), [.. members.Select(m => m.Name)],
                [.. _because.Where(b => names.Contains(b.Aggregate)).Select(b => b.Says).Distinct(StringComparer.Ordinal)], drawn is not null));
        }

        return found;
    }
}
