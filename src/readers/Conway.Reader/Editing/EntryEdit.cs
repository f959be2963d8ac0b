using Conway.Reader.Yaml;

namespace Conway.Reader.Editing;

/// <summary>Works out the splices that add, replace or remove one thing in one text.</summary>
internal sealed class EntryEdit(SourceText source)
{
    private readonly Layout _layout = new(source);

    /// <summary>A new key at the end of a map.</summary>
    public Splice Add(MapNode map, string key, Node value, string yaml)
    {
        if (map.IsFlow)
        {
            return AddToFlow(map.Start, map.End, map.Entries.Count == 0 ? -1 : _layout.EndOf(map.Entries[^1]), $"{FlowText.Key(key)}: {FlowText.Of(value)}", " ");
        }

        var at = _layout.LineEnd(_layout.EndOf(map.Entries[^1]));
        return new Splice(at, at, _layout.NewLine + Block(key, value, yaml, _layout.ColumnOf(map.Entries[0].Key.Start)));
    }

    /// <summary>A new item at the end of a list.</summary>
    public Splice? Append(ListNode list, Node value, string yaml)
    {
        if (list.IsFlow)
        {
            return AddToFlow(list.Start, list.End, list.Items.Count == 0 ? -1 : _layout.EndOf(list.Items[^1]), FlowText.Of(value), "");
        }

        var dash = _layout.DashOf(list.Items[^1]);
        if (dash < 0)
        {
            return null;
        }

        var indent = new string(' ', _layout.ColumnOf(dash));
        var at = _layout.LineEnd(_layout.EndOf(list.Items[^1]));
        return new Splice(at, at, _layout.NewLine + indent + "- " + string.Join(_layout.NewLine + indent + "  ", Lines(yaml)));
    }

    /// <summary>The first key below a key that has nothing yet.</summary>
    public Splice Fill(MapEntry entry, bool isInFlow, string key, Node value, string yaml)
    {
        if (isInFlow || entry.Value.End > entry.Value.Start)
        {
            var colon = _layout.ColonOf(entry) + 1;
            return new Splice(colon, Math.Max(colon, entry.Value.End), $" {{ {FlowText.Key(key)}: {FlowText.Of(value)} }}");
        }

        var at = _layout.LineEnd(entry.Key.End);
        return new Splice(at, at, _layout.NewLine + Block(key, value, yaml, _layout.ColumnOf(entry.Key.Start) + 2));
    }

    /// <summary>Another value for a key.</summary>
    public Splice Replace(MapEntry entry, bool isInFlow, Node value, string yaml)
    {
        var start = _layout.ColonOf(entry) + 1;
        var end = Math.Max(start, _layout.EndOf(entry.Value));
        if (isInFlow || FitsOnLine(value, yaml))
        {
            // What was one piece on the line of its key keeps the spaces before it.
            var isInPlace = entry.Value.End > entry.Value.Start && !source.Text.AsSpan(start, entry.Value.Start - start).ContainsAny('\n', '#');
            var text = isInFlow ? FlowText.Of(value) : yaml.Trim();
            return isInPlace ? new Splice(entry.Value.Start, end, text) : new Splice(start, end, " " + text);
        }

        // A comment behind the old value stays behind the key.
        var lineEnd = _layout.LineEnd(end);
        var comment = source.Text.AsSpan(start, end - start).Contains('\n') ? "" : source.Text[end..lineEnd];
        var indent = new string(' ', _layout.ColumnOf(entry.Key.Start) + 2);
        return new Splice(start, comment.Length > 0 ? lineEnd : end, comment + string.Concat(Lines(yaml).Select(l => _layout.NewLine + indent + l)));
    }

    /// <summary>Another value for an item.</summary>
    public Splice? Replace(ListNode list, int index, Node value, string yaml)
    {
        var item = list.Items[index];
        if (list.IsFlow || Lines(yaml).Length == 1 && item.Span.Line == source.LineOf(_layout.EndOf(item)) + 1)
        {
            return new Splice(item.Start, _layout.EndOf(item), list.IsFlow ? FlowText.Of(value) : yaml.Trim());
        }

        var dash = _layout.DashOf(item);
        return dash < 0 ? null : new Splice(item.Start, _layout.EndOf(item), string.Join(_layout.NewLine + new string(' ', _layout.ColumnOf(dash) + 2), Lines(yaml)));
    }

