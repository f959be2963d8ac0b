using System.Collections;
using System.Text;
using Conway.Reader.Editing;
using Conway.Reader.Shapes;

namespace Conway.Reader;

/// <summary>Writes a record as the YAML that <see cref="DocumentReader"/> reads to an equal one.</summary>
/// <remarks>Keys in the order in which the record declares them; a key whose value is the default is left out unless it is required. Maps whose values are
/// all single, and lists of single values, stand on one line as long as it is not too long. The same value gives the same bytes.</remarks>
public static class DocumentWriter
{
    private const int LineMax = 160;

    /// <param name="value">A record described by the attributes of Conway.Model.</param>
    public static string Write(object value)
    {
        var text = new StringBuilder();
        Entries(text, value, 0, isFirstInline: false);
        return text.ToString();
    }

    private static void Entries(StringBuilder text, object record, int indent, bool isFirstInline)
    {
        foreach (var (property, value) in Written(record))
        {
            text.Append(isFirstInline ? "" : new string(' ', indent)).Append(property.Key).Append(':');
            isFirstInline = false;
            Value(text, property.Shape, value, indent);
        }

        if (isFirstInline)
        {
            text.Append("{}\n");
        }
    }

    private static void Value(StringBuilder text, Shape shape, object value, int indent)
    {
        if (InOneLine(shape, value) is { } line && (shape is ScalarShape || line.Length + indent <= LineMax))
        {
            text.Append(' ').Append(line).Append('\n');
            return;
        }

        text.Append('\n');
        if (shape is MapShape map)
        {
            foreach (var (name, entry) in Items(value))
            {
                text.Append(' ', indent + 2).Append(FlowText.Key(name)).Append(':');
                Value(text, map.Value, entry, indent + 2);
            }

            return;
        }

        if (shape is not ListShape list)
        {
            Entries(text, value, indent + 2, isFirstInline: false);
            return;
        }

        foreach (var item in ((IEnumerable)value).Cast<object>())
        {
            text.Append(' ', indent + 2).Append("- ");
            if (InOneLine(list.Item, item) is { } flow && (list.Item is ScalarShape || flow.Length + indent <= LineMax))
            {
                text.Append(flow).Append('\n');
            }
            else
            {
                Entries(text, item, indent + 4, isFirstInline: true);
            }
        }
    }

    /// <summary>Null when it needs lines of its own.</summary>
    private static string? InOneLine(Shape shape, object value)
    {
        switch (shape)
        {
            case ScalarShape:
                return Scalar(shape, value);
            case ListShape { Item: ScalarShape item }:
                return "[" + string.Join(", ", ((IEnumerable)value).Cast<object>().Select(v => Scalar(item, v))) + "]";
            case ListShape when !((IEnumerable)value).Cast<object>().Any():
                return "[]";
            case RecordShape:
                var written = Written(value).ToArray();
                return written.All(w => w.Property.Shape is ScalarShape or ListShape { Item: ScalarShape })
                    ? written.Length == 0 ? "{}" : "{ " + string.Join(", ", written.Select(w => $"{w.Property.Key}: {InOneLine(w.Property.Shape, w.Value)}")) + " }"
                    : null;
            case MapShape { Value: ScalarShape item }:
                return !Items(value).Any() ? "{}" : "{ " + string.Join(", ", Items(value).Select(i => $"{FlowText.Key(i.Name)}: {Scalar(item, i.Value)}")) + " }";
            case MapShape when !Items(value).Any():
                return "{}";
            case MapShape or ListShape:
                return null;
            default:
                throw new NotSupportedException($"A {shape.Type} cannot be written.");
        }
    }

    private static IEnumerable<(string Name, object Value)> Items(object map) =>
        ((IEnumerable)map).Cast<object>().Select(e => ((string)e.GetType().GetProperty("Key")!.GetValue(e)!, e.GetType().GetProperty("Value")!.GetValue(e)!));

    private static IEnumerable<(PropertyShape Property, object Value)> Written(object record) =>
        from property in RecordShape.Of(record.GetType()).Properties
        let value = property.Info.GetValue(record)
        where value is not null && (property.Must || !Equals(value, property.Default))
        select (property, value);

    private static string Scalar(Shape shape, object value) =>
        shape is not ScalarShape { Kind: ScalarKind.Text } ? ValueText.Of(value)
        : value is "~" or "null" or "Null" or "NULL" ? $"\"{value}\""
        : FlowText.Key((string)value);
}
