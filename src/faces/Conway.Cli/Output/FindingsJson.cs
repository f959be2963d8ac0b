using System.Text.Json;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>Findings for programs; the same object as in the node's API, and its fingerprint.</summary>
internal static class FindingsJson
{
    public static void Write(CheckOutcome outcome, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("findings");
        foreach (var (finding, fingerprint) in outcome.New)
        {
            json.WriteStartObject();
            FindingJson.WriteBody(json, finding);
            json.WriteString("fingerprint", fingerprint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("errors", outcome.CountOf(Severity.Error));
        json.WriteNumber("warnings", outcome.CountOf(Severity.Warning));
        json.WriteNumber("infos", outcome.CountOf(Severity.Info));
        WriteRules(json, "notEvaluated", outcome.NotEvaluated);
        WriteRules(json, "inPart", outcome.InPart);
        WriteUnread(json, outcome);
        WriteSuppressed(json, outcome);
        WriteBoundaries(json, outcome);
        if (outcome.Traffic is { } traffic)
        {
            json.WriteStartObject("traffic");
            json.WriteString("run", traffic.Run);
            json.WriteString("from", traffic.From);
            json.WriteString("until", traffic.Until);
            json.WriteNumber("requests", traffic.Requests);
            json.WriteNumber("coverage", Math.Round(traffic.Coverage, 4));
            json.WriteNumber("spanLoss", Math.Round(traffic.SpanLoss, 4));
            json.WriteBoolean("isCut", traffic.IsCut);
            json.WriteEndObject();
        }

        if (outcome.Baseline is { } baseline)
        {
            WriteBaseline(json, outcome, baseline);
        }

        json.WriteStrings("files", outcome.Files);
        json.WriteEndObject();
    });

    private static void WriteRules(Utf8JsonWriter json, string name, IReadOnlyList<NotEvaluated> rules)
    {
        json.WriteStartArray(name);
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("code", rule.Rule.Code);
            json.WriteString("title", rule.Rule.Title);
            json.WriteStrings("needs", rule.Needs);
            if (rule.Detail is { } detail)
            {
                json.WriteString("detail", detail);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteUnread(Utf8JsonWriter json, CheckOutcome outcome)
    {
        json.WriteStartArray("unread");
        foreach (var unread in outcome.Unread)
        {
            json.WriteStartObject();
            json.WriteString("file", unread.File);
            json.WriteString("why", unread.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBoundaries(Utf8JsonWriter json, CheckOutcome outcome)
    {
        json.WriteStartArray("boundaries");
        foreach (var boundary in outcome.Boundaries)
        {
            json.WriteStartObject();
            json.WriteString("service", boundary.Service);
            WriteShare(json, "score", boundary.Score);
            foreach (var part in boundary.Parts)
            {
                WriteShare(json, part.Name, part.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteShare(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } share)
        {
            json.WriteNumber(name, Math.Round(share, 4));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteSuppressed(Utf8JsonWriter json, CheckOutcome outcome)
    {
        json.WriteStartArray("suppressed");
        foreach (var suppressed in outcome.Suppressed)
        {
            json.WriteStartObject();
            json.WriteString("code", suppressed.Finding.Code);
            json.WriteString("message", suppressed.Finding.Message);
            json.WriteString("modelPath", suppressed.Finding.ModelPath);
            json.WriteString("reason", suppressed.Reason);
            json.WriteString("until", suppressed.Until?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBaseline(Utf8JsonWriter json, CheckOutcome outcome, BaselineComparison baseline)
    {
        json.WriteStartObject("baseline");
        json.WriteNumber("known", outcome.KnownCount);
        json.WriteStartArray("gone");
        foreach (var gone in baseline.Gone)
        {
            json.WriteStartObject();
            json.WriteString("fingerprint", gone.Fingerprint);
            json.WriteString("code", gone.Code);
            json.WriteString("about", gone.About);
            json.WriteString("message", gone.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
