using Conway.Findings;
using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader.Composition;

/// <summary>Lays the settings of one environment over the model: maps merge, lists replace, null removes.</summary>
internal sealed class Overlay(List<Finding> findings)
{
    /// <summary>Names of what was removed.</summary>
    public HashSet<string> Removed { get; } = new(StringComparer.Ordinal);

    public MapNode Apply(Shape shape, MapNode below, MapNode above)
    {
        var entries = below.Entries.ToList();
        foreach (var entry in above.Entries)
        {
            var at = entries.FindIndex(e => e.Key.Text == entry.Key.Text);
            if (entry.Value is ScalarNode { IsNull: true })
            {
                Remove(entries, at, entry);
            }
            else if (at < 0)
            {
                entries.Add(entry);
            }
            else
            {
                var property = (shape as RecordShape)?.Property(entry.Key.Text);
                var value = Join(property?.Shape ?? (shape as MapShape)?.Value, entries[at].Value, entry.Value);

                // What was only changed inside is still declared where it was; what was replaced is written here.
                entries[at] = ReferenceEquals(value, entry.Value) ? entry : entries[at] with { Value = value };
            }
        }

        return below with { Entries = entries };
    }

    private Node Join(Shape? shape, Node below, Node above) =>
        shape is RecordShape or MapShape && Long(shape, below) is MapNode low && Long(shape, above) is MapNode high ? Apply(shape, low, high) : above;

    private void Remove(List<MapEntry> entries, int at, MapEntry entry)
    {
        if (at >= 0)
        {
            Removed.Add(entry.Key.Text);
            entries.RemoveAt(at);
            return;
        }

        var meant = DidYouMean.Closest(entry.Key.Text, entries.Select(e => e.Key.Text));
        findings.Add(new Finding
        {
            Rule = ReaderFindings.RemovesNothing,
            Message = $"'{entry.Key.Text}' has no value here, which removes it, but there is nothing of that name to remove.",
            Mend = meant is null ? "Remove the line, or give it a value." : $"Write '{meant}', or give it a value.",
            Place = entry.Key.Span,
        });
    }

    /// <summary>The long form of a short one, so that both can be merged key by key.</summary>
    private static Node Long(Shape shape, Node node) =>
        (shape, node) switch
        {
            (RecordShape { ShortForm: { } key }, ScalarNode { IsNull: false } scalar) =>
                new MapNode(scalar.Source, scalar.Start, scalar.End, true, [new MapEntry(new ScalarNode(scalar.Source, scalar.Start, scalar.End, key.Key, true), scalar)]),
            (MapShape, ListNode list) when list.Items.All(i => i is ScalarNode) =>
                new MapNode(list.Source, list.Start, list.End, list.IsFlow, [.. list.Items.Cast<ScalarNode>().DistinctBy(i => i.Text).Select(i => new MapEntry(i, new ScalarNode(i.Source, i.End, i.End, "", true)))]),
            _ => node,
        };
}
