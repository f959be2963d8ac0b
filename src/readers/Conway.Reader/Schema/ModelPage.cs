using System.Text;
using Conway.Reader.Shapes;

namespace Conway.Reader;

/// <summary>Writes the tables of <c>docs/reference/model.md</c> from the records.</summary>
public static class ModelPage
{
    /// <summary>What stands around the tables in the page, so that the text around them can be written by hand.</summary>
    public const string Begin = "<!-- generated from the records of Conway.Model; ./test --accept Reader writes it anew -->";

    /// <inheritdoc cref="Begin"/>
    public const string End = "<!-- end of the generated part -->";

    /// <summary>The tables, one for each record, in the order in which a reader meets them.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        var seen = new HashSet<RecordShape>();
        Record(text, RecordShape.Root, "conway.yaml", "", seen);
        return text.ToString();
    }

    /// <summary>The tables of another document, made from the records that <see cref="DocumentReader"/> reads it to.</summary>
    /// <typeparam name="T">The record of the whole.</typeparam>
    /// <param name="name">What the first table is headed with: the name of the file.</param>
    public static string Write<T>(string name)
    {
        var text = new StringBuilder();
        Record(text, RecordShape.Of(typeof(T)), name, "", []);
        return text.ToString();
    }

    /// <summary>The page with its tables written anew.</summary>
    public static string Renew(string page) => Renew(page, Begin, Write());

    /// <summary>A page with other tables written anew.</summary>
    /// <param name="page">The whole text.</param>
    /// <param name="mark">The line before the tables; <see cref="End"/> stands after them.</param>
    /// <param name="tables">What stands between.</param>
    /// <exception cref="ArgumentException">The page lacks one of the marks.</exception>
    public static string Renew(string page, string mark, string tables)
    {
        var (begin, end) = (page.IndexOf(mark, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        return begin < 0 || end < begin
            ? throw new ArgumentException($"The page has no '{mark}' followed by '{End}'.", nameof(page))
            : page[..begin] + mark + "\n\n" + tables + page[end..];
    }

    /// <summary>What a key is about, with what happens when it is not written, and its bounds.</summary>
    internal static string Sentence(PropertyShape property)
    {
        var text = new StringBuilder(property.About.Text);
        if (property.About.Unset is { } unset)
        {
            text.Append(" Unset: ").Append(unset).Append('.');
        }

        if (Bounds(property) is { } bounds)
        {
            text.Append(" From ").Append(bounds).Append('.');
        }

        if (property.NotHonoured is { } consequence)
        {
            text.Append(" Not honoured by run yet: ").Append(consequence).Append('.');
        }

        return text.ToString();
    }

    internal static string? Bounds(PropertyShape property) =>
        (property.About.Min, property.About.Max) switch
        {
            (null, null) => null,
            ({ } min, { } max) => $"{min} to {max}",
            ({ } min, null) => $"{min} up",
            var (_, max) => $"0 to {max}",
        };

    /// <summary>What may stand there: <c>duration</c>, <c>list of text</c>, <c>map by name</c>.</summary>
    internal static string Type(PropertyShape property) =>
        (property.Shape, property.Refers) switch
        {
            (ScalarShape { Kind: ScalarKind.Text }, { } kind) => $"name of {Article(kind)}",
            (ScalarShape { Kind: ScalarKind.Text }, null) when property.AnyOf.Count > 0 => string.Join(", ", property.AnyOf),
            (ScalarShape scalar, _) => Scalar(scalar),
            (ListShape { Item: ScalarShape }, { } kind) => $"list of names of {kind}s",
            (ListShape list, _) => $"list of {Plain(list.Item)}",
            (MapShape map, { } kind) => $"map by {kind}, each {Plain(map.Value)}" + (property.ListOfNames ? "; or a list of names" : ""),
            (MapShape map, null) => $"map by name, each {Plain(map.Value)}" + (property.ListOfNames ? "; or a list of names" : ""),
            (RecordShape record, _) => Plain(record),
            _ => "any value",
        };

    private static string Plain(Shape shape) =>
        shape switch
        {
            ScalarShape scalar => Scalar(scalar),
            RecordShape { ShortForm: { } form } => $"a map, or its `{form.Key}` alone",
            RecordShape => "a map",
            ListShape list => $"list of {Plain(list.Item)}",
            _ => "any value",
        };

    private static string Scalar(ScalarShape scalar) =>
        scalar.Kind switch
        {
            ScalarKind.Text => "text",
            ScalarKind.Integer => "whole number",
            ScalarKind.Boolean => "true or false",
            ScalarKind.Choice => string.Join(", ", scalar.Choices.Select(c => c.Name)),
            var kind => KebabCase.Of(kind.ToString()),
        };

    private static string Article(string kind) => (kind[0] is 'a' or 'e' or 'i' or 'o' ? "an " : "a ") + kind;

    private static void Record(StringBuilder text, RecordShape record, string name, string path, HashSet<RecordShape> seen)
    {
        if (!seen.Add(record))
        {
            return;
        }

        text.Append("### `").Append(path.Length == 0 ? name : path).Append("`\n\n");
        if (record.ShortForm is { } form)
        {
            text.Append("A bare value stands for `").Append(form.Key).Append("`.\n\n");
        }

        if (record.ExactlyOne.Count > 0)
        {
            text.Append("Exactly one of ").AppendJoin(", ", record.ExactlyOne.Select(p => $"`{p.Key}`")).Append(" must be written.\n\n");
        }

        text.Append("| key | value | default | meaning |\n|---|---|---|---|\n");
        foreach (var property in record.Properties)
        {
            Row(text, property);
        }

        text.Append('\n');
        foreach (var property in record.Properties)
        {
            Choices(text, property);
        }

        foreach (var property in record.Properties)
        {
            var below = path.Length == 0 ? property.Key : $"{path}.{property.Key}";
            switch (property.Shape)
            {
                case RecordShape inner:
                    Record(text, inner, name, below, seen);
                    break;
                case ListShape { Item: RecordShape item }:
                    Record(text, item, name, below + "[]", seen);
                    break;
                case MapShape { Value: RecordShape value }:
                    Record(text, value, name, below + ".NAME", seen);
                    break;
            }
        }
    }

    private static void Row(StringBuilder text, PropertyShape property)
    {
        var value = property.Shape is ScalarShape or ListShape { Item: ScalarShape } ? ValueText.Of(property.Default) : "";
        var given = property.Must ? "**required**" : value is "" or "[]" ? "" : $"`{value}`";
        var example = property.About.Example is { } written ? $" Example: `{written}`" : "";
        text.Append("| `").Append(property.Key).Append("` | ").Append(Type(property)).Append(" | ").Append(given).Append(" | ").Append(Cell(Sentence(property) + example)).Append(" |\n");
    }

    private static void Choices(StringBuilder text, PropertyShape property)
    {
        if (property.Shape is not ScalarShape { Kind: ScalarKind.Choice } choice)
        {
            return;
        }

        text.Append("Values of `").Append(property.Key).Append("`: ");
        text.AppendJoin("; ", choice.Choices.Select(c => $"`{c.Name}` – {c.About.TrimEnd('.')}")).Append(".\n\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
