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
/// <c>modelPath</c>, <c>place</c>, <c>sourceLine</c>, <c>unless</c>, <c>measure</c> (<c>{"value","limit","unit"}</c>), <c>patch</c> (<c>{"change":"set|append|remove","path","yaml"}</c>) and <c>evidence</c>
/// (<c>[{"text","place"}]</c>) are absent when there is none. Keys and their order are stable.</remarks>
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
        WriteBody(writer, finding);
        writer.WriteEndObject();
    }

    /// <summary>The keys of one finding, into an object that has more of them.</summary>
    public static void WriteBody(Utf8JsonWriter writer, Finding finding)
    {
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

        WritePlace(writer, finding.Place);
        if (finding.SourceLine is { } source)
        {
            writer.WriteString("sourceLine", source);
        }

        if (finding.Rule.Unless is { } unless)
        {
            writer.WriteString("unless", unless);
        }

        if (finding.Measure is { } measure)
        {
            writer.WriteStartObject("measure");
            writer.WriteNumber("value", Math.Round(measure.Value, 6));
            writer.WriteNumber("limit", Math.Round(measure.Limit, 6));
            writer.WriteString("unit", measure.Unit);
            writer.WriteEndObject();
        }

        if (finding.Patch is { } patch)
        {
            writer.WriteStartObject("patch");
            writer.WriteString("change", patch.Change.ToString().ToLowerInvariant());
            writer.WriteString("path", patch.Path);
            writer.WriteString("yaml", patch.Yaml);
            writer.WriteEndObject();
        }

        if (finding.Evidence.Count > 0)
        {
            writer.WriteStartArray("evidence");
            foreach (var evidence in finding.Evidence.Take(Finding.EvidenceMax))
            {
                writer.WriteStartObject();
                writer.WriteString("text", evidence.Text);
                WritePlace(writer, evidence.Place);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }

    private static void WritePlace(Utf8JsonWriter writer, SourceSpan? at)
    {
        if (at is not { } place)
        {
            return;
        }

        writer.WriteStartObject("place");
        writer.WriteString("file", place.File);
        writer.WriteNumber("line", place.Line);
        writer.WriteNumber("column", place.Column);
        writer.WriteNumber("length", place.Length);
        writer.WriteEndObject();
    }
}
