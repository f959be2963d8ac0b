using Conway.Reader.Yaml;

namespace Conway.Reader.Editing;

/// <summary>Where things stand in a text: ends without comments, indentation, line ends.</summary>
internal sealed class Layout(SourceText source)
{
    public string Text => source.Text;

    /// <summary>As the file writes it.</summary>
    public string NewLine { get; } = source.Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>The index after the last character that belongs to a node itself.</summary>
    public int EndOf(Node node) =>
        node switch
        {
            MapNode { IsFlow: false, Entries.Count: > 0 } map => EndOf(map.Entries[^1]),
            ListNode { IsFlow: false, Items.Count: > 0 } list => EndOf(list.Items[^1]),
            // A block scalar ends where the next thing starts.
            ScalarNode scalar when scalar.End > scalar.Start && Text[scalar.End - 1] is '\n' or '\r' => Trimmed(scalar.Start, scalar.End),
            _ => node.End,
        };

    public int EndOf(MapEntry entry) => IsAlias(entry) ? LineEnd(entry.Key.End) : Math.Max(EndOf(entry.Value), ColonOf(entry) + 1);

    /// <summary>The colon after a key.</summary>
    public int ColonOf(MapEntry entry) => Text.IndexOf(':', entry.Key.End);

    /// <summary>An alias is the node that it stands for, which was written before.</summary>
    public static bool IsAlias(MapEntry entry) => entry.Value.Start < entry.Key.End;

    public int LineStart(int index) => index == 0 ? 0 : Text.LastIndexOf('\n', index - 1) + 1;

    /// <summary>The end of the line of an index, without its break.</summary>
    public int LineEnd(int index)
    {
        var end = Text.IndexOf('\n', Math.Min(index, Text.Length));
        return end < 0 ? Text.Length : end > 0 && Text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>The start of the next line, or the end of the text.</summary>
    public int NextLine(int index)
    {
        var end = Text.IndexOf('\n', Math.Min(index, Text.Length));
        return end < 0 ? Text.Length : end + 1;
    }

    public int ColumnOf(int index) => index - LineStart(index);

    /// <summary>The dash of a block list's item; -1 when it is not on the item's line.</summary>
    public int DashOf(Node item)
    {
        for (var i = item.Start - 1; i >= 0 && Text[i] != '\n'; i--)
        {
            if (Text[i] == '-')
            {
                return i;
            }

            if (Text[i] != ' ')
            {
                break;
            }
        }

        return -1;
    }

    private int Trimmed(int start, int end)
    {
        while (end > start && char.IsWhiteSpace(Text[end - 1]))
        {
            end--;
        }

        return end;
    }
}
