using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader.Editing;

/// <summary>Finds out which splices make a change, from what is already there.</summary>
internal sealed class TreeEdit(ModelFile file, List<string> steps, Node value, string yaml)
{
    private readonly EntryEdit _edit = new(file.Source);
    private readonly List<Node> _nodes = EditPath.Nodes(file.Root!, steps);

    public (IReadOnlyList<Splice> List, string? Problem) Splices(Change change)
    {
        if (AliasOnTheWay() is { } alias)
        {
            return ([], $"'{alias}' is an alias of what is written elsewhere; edit it by hand.");
        }

        var isThere = _nodes.Count == steps.Count + 1;
        var splices = change switch
        {
            Change.Remove => isThere ? One(Remove()) : null,
            Change.Append when isThere && _nodes[^1] is ListNode list => One(_edit.Append(list, value, yaml)),
            Change.Append when isThere && _nodes[^1] is not ScalarNode { IsNull: true } => null,
            Change.Append => Set(new ListNode(value.Source, 0, 0, true, [value]), "[" + FlowText.Of(value) + "]"),
            _ => Set(value, yaml),
        };
        return splices is null ? ([], Refusal(change, isThere)) : (splices, null);
    }

    private string Refusal(Change change, bool isThere) =>
        change == Change.Remove && !isThere ? $"There is no '{string.Join('.', steps)}' to remove."
        : change == Change.Append && isThere && _nodes[^1] is not ListNode ? $"'{string.Join('.', steps)}' is not a list."
        : $"'{string.Join('.', steps.Take(_nodes.Count - 1))}' is {_nodes[^1].Kind}, so nothing can be written below it that way; edit it by hand.";

    private IReadOnlyList<Splice>? Set(Node wanted, string text)
    {
        var depth = _nodes.Count - 1;
        if (depth == steps.Count)
        {
            return One(Replace(wanted, text));
        }

        // What is missing on the way is made around the value: orders.slo.latency.p99 makes 'slo: { latency: { p99: … } }'.
        for (var i = steps.Count - 1; i > depth; i--)
        {
            if (EditPath.Index(steps[i]) is not null)
            {
                return null;
            }

            (wanted, text) = (Around(steps[i], wanted), FlowText.Of(Around(steps[i], wanted)));
        }

        return EditPath.Index(steps[depth]) is null ? AddBelow(steps[depth], wanted, text) : null;
    }

    private IReadOnlyList<Splice>? AddBelow(string key, Node wanted, string text)
    {
        var depth = _nodes.Count - 1;
        var (at, shape) = (_nodes[^1], ShapeAt(depth));
        switch (at)
        {
            case MapNode { Entries.Count: 0, IsFlow: false }:
                return null;
            case MapNode map:
                return One(_edit.Add(map, key, wanted, text));
            case ScalarNode { IsNull: true } when Entry(depth) is { } entry:
                return One(_edit.Fill(entry, IsInFlow(depth), key, wanted, text));
            case ScalarNode scalar when shape is RecordShape { ShortForm: { } form } && Entry(depth) is { } entry:
                var both = new MapNode(scalar.Source, 0, 0, true, [new MapEntry(new ScalarNode(scalar.Source, 0, 0, form.Key, true), scalar), new MapEntry(new ScalarNode(scalar.Source, 0, 0, key, true), wanted)]);
                return One(_edit.Replace(entry, IsInFlow(depth), both, FlowText.Of(both)));
            case ListNode list when shape is MapShape:
                return AddName(list, key, wanted);
            default:
                return null;
        }
    }

    /// <summary>To a list of names: another name, or, when more is said about it, an entry in the long form.</summary>
    private IReadOnlyList<Splice>? AddName(ListNode list, string name, Node wanted)
    {
        if (wanted is ScalarNode { IsNull: true } or MapNode { Entries.Count: 0 })
        {
            return One(_edit.Append(list, new ScalarNode(list.Source, 0, 0, name, true), FlowText.Key(name)));
        }

        // A block list of names would have to be indented anew.
        return list.IsFlow ? EntryEdit.NamesToMap(list, name, wanted) : null;
    }

    private Splice? Replace(Node wanted, string text)
    {
        var depth = steps.Count;
        if (EditPath.Index(steps[^1]) is { } index)
        {
            return _edit.Replace((ListNode)_nodes[depth - 1], index, wanted, text);
        }

        return _edit.Replace(Entry(depth)!, IsInFlow(depth), wanted, text.Length == 0 ? "{}" : text);
    }

    private Splice? Remove() =>
        EditPath.Index(steps[^1]) is { } index ? _edit.Remove((ListNode)_nodes[^2], index) : _edit.Remove((MapNode)_nodes[^2], Entry(steps.Count)!);

    /// <summary>The key under which the node at a depth is written; null for the root and for items.</summary>
    private MapEntry? Entry(int depth) => depth > 0 && _nodes[depth - 1] is MapNode map ? map.Find(steps[depth - 1]) : null;

    private bool IsInFlow(int depth) => _nodes.Take(depth).Any(n => n is MapNode { IsFlow: true } or ListNode { IsFlow: true });

    private string? AliasOnTheWay()
    {
        for (var depth = 1; depth < _nodes.Count; depth++)
        {
            var isAlias = Entry(depth) is { } entry ? Layout.IsAlias(entry) : _nodes[depth].Start < _nodes[depth - 1].Start;
            if (isAlias)
            {
                return steps[depth - 1];
            }
        }

        return null;
    }

    private Shape? ShapeAt(int depth)
    {
        Shape? shape = RecordShape.Root;
        foreach (var step in steps.Take(depth))
        {
            shape = shape switch
            {
                RecordShape record => record.Property(step)?.Shape,
                MapShape map => map.Value,
                ListShape list => list.Item,
                _ => null,
            };
        }

        return shape;
    }

    private static MapNode Around(string key, Node inner) => new(inner.Source, 0, 0, true, [new MapEntry(new ScalarNode(inner.Source, 0, 0, key, true), inner)]);

    private static IReadOnlyList<Splice>? One(Splice? splice) => splice is { } one ? [one] : null;
}
