using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Conway.Findings;

/// <summary>Writes findings for programs.</summary>
/// <remarks>
/// <code>
/// [{"code":"CW2104","severity":"error","title":"…","message":"…","why":"…","mend":"…","modelPath":"services.a.calls.b.timeout",
///   "place":{"file":"conway.yaml","line":41,"column":27,"length":2},"sourceLine":"      pricing: { timeout: 2s }"}]
/// </code>
/// <c>modelPath</c>, <c>place</c> and <c>sourceLine</c> are absent when there is none. Keys and their order are stable.</remarks>
public static class FindingJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An array of findings on one line.</summary>
    public static string Of(IEnumerable<Finding> findings)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartArray();
            foreach (var finding in findings)
            {
                Write(writer, finding);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>One finding as an object, into a larger document.</summary>
    public static void Write(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("code", finding.Code);
        writer.WriteString("severity", FindingText.Word(finding.Severity));
        writer.WriteString("title", finding.Rule.Title);
        writer.WriteString("message", finding.Message);
        writer.WriteString("why", finding.Rule.Why);
        writer.WriteString("mend", finding.Mend);
        if (finding.ModelPath is { } path)
        {
            writer.WriteString("modelPath", path);
        }

        if (finding.Place is { } place)
        {
            writer.WriteStartObject("place");
            writer.WriteString("file", place.File);
            writer.WriteNumber("line", place.Line);
            writer.WriteNumber("column", place.Column);
            writer.WriteNumber("length", place.Length);
            writer.WriteEndObject();
        }

        if (finding.SourceLine is { } source)
        {
            writer.WriteString("sourceLine", source);
        }

        writer.WriteEndObject();
    }
}