    public Splice Remove(MapNode map, MapEntry entry)
    {
        var index = map.Entries.ToList().IndexOf(entry);
        if (map.IsFlow)
        {
            return RemoveFromFlow(map.Start, map.End, [.. map.Entries.Select(e => (e.Key.Start, _layout.EndOf(e)))], index);
        }

        var lineStart = _layout.LineStart(entry.Key.Start);
        if (source.Text.AsSpan(lineStart, entry.Key.Start - lineStart).IndexOfAnyExcept(' ') < 0)
        {
            return new Splice(lineStart, _layout.NextLine(_layout.EndOf(entry)), "");
        }

        // The first key of a list's item shares its line with the dash.
        return index + 1 < map.Entries.Count
            ? new Splice(entry.Key.Start, map.Entries[index + 1].Key.Start, "")
            : new Splice(entry.Key.Start, _layout.EndOf(entry), "{}");
    }

    public Splice? Remove(ListNode list, int index)
    {
        if (list.IsFlow)
        {
            return RemoveFromFlow(list.Start, list.End, [.. list.Items.Select(i => (i.Start, _layout.EndOf(i)))], index);
        }

        var dash = _layout.DashOf(list.Items[index]);
        var lineStart = dash < 0 ? 0 : _layout.LineStart(dash);
        return dash < 0 || source.Text.AsSpan(lineStart, dash - lineStart).IndexOfAnyExcept(' ') >= 0 ? null
            : new Splice(lineStart, _layout.NextLine(_layout.EndOf(list.Items[index])), "");
    }

    /// <summary>The long form of a list of names with one entry more: <c>[a, b]</c> becomes <c>{ a: {}, b: {}, c: … }</c>.</summary>
    public static IReadOnlyList<Splice> NamesToMap(ListNode list, string name, Node value)
    {
        var entry = $"{FlowText.Key(name)}: {FlowText.Of(value)}";
        return list.Items.Count == 0
            ? [new Splice(list.Start, list.End, $"{{ {entry} }}")]
            :
            [
                new Splice(list.Start, list.Start + 1, "{ "),
                .. list.Items.SkipLast(1).Select(i => new Splice(i.End, i.End, ": {}")),
                new Splice(list.Items[^1].End, list.Items[^1].End, $": {{}}, {entry} "),
                new Splice(list.End - 1, list.End, "}"),
            ];
    }

    private Splice AddToFlow(int start, int end, int lastEnd, string text, string padding)
    {
        if (lastEnd < 0)
        {
            return new Splice(start + 1, end - 1, padding + text + padding);
        }

        // A comma may already stand after the last one.
        var next = lastEnd;
        while (next < end && char.IsWhiteSpace(source.Text[next]))
        {
            next++;
        }

        return source.Text[next] == ',' ? new Splice(next + 1, next + 1, " " + text) : new Splice(lastEnd, lastEnd, ", " + text);
    }

    private static Splice RemoveFromFlow(int start, int end, List<(int Start, int End)> parts, int index) =>
        parts.Count == 1 ? new Splice(start + 1, end - 1, "")
        : index + 1 < parts.Count ? new Splice(parts[index].Start, parts[index + 1].Start, "")
        : new Splice(parts[index - 1].End, parts[index].End, "");

    private string Block(string key, Node value, string yaml, int column)
    {
        var (indent, lines) = (new string(' ', column), Lines(yaml));
        var name = indent + FlowText.Key(key) + ":";
        return FitsOnLine(value, yaml)
            ? lines[0].Length == 0 ? name : name + " " + lines[0]
            : name + string.Concat(lines.Select(l => _layout.NewLine + indent + "  " + l));
    }

    /// <summary>A map or list in block style needs lines of its own even when it is only one.</summary>
    private static bool FitsOnLine(Node value, string yaml) =>
        Lines(yaml).Length == 1 && value is not (MapNode { IsFlow: false } or ListNode { IsFlow: false });

    private static string[] Lines(string yaml) => yaml.Trim('\n', '\r').Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
}
