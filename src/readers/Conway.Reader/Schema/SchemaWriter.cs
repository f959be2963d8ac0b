using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Conway.Reader.Composition;
using Conway.Reader.Schema;
using Conway.Reader.Shapes;

namespace Conway.Reader;

/// <summary>Writes the JSON Schema of the model from its records: for completion and validation in any editor.</summary>
/// <remarks>JSON Schema 2020-12, kept to keywords that mean the same in draft-07, which yaml-language-server speaks.
/// A schema cannot know what is declared where: references, paths and bounds with units are the reader's.
/// The output is the same, byte for byte, for the same records.</remarks>
public static class SchemaWriter
{
    private const string NamePattern = "^[a-z][a-z0-9-]{0,62}$";
    private const string EventPattern = "^[A-Z][A-Za-z0-9]{0,127}$";

    /// <summary>The settings of an environment: the same records, with nothing required and null allowed.</summary>
    private const string Partial = "Change";

    private static readonly JsonWriterOptions Options = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as text, with a final line feed.</summary>
    public static string Write()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            writer.WriteString("title", "Conway model");
            Body(writer, RecordShape.Root, isPartial: false);
            Definitions(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void Definitions(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("$defs");
        writer.WriteStartObject("Variable");
        writer.WriteString("description", "A variable of the environment: ${env:NAME}, or ${env:NAME:-default}.");
        writer.WriteString("type", "string");
        writer.WriteString("pattern", @"\$\{env:[A-Za-z_]");
        writer.WriteEndObject();
        var records = Records(RecordShape.Root).Distinct().OrderBy(r => r.Type.Name, StringComparer.Ordinal).ToList();
        foreach (var record in records.Where(r => r != RecordShape.Root))
        {
            writer.WriteStartObject(record.Type.Name);
            Body(writer, record, isPartial: false);
            writer.WriteEndObject();
        }

        foreach (var record in records)
        {
            writer.WriteStartObject(record.Type.Name + Partial);
            Body(writer, record, isPartial: true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static IEnumerable<RecordShape> Records(Shape shape) =>
        shape switch
        {
            RecordShape record => record.Properties.SelectMany(p => Records(p.Shape)).Prepend(record),
            ListShape list => Records(list.Item),
            MapShape map => Records(map.Value),
            _ => [],
        };

    private static void Body(Utf8JsonWriter writer, RecordShape record, bool isPartial)
    {
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (var property in record.Properties.Where(p => !(isPartial && record == RecordShape.Root && p.Key == "include")))
        {
            writer.WriteStartObject(property.Key);
            Property(writer, property, isPartial);
            writer.WriteEndObject();
        }

        if (record == RecordShape.Root && !isPartial)
        {
            EnvironmentsKey(writer);
        }

        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", false);
        if (isPartial)
        {
            return;
        }

        if (record.Properties.Any(p => p.Must))
        {
            writer.WriteStartArray("required");
            foreach (var property in record.Properties.Where(p => p.Must))
            {
                writer.WriteStringValue(property.Key);
            }

            writer.WriteEndArray();
        }

        if (record.ExactlyOne.Count > 0)
        {
            writer.WriteStartArray("oneOf");
            foreach (var property in record.ExactlyOne)
            {
                writer.WriteStartObject();
                writer.WriteStartArray("required");
                writer.WriteStringValue(property.Key);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }

    private static void EnvironmentsKey(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(Environments.Key);
        writer.WriteString("description", "Settings by environment, laid over the model when it is chosen: maps merge, lists replace, null removes.");
        writer.WriteString("type", "object");
        Names(writer, NamePattern);
        writer.WriteStartObject("additionalProperties");
        AnyOf(writer, () => Reference(writer, RecordShape.Root.Type.Name + Partial), () => writer.WriteString("type", "null"));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Property(Utf8JsonWriter writer, PropertyShape property, bool isPartial)
    {
        writer.WriteString("description", ModelPage.Sentence(property));
        if (isPartial)
        {
            AnyOf(writer, () => Value(writer, property.Shape, property, isPartial), () => writer.WriteString("type", "null"));
        }
        else
        {
            Value(writer, property.Shape, property, isPartial);
        }

        Default(writer, property);
        if (property.About.Example is { } example)
        {
            writer.WriteStartArray("examples");
            writer.WriteRawValue(ExampleJson.Of(example));
            writer.WriteEndArray();
        }
    }

    private static void Default(Utf8JsonWriter writer, PropertyShape property)
    {
        if (property.Default is null or "" || property.Must || property.Shape is not ScalarShape scalar)
        {
            return;
        }

        writer.WritePropertyName("default");
        if (scalar.Kind is ScalarKind.Integer or ScalarKind.Boolean)
        {
            writer.WriteRawValue(ValueText.Of(property.Default));
        }
        else
        {
            writer.WriteStringValue(ValueText.Of(property.Default));
        }
    }

    private static void Value(Utf8JsonWriter writer, Shape shape, PropertyShape property, bool isPartial)
    {
        switch (shape)
        {
            case ScalarShape scalar:
                Scalar(writer, scalar, property);
                break;
            case ListShape list:
                writer.WriteString("type", "array");
                writer.WriteStartObject("items");
                Value(writer, list.Item, property, isPartial);
                writer.WriteEndObject();
                break;
            case MapShape map when property.ListOfNames:
                AnyOf(writer, () => Map(writer, map, property, isPartial), () => ListOfNames(writer, property));
                break;
            case MapShape map:
                Map(writer, map, property, isPartial);
                break;
            case RecordShape { ShortForm: { } form } record:
                AnyOf(writer, () => Reference(writer, record.Type.Name + (isPartial ? Partial : "")), () => Value(writer, form.Shape, form, isPartial));
                break;
            case RecordShape record:
                AnyOf(writer, () => Reference(writer, record.Type.Name + (isPartial ? Partial : "")));
                break;
        }
    }

    private static void Map(Utf8JsonWriter writer, MapShape map, PropertyShape property, bool isPartial)
    {
        writer.WriteString("type", "object");
        var pattern = property.Declares is { } declares ? declares.Pascal ? EventPattern : NamePattern
            : property.Refers is not null ? NamePattern
            : property.Matches?.Pattern;
        if (pattern is not null)
        {
            Names(writer, pattern);
        }

        writer.WriteStartObject("additionalProperties");
        if (map.Value is JsonShape)
        {
            // Any value.
        }
        else if (isPartial || map.Value is not RecordShape record || record.Properties.All(p => !p.Must))
        {
            AnyOf(writer, () => Value(writer, map.Value, property, isPartial), () => writer.WriteString("type", "null"));
        }
        else
        {
            Value(writer, map.Value, property, isPartial);
        }

        writer.WriteEndObject();
    }

    private static void ListOfNames(Utf8JsonWriter writer, PropertyShape property)
    {
        writer.WriteString("type", "array");
        writer.WriteStartObject("items");
        writer.WriteString("type", "string");
        writer.WriteString("pattern", property.Declares is { Pascal: true } ? EventPattern : NamePattern);
        writer.WriteEndObject();
        writer.WriteBoolean("uniqueItems", true);
    }

    private static void Scalar(Utf8JsonWriter writer, ScalarShape scalar, PropertyShape property)
    {
        if (scalar.Kind == ScalarKind.Text && property.AnyOf.Count == 0)
        {
            Text(writer, property);
            return;
        }

        AnyOf(writer, () => Known(writer, scalar, property), () => Reference(writer, "Variable"));
    }

    private static void Known(Utf8JsonWriter writer, ScalarShape scalar, PropertyShape property)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.Text:
                writer.WriteStartArray("enum");
                property.AnyOf.ToList().ForEach(writer.WriteStringValue);
                writer.WriteEndArray();
                break;
            case ScalarKind.Choice:
                writer.WriteStartArray("oneOf");
                foreach (var (name, about, _) in scalar.Choices)
                {
                    writer.WriteStartObject();
                    writer.WriteString("const", name);
                    writer.WriteString("description", about);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                break;
            case ScalarKind.Boolean:
                writer.WriteString("type", "boolean");
                break;
            case ScalarKind.Integer:
                writer.WriteString("type", "integer");
                Bound(writer, "minimum", property.About.Min);
                Bound(writer, "maximum", property.About.Max);
                break;
            default:
                // 0 needs no unit, and a size without one is in bytes: YAML reads both as numbers.
                if (scalar.Kind is ScalarKind.Duration or ScalarKind.Size)
                {
                    writer.WriteStartArray("type");
                    writer.WriteStringValue("string");
                    writer.WriteStringValue("integer");
                    writer.WriteEndArray();
                    writer.WriteNumber("minimum", 0);
                    if (scalar.Kind == ScalarKind.Duration)
                    {
                        writer.WriteNumber("maximum", 0);
                    }
                }
                else
                {
                    writer.WriteString("type", "string");
                }

                writer.WriteString("pattern", UnitPatterns.Of(scalar.Kind));
                break;
        }
    }

    private static void Text(Utf8JsonWriter writer, PropertyShape property)
    {
        // 1.10, true and 5 are text where text is wanted.
        writer.WriteStartArray("type");
        writer.WriteStringValue("string");
        writer.WriteStringValue("number");
        writer.WriteStringValue("boolean");
        writer.WriteEndArray();
        if (property.Matches is { } matches && property.Shape is not MapShape)
        {
            writer.WriteString("pattern", $@"({matches.Pattern})|\$\{{");
        }
        else if (property.Refers == "operation")
        {
            writer.WriteString("pattern", @"^[a-z][a-z0-9-]{0,62}\.|\$\{");
        }
    }

    private static void Bound(Utf8JsonWriter writer, string keyword, string? bound)
    {
        if (bound is not null)
        {
            writer.WritePropertyName(keyword);
            writer.WriteRawValue(bound);
        }
    }

    private static void Names(Utf8JsonWriter writer, string pattern)
    {
        writer.WriteStartObject("propertyNames");
        writer.WriteString("pattern", pattern);
        writer.WriteEndObject();
    }

    private static void Reference(Utf8JsonWriter writer, string definition) => writer.WriteString("$ref", "#/$defs/" + definition);

    /// <summary>Also around a single <c>$ref</c>: draft-07 ignores what stands beside one, such as the description.</summary>
    private static void AnyOf(Utf8JsonWriter writer, params ReadOnlySpan<Action> forms)
    {
        writer.WriteStartArray("anyOf");
        foreach (var form in forms)
        {
            writer.WriteStartObject();
            form();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
