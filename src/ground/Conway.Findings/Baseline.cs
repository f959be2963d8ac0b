using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Conway.Findings;

/// <summary>Findings that a team knows of and has decided to live with for now, so that only new ones count.</summary>
/// <remarks>
/// <code>
/// {
///   "conway": 1,
///   "findings": [
///     { "fingerprint": "9f86…", "code": "CW2103", "about": "services.orders.calls.catalog", "message": "…" }
///   ]
/// }
/// </code>
/// Only fingerprints count; the rest is for the people who read the file. Sorted, one finding a line, so that two branches merge well. Immutable.</remarks>
public sealed class Baseline
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Baseline(IReadOnlyList<Entry> entries) => Entries = entries;

    /// <summary>The known findings, by code, then what they are about, then fingerprint.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>One known finding.</summary>
    public sealed record Entry(string Fingerprint, string Code, string About, string Message);

    /// <summary>A baseline of all of these.</summary>
    /// <param name="findings">Of one check, in order of reading.</param>
    public static Baseline Of(IReadOnlyList<Finding> findings) => new(Sorted(
        Fingerprint.Of(findings).Zip(findings, static (fingerprint, finding) =>
            new Entry(fingerprint, finding.Code, finding.Subject ?? finding.ModelPath ?? finding.Place?.File ?? "", finding.Message))));

    /// <summary>Reads a baseline; null when the text is none, and <paramref name="problem"/> says why in a clause.</summary>
    public static Baseline? Read(string text, out string problem)
    {
        problem = "";
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("conway", out var version) || !root.TryGetProperty("findings", out var findings) || findings.ValueKind != JsonValueKind.Array)
            {
                problem = "it has no 'conway' and 'findings', which every baseline has";
                return null;
            }

            if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 1)
            {
                problem = $"it is of version {version.GetRawText()}, and this Conway reads version 1";
                return null;
            }

            var entries = new List<Entry>();
            foreach (var (index, item) in findings.EnumerateArray().Index())
            {
                if (Text(item, "fingerprint") is not { Length: > 0 } fingerprint)
                {
                    problem = $"its finding number {index + 1} has no fingerprint";
                    return null;
                }

                entries.Add(new Entry(fingerprint, Text(item, "code") ?? "", Text(item, "about") ?? "", Text(item, "message") ?? ""));
            }

            return new Baseline(Sorted(entries.DistinctBy(e => e.Fingerprint)));
        }
        catch (JsonException e)
        {
            problem = $"it is not JSON (line {e.LineNumber + 1})";
            return null;
        }
    }

    /// <summary>The text of the file, with a final line feed.</summary>
    public string Write()
    {
        var text = new StringBuilder("{\n  \"conway\": 1,\n  \"findings\": [");
        var separator = "\n";
        foreach (var entry in Entries)
        {
            text.Append(separator).Append("    ").Append(Line(entry));
            separator = ",\n";
        }

        return text.Append(Entries.Count == 0 ? "]\n}\n" : "\n  ]\n}\n").ToString();
    }

    /// <summary>Which of these findings are known, and which known ones are gone.</summary>
    /// <param name="findings">Of one check, in order of reading.</param>
    public BaselineComparison Compare(IReadOnlyList<Finding> findings)
    {
        var fingerprints = Fingerprint.Of(findings);
        var known = Entries.Select(e => e.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var here = fingerprints.ToHashSet(StringComparer.Ordinal);
        return new BaselineComparison([.. fingerprints.Select(known.Contains)], [.. Entries.Where(e => !here.Contains(e.Fingerprint))]);
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<Entry> Sorted(IEnumerable<Entry> entries) =>
        [.. entries.OrderBy(e => e.Code, StringComparer.Ordinal).ThenBy(e => e.About, StringComparer.Ordinal).ThenBy(e => e.Fingerprint, StringComparer.Ordinal)];

    private static string Line(Entry entry)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, OneLine))
        {
            writer.WriteStartObject();
            writer.WriteString("fingerprint", entry.Fingerprint);
            writer.WriteString("code", entry.Code);
            writer.WriteString("about", entry.About);
            writer.WriteString("message", entry.Message);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}

/// <summary>Findings beside a baseline.</summary>
/// <param name="IsKnown">For each finding, in their order, whether the baseline has it.</param>
/// <param name="Gone">What the baseline has and was not found any more.</param>
public sealed record BaselineComparison(IReadOnlyList<bool> IsKnown, IReadOnlyList<Baseline.Entry> Gone);
