using System.Globalization;
using Conway.Findings;
using Conway.Model;
using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader.Binding;

/// <summary>Turns a tree into records, by their shapes. One binder for every record: a new key needs no line here.</summary>
internal static class Binder
{
    public static object Root(BindSession session, MapNode root)
    {
        session.Places[""] = root.Span;
        return Record(session, RecordShape.Root, root, "", "the model", root.Span);
    }

    /// <summary>A document of another kind than the model, whole.</summary>
    /// <param name="subject">How findings call it: <c>the plan</c>.</param>
    public static object Document(BindSession session, RecordShape shape, MapNode root, string subject)
    {
        session.Places[""] = root.Span;
        return Record(session, shape, root, "", subject, root.Span);
    }

    /// <summary>The value of a node; null when it cannot be used, which has then been reported.</summary>
    /// <param name="property">The key that the value, or its list or map, is written under.</param>
    /// <param name="subject">How findings call the thing: <c>'timeout'</c>.</param>
    /// <param name="place">Where it is named: its key, or itself in a list.</param>
    private static object? Value(BindSession session, Shape shape, PropertyShape property, Node node, string path, string subject, SourceSpan place) =>
        shape switch
        {
            ScalarShape scalar => Scalar(session, scalar, property, node, path, subject),
            ListShape list => List(session, list, property, node, path, subject),
            MapShape map => Map(session, map, property, node, path, subject),
            RecordShape record => RecordOrShort(session, record, node, path, subject, place),
            _ => new JsonText(JsonForm.Of(session.Interpolation.Resolve(node))),
        };

    private static object? Scalar(BindSession session, ScalarShape shape, PropertyShape property, Node node, string path, string subject)
    {
        if (node is not ScalarNode written)
        {
            session.Report(ReaderFindings.WrongType, node, path, $"{subject} is {ScalarReader.Expects(shape)}, and this is {node.Kind}.", $"Write {ScalarReader.Example(shape, property)}.");
            return null;
        }

        var scalar = session.Interpolation.Resolve(written);
        var (value, problem) = ScalarReader.Read(shape, property, scalar, subject);
        problem ??= value is string ? PathRule.Problem(session.Tree, property, scalar, subject) : null;
        if (problem is not null)
        {
            session.Findings.Add(new Finding { Rule = problem.Rule, Message = BindSession.Sentence(problem.Message), Mend = problem.Mend, Place = written.Span, ModelPath = path, Weight = problem.Weight });
        }

        if (value is string name && property.Refers is { } kind)
        {
            session.Refer(new Reference(kind, name, path, written.Span) { IsHidden = scalar.IsResolved });
        }

        return value;
    }

    private static object? List(BindSession session, ListShape shape, PropertyShape property, Node node, string path, string subject)
    {
        if (node is not ListNode list)
        {
            var mend = node is ScalarNode { IsNull: false } one ? $"Write [{one.Shown}]." : "Write [a, b], or one item on each line after '- '.";
            session.Report(ReaderFindings.WrongType, node, path, $"{subject} is a list, and this is {node.Kind}.", mend);
            return null;
        }

        var items = new List<object>(list.Items.Count);
        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = list.Items[i];
            var itemPath = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            session.Places[itemPath] = item.Span;
            if (item is ScalarNode { IsNull: true })
            {
                if (!item.Source.HasSetAside(item.Start, item.End))
                {
                    session.Report(ReaderFindings.WrongType, item, itemPath, $"Item {i + 1} of {subject} is empty.", "Write a value, or remove the item.");
                }
            }
            else if (Value(session, shape.Item, property, item, itemPath, $"item {i + 1} of {subject}", item.Span) is { } value)
            {
                items.Add(value);
            }
        }

