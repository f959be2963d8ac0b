using System.Text.Json;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>Findings as SARIF 2.1.0 (OASIS, 2020), which code hosts and editors show beside the line.</summary>
/// <remarks>What a rule was missing is a notification of the tool's configuration (3.20.21), so that no viewer takes its silence for health.
/// What the model suppresses is a result with a suppression (3.27.23); what a baseline knows has the state <c>unchanged</c> (3.27.24).</remarks>
internal sealed class FindingsSarif
{
    private readonly Utf8JsonWriter _json;
    private readonly CheckOutcome _outcome;
    private readonly string _prefix;
    private readonly FindingRule[] _rules;

    private FindingsSarif(Utf8JsonWriter json, CheckOutcome outcome, string prefix)
    {
        (_json, _outcome, _prefix) = (json, outcome, prefix);
        _rules = [.. outcome.Findings.Select(f => f.Rule)
            .Concat(outcome.Suppressed.Select(s => s.Finding.Rule)).Concat(outcome.NotEvaluated.Select(n => n.Rule)).Concat(outcome.Evaluated)
            .DistinctBy(r => r.Code).OrderBy(r => r.Code, StringComparer.Ordinal)];
    }

    /// <param name="outcome">What was found.</param>
    /// <param name="prefix">The way from the root of the repository to the system's folder, <c>services/shop/</c>; empty when they are the same.
    /// Code hosts look for files from the root.</param>
    /// <param name="output">Where to.</param>
    public static void Write(CheckOutcome outcome, string prefix, TextWriter output) =>
        JsonOutput.Write(output, json => new FindingsSarif(json, outcome, prefix).WriteLog());

    private void WriteLog()
    {
        _json.WriteStartObject();
        _json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        _json.WriteString("version", "2.1.0");
        _json.WriteStartArray("runs");
        _json.WriteStartObject();
        WriteTool();
        WriteInvocation();
        if (_outcome.Traffic is { } traffic)
        {
            _json.WriteStartObject("properties");
            _json.WriteString("run", traffic.Run);
            _json.WriteNumber("requests", traffic.Requests);
            _json.WriteNumber("coverage", Math.Round(traffic.Coverage, 4));
            _json.WriteNumber("spanLoss", Math.Round(traffic.SpanLoss, 4));
            _json.WriteEndObject();
        }

        _json.WriteString("columnKind", "utf16CodeUnits");
        _json.WriteStartArray("results");
        foreach (var (index, finding) in _outcome.Findings.Index())
        {
            WriteResult(finding, _outcome.Fingerprints[index], _outcome.Baseline is null ? null : _outcome.IsKnown(index) ? "unchanged" : "new", null);
        }

        foreach (var (suppressed, fingerprint) in _outcome.Suppressed.Zip(Fingerprint.Of([.. _outcome.Suppressed.Select(s => s.Finding)])))
        {
            WriteResult(suppressed.Finding, fingerprint, null, suppressed.Reason);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteTool()
    {
        _json.WriteStartObject("tool");
        _json.WriteStartObject("driver");
        _json.WriteString("name", "conway");
        _json.WriteString("version", Product.Version);
        _json.WriteStartArray("rules");
        foreach (var rule in _rules)
        {
            _json.WriteStartObject();
            _json.WriteString("id", rule.Code);
            _json.WriteString("name", string.Concat(rule.Title.Split(' ', '\'', '-').Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..])));
            WriteMessage("shortDescription", rule.Title);
            WriteMessage("fullDescription", rule.Why);
            if (Pages.Read("findings", rule.Code) is { } page)
            {
                _json.WriteStartObject("help");
                _json.WriteString("text", $"{rule.Why} 'conway explain {rule.Code}' tells more.");
                _json.WriteString("markdown", page);
                _json.WriteEndObject();
            }

            _json.WriteStartObject("defaultConfiguration");
            _json.WriteString("level", Level(rule.Severity));
            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteInvocation()
    {
        _json.WriteStartArray("invocations");
        _json.WriteStartObject();
        _json.WriteBoolean("executionSuccessful", true);
        _json.WriteStartArray("toolConfigurationNotifications");
        foreach (var missing in _outcome.NotEvaluated)
        {
            _json.WriteStartObject();
            _json.WriteStartObject("associatedRule");
            _json.WriteString("id", missing.Rule.Code);
            _json.WriteNumber("index", IndexOf(missing.Rule));
            _json.WriteEndObject();
            _json.WriteString("level", "note");
            WriteMessage("message", $"{missing.Rule.Code} {missing.Rule.Title}: {missing}");
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteResult(Finding finding, string fingerprint, string? baselineState, string? suppressedFor)
    {
        _json.WriteStartObject();
        _json.WriteString("ruleId", finding.Code);
        _json.WriteNumber("ruleIndex", IndexOf(finding.Rule));
        _json.WriteString("level", Level(finding.Severity));
        WriteMessage("message", $"{finding.Message} {finding.Mend}");
        if (finding.Place is { } place)
        {
            WriteLocations("locations", [(place, null)]);
        }

        if (finding.Evidence.Where(e => e.Place is not null).Select(e => (e.Place!.Value, (string?)e.Text)).ToArray() is { Length: > 0 } seen)
        {
            WriteLocations("relatedLocations", seen);
        }

        _json.WriteStartObject("partialFingerprints");
        _json.WriteString(Fingerprint.Scheme, fingerprint);
        _json.WriteEndObject();
        if (baselineState is not null)
        {
            _json.WriteString("baselineState", baselineState);
        }

        if (suppressedFor is not null)
        {
            _json.WriteStartArray("suppressions");
            _json.WriteStartObject();
            _json.WriteString("kind", "inSource");
            _json.WriteString("justification", suppressedFor);
            _json.WriteEndObject();
            _json.WriteEndArray();
        }

        WriteProperties(finding);
        _json.WriteEndObject();
    }

    private void WriteProperties(Finding finding)
    {
        _json.WriteStartObject("properties");
        if (finding.ModelPath is { } path)
        {
            _json.WriteString("modelPath", path);
        }

        if (finding.Measure is { } measure)
        {
            _json.WriteNumber("measured", Math.Round(measure.Value, 6));
            _json.WriteNumber("limit", Math.Round(measure.Limit, 6));
            _json.WriteString("unit", measure.Unit);
        }

        if (finding.Evidence.Count > 0)
        {
            _json.WriteStrings("evidence", finding.Evidence.Take(Finding.EvidenceMax).Select(e => e.Text));
        }

        _json.WriteEndObject();
    }

    private void WriteLocations(string name, IReadOnlyList<(SourceSpan Place, string? Text)> places)
    {
        _json.WriteStartArray(name);
        foreach (var (place, text) in places)
        {
            _json.WriteStartObject();
            _json.WriteStartObject("physicalLocation");
            _json.WriteStartObject("artifactLocation");
            _json.WriteString("uri", string.Join('/', (_prefix + place.File).Split('/').Select(Uri.EscapeDataString)));
            _json.WriteEndObject();
            _json.WriteStartObject("region");
            _json.WriteNumber("startLine", place.Line);
            _json.WriteNumber("startColumn", place.Column);
            _json.WriteNumber("endColumn", place.Column + place.Length);
            _json.WriteEndObject();
            _json.WriteEndObject();
            if (text is not null)
            {
                WriteMessage("message", text);
            }

            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteMessage(string name, string text)
    {
        _json.WriteStartObject(name);
        _json.WriteString("text", text);
        _json.WriteEndObject();
    }

    private int IndexOf(FindingRule rule) => Array.FindIndex(_rules, r => r.Code == rule.Code);

    private static string Level(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" };
}
