using System.Text.Json;
using Conway.Findings;
using Conway.Migration.Linting;

namespace Conway.Cli;

/// <summary><c>conway migrate lint</c>: what a plan must hold before anybody follows it.</summary>
internal static class PlanLint
{
    // Larger files are no plans.
    private const long BytesMax = 64 << 20;

    /// <param name="given">The file, or a folder with one; null for this folder.</param>
    /// <param name="form"><c>text</c> or <c>json</c>.</param>
    public static ExitCode Run(string? given, string form, Terminal terminal)
    {
        var path = Path.GetFullPath(given ?? ".", terminal.CurrentFolder);
        if (Directory.Exists(path))
        {
            path = Path.Combine(path, PlanFile.Name);
        }

        try
        {
            if (!File.Exists(path))
            {
                return terminal.Refuse(ExitCode.Usage, $"there is no plan '{GeneratedFiles.Shown(path, terminal.CurrentFolder)}'. 'conway migrate plan --out migration' makes one.");
            }

            if (new FileInfo(path).Length > BytesMax)
            {
                return terminal.Refuse(ExitCode.Usage, $"'{GeneratedFiles.Shown(path, terminal.CurrentFolder)}' is larger than 64 MiB, which no plan is.");
            }

            var read = PlanFile.Read(GeneratedFiles.Shown(path, terminal.CurrentFolder), File.ReadAllBytes(path));
            var isRead = read.Findings.All(f => f.Severity != Severity.Error);
            var findings = isRead ? read.Map.Place(read.Findings.Concat(PlanLints.Of(read.Value))) : read.Findings;
            Tell(findings, form, terminal);
            return !isRead ? ExitCode.ModelInvalid : findings.Any(f => f.Severity == Severity.Error) ? ExitCode.Findings : ExitCode.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, $"'{GeneratedFiles.Shown(path, terminal.CurrentFolder)}' could not be read: {e.Message.TrimEnd('.')}.");
        }
    }

    private static void Tell(IReadOnlyList<Finding> findings, string form, Terminal terminal)
    {
        var errors = findings.Count(f => f.Severity == Severity.Error);
        if (form == "json")
        {
            JsonOutput.Write(terminal.Output, json => Write(json, findings, errors));
            return;
        }

        foreach (var line in FindingsReport.Lines(findings, terminal))
        {
            terminal.Output.Write($"{line}\n");
        }

        var counts = $"{CutText.Count(errors, "error")}, {CutText.Count(findings.Count - errors, "warning")} in the plan.";
        terminal.Output.Write($"{(errors > 0 ? terminal.Ink.Bad(counts) : counts)}\n");
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Finding> findings, int errors)
    {
        json.WriteStartObject();
        json.WriteObjects("findings", findings, finding => FindingJson.WriteBody(json, finding));
        json.WriteNumber("errors", errors);
        json.WriteEndObject();
    }
}
