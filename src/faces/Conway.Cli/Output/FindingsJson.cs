using Conway.Findings;

namespace Conway.Cli;

/// <summary>Findings for programs; the same object as in the node's API.</summary>
internal static class FindingsJson
{
    public static void Write(IReadOnlyList<Finding> findings, IEnumerable<string> files, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            FindingJson.Write(json, finding);
        }

        json.WriteEndArray();
        json.WriteNumber("errors", findings.Count(f => f.Severity == Severity.Error));
        json.WriteNumber("warnings", findings.Count(f => f.Severity == Severity.Warning));
        json.WriteNumber("infos", findings.Count(f => f.Severity == Severity.Info));
        json.WriteStrings("files", files.Order(StringComparer.Ordinal));
        json.WriteEndObject();
    });
}
