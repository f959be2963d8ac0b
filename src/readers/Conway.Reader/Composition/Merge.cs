using Conway.Findings;
using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader.Composition;

/// <summary>Joins what several files say about one model.</summary>
/// <remarks>Files never override each other: maps are joined, lists are put one after the other, and whatever would have two values is a finding.
/// So the order of the files cannot matter.</remarks>
/// <param name="isOverlay">For settings of one environment, where a thing is not declared but changed, so that two files may change different keys of it.</param>
internal sealed class Merge(List<Finding> findings, bool isOverlay)
{
    public MapNode Maps(Shape? shape, MapNode first, MapNode second)
    {
        var entries = first.Entries.ToList();
        foreach (var entry in second.Entries)
        {
            var at = entries.FindIndex(e => e.Key.Text == entry.Key.Text);
            var property = (shape as RecordShape)?.Property(entry.Key.Text);
            if (at < 0)
            {
                entries.Add(entry);
            }
            else if (shape is RecordShape && property is null)
            {
                entries.Add(entry); // unknown: the binder says so for each
            }
            else if (Values(property?.Shape ?? (shape as MapShape)?.Value, shape is MapShape, entries[at].Value, entry.Value) is { } joined)
            {
                entries[at] = entries[at] with { Value = joined };
            }
            else if (!(property is { Must: true } && SameText(entries[at].Value, entry.Value)))
            {
                var place = entries[at].Key.Span;
                findings.Add(new Finding
                {
                    Rule = ReaderFindings.DeclaredTwice,
                    Message = $"'{entry.Key.Text}' is already written in {place.File}, line {place.Line}.",
                    Mend = "Keep one of the two; settings for one environment go under 'environments'.",
                    Place = entry.Key.Span,
                });
            }
        }

        return first with { Entries = entries };
    }

    /// <summary>Null when there can be only one of the two.</summary>
    private Node? Values(Shape? shape, bool isNamed, Node first, Node second) =>
        first is ScalarNode { IsNull: true } && !isOverlay ? second
        : second is ScalarNode { IsNull: true } && !isOverlay ? first
        : isNamed && !isOverlay ? null
        : (first, second) switch
        {
            (MapNode a, MapNode b) when shape is RecordShape or MapShape => Maps(shape, a, b),
            (ListNode a, ListNode b) when !isOverlay => a with { Items = [.. a.Items, .. b.Items] },
            _ => null,
        };

    // A file of a team may repeat 'conway: 1' and 'system: shop', so that editors can check it by itself.
    private static bool SameText(Node first, Node second) => first is ScalarNode a && second is ScalarNode b && a.Text == b.Text;
}