        return shape.Make(items);
    }

    private static object? Map(BindSession session, MapShape shape, PropertyShape property, Node node, string path, string subject)
    {
        if (node is ListNode list && property.ListOfNames)
        {
            return Names(session, shape, property, list, path, subject);
        }

        if (node is not MapNode map)
        {
            var or = property.ListOfNames ? ", or a list of names" : "";
            session.Report(ReaderFindings.WrongType, node, path, $"{subject} is a map by name{or}, and this is {node.Kind}.", "Write each name on a line of its own, followed by a colon.");
            return null;
        }

        var items = new List<KeyValuePair<string, object>>(map.Entries.Count);
        foreach (var (key, value) in map.Entries)
        {
            var itemPath = path + "." + key.Text;
            session.Places[itemPath] = key.Span;
            Key(session, property, key, itemPath);
            var bound = value is ScalarNode { IsNull: true } ? Empty(session, shape.Value, value, itemPath, key)
                : Value(session, shape.Value, property, value, itemPath, $"'{key.Text}'", key.Span);
            if (bound is not null)
            {
                items.Add(KeyValuePair.Create(key.Text, bound));
            }
        }

        return shape.Make(items);
    }

    /// <summary>The list form: each name with every default.</summary>
    private static object Names(BindSession session, MapShape shape, PropertyShape property, ListNode list, string path, string subject)
    {
        var items = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (item is not ScalarNode { IsNull: false } name)
            {
                session.Report(ReaderFindings.WrongType, item, path, $"{subject} is written as a list of names here, and this is {item.Kind}.", "To say more about one of them, write them all as a map: { name: { … }, other: {} }.");
                continue;
            }

            var itemPath = path + "." + name.Text;
            if (!items.TryAdd(name.Text, Empty(session, shape.Value, name, itemPath, name) ?? ""))
            {
                session.Report(ReaderFindings.DuplicateKey, name, path, $"'{name.Text}' is written twice in this list.", "Keep one of the two.");
                continue;
            }

            session.Places[itemPath] = name.Span;
            Key(session, property, name, itemPath);
        }

        return shape.Make([.. items]);
    }

    /// <summary>What a name without a value stands for.</summary>
    private static object? Empty(BindSession session, Shape shape, Node at, string path, ScalarNode key) =>
        shape switch
        {
            RecordShape record => Record(session, record, new MapNode(at.Source, at.Start, at.End, true, []), path, $"'{key.Text}'", key.Span),
            ScalarShape { Kind: ScalarKind.Text } => "",
            JsonShape => new JsonText("null"),
            _ => null,
        };

    private static void Key(BindSession session, PropertyShape property, ScalarNode key, string path)
    {
        if (property.Declares is { } declares)
        {
            session.Declare(declares.Kind, key.Text);
            if (!(declares.Pascal ? Model.Names.IsEventName(key.Text) : Model.Names.IsName(key.Text)))
            {
                session.Findings.Add(BadName(key, declares.Pascal) with { ModelPath = path });
            }
        }
        else if (property.Refers is { } kind)
        {
            session.Refer(new Reference(kind, key.Text, path, key.Span));
        }
        else if (property.Expression is { } expression && property.Shape is MapShape && !expression.IsMatch(key.Text))
        {
            session.Report(ReaderFindings.BadFormat, key, path, $"'{key.Shown}' must be {property.Matches!.Says}.", "Write it so.");
        }
    }

    public static Finding BadName(ScalarNode key, bool isPascal)
    {
        var says = isPascal ? "letters and digits, starting with a capital" : "lower-case letters, digits and -, starting with a letter, at most 63";
        var proposal = NameProposal.For(key.Text, isPascal);
        return new Finding
        {
            Rule = ReaderFindings.BadName,
            Message = $"'{key.Shown}' cannot be a name: a name is {says}.",
            Mend = proposal is null ? "Choose another name." : $"Write '{proposal}'.",
            Place = key.Span,
        };
    }

    private static object? RecordOrShort(BindSession session, RecordShape shape, Node node, string path, string subject, SourceSpan place)
    {
        if (node is MapNode map)
        {
            return Record(session, shape, map, path, subject, place);
        }

        if (node is ScalarNode && shape.ShortForm is { } key)
        {
            var record = shape.New();
            session.Places[path + "." + key.Key] = node.Span;
            if (Value(session, key.Shape, key, node, path + "." + key.Key, subject, place) is { } value)
            {
                key.Info.SetValue(record, value);
            }

            return record;
        }

        var or = shape.ShortForm is { } form ? $", or its {form.Key} alone" : "";
        session.Report(ReaderFindings.WrongType, node, path, $"{subject} is a map{or}, and this is {node.Kind}.", $"Its keys are {Listed(shape.Properties.Select(p => p.Key))}.");
        return null;
    }

    private static object Record(BindSession session, RecordShape shape, MapNode map, string path, string subject, SourceSpan place)
    {
        var record = shape.New();
        var meant = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries)
        {
            var keyPath = path.Length == 0 ? key.Text : path + "." + key.Text;
            session.Places[keyPath] = key.Span;
            if (shape.Property(key.Text) is not { } property)
            {
                Unknown(session, shape, map, key, keyPath, meant);
            }
            else if (value is not ScalarNode { IsNull: true })
            {
                Property(session, record, property, key, value, keyPath);
            }
        }

        // From the line of its key to what follows it: what seems to be missing there may only be unread.
        var isWhole = place.File == map.Source.File ? !map.Source.HasSetAsideLine(path.Length == 0 ? 0 : place.Line - 1, map.Source.LineOf(map.End)) : !map.Source.HasSetAside(map.Start, map.End);
        if (!session.IsPartial && isWhole)
        {
            Required.Check(session, shape, map, path, subject, place, meant);
        }

        return record;
    }

    private static void Property(BindSession session, object record, PropertyShape property, ScalarNode key, Node value, string path)
    {
        if (Value(session, property.Shape, property, value, path, $"'{property.Key}'", key.Span) is not { } bound)
        {
            return;
        }

        property.Info.SetValue(record, bound);
        if (property.NotHonoured is { } consequence && !session.IsPartial && !Equals(bound, property.Default))
        {
            session.Report(ReaderFindings.NotHonouredYet, key, path, $"'{property.Key}' is read and checked, but not acted on yet: {consequence}.", "Nothing has to be changed; do not rely on it yet.");
        }
    }

    private static void Unknown(BindSession session, RecordShape shape, MapNode map, ScalarNode key, string path, HashSet<string> meant)
    {
        var free = shape.Properties.Select(p => p.Key).Where(k => map.Find(k) is null);
        var closest = DidYouMean.Closest(key.Text, free) ?? (path.Contains('.', StringComparison.Ordinal) ? null : DidYouMean.Closest(key.Text, shape.Properties.Select(p => p.Key)));
        if (closest is not null)
        {
            meant.Add(closest);
        }

        var mend = key.Text == "<<" ? "Merge keys belong to YAML 1.1; write the keys out, or use an alias as the whole value."
            : closest is not null ? $"Write '{closest}'."
            : $"Known keys here are {Listed(shape.Properties.Select(p => p.Key))}.";
        session.Report(ReaderFindings.UnknownKey, key, path, $"'{key.Shown}' is not a key that is known here.", mend);
    }

    private static string Listed(IEnumerable<string> keys) => string.Join(", ", keys);
}
