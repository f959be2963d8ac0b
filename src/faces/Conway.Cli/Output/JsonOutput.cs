using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Conway.Cli;

/// <summary>JSON on standard output: written by hand, so that the shapes of docs/reference/cli.md stand in one place each.</summary>
internal static class JsonOutput
{
    // The readers are programs and terminals, not HTML pages: quotes and umlauts stay as they are.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions OneLine = Indented with { Indented = false };

    /// <summary>One document, and a line end.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write, bool oneLine = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, oneLine ? OneLine : Indented))
        {
            write(json);
        }

        output.Write(Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        output.Write('\n');
    }

    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>An array with an object for each.</summary>
    /// <param name="write">Writes the keys of one.</param>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStartObject();
            write(value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
