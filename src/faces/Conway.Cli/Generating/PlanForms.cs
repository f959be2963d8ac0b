using System.Globalization;
using Conway.Artifacts;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>A plan of an environment as text and as JSON.</summary>
internal static class PlanForms
{
    private const string Nothing = "nothing";

    public static void Text(EnvironmentPlan plan, IReadOnlyList<Finding> findings, string system, string? environment, Terminal terminal)
    {
        var (output, ink) = (terminal.Output, terminal.Ink);
        output.Write($"{ink.Strong(environment is null ? system : $"{system} in {environment}")}\n\n");
        var parts = new TextTable("PART", "THERE", "IN A RUN", "FOR");
        foreach (var part in plan.Parts)
        {
            parts.AddPainted(part.There is null ? ink.Odd : null, part.Part, part.There ?? Nothing, part.Here ?? Nothing, part.For);
        }

        output.Write(parts.Render(terminal.Width(), ink));
        if (plan.Needs.Count > 0)
        {
            var needs = new TextTable("MUST BE THERE", "NAME", "WHAT OF IT", "FOR");
            foreach (var need in plan.Needs)
            {
                needs.Add(need.Kind, need.Name, string.Join(", ", need.Keys), string.Join(", ", need.For));
            }

            output.Write('\n');
            output.Write(needs.Render(terminal.Width(), ink));
        }

        output.Write('\n');
        output.Write(Sizes(plan).Render(terminal.Width(), ink));
        if (findings.Count > 0)
        {
            output.Write('\n');
            foreach (var text in FindingsReport.Lines(findings, terminal))
            {
                output.Write(text);
                output.Write('\n');
            }
        }

        var missing = findings.Count(finding => finding.Severity == Severity.Error);
        terminal.Note(missing > 0 ? $"{missing} {(missing == 1 ? "thing is" : "things are")} missing; until then nothing can be generated."
            : $"nothing is missing: 'conway generate all{(environment is null ? "" : $" -e {environment}")}' writes it.");
    }

    public static void Json(EnvironmentPlan plan, IReadOnlyList<Finding> findings, string? environment, Terminal terminal) => JsonOutput.Write(terminal.Output, json =>
    {
        json.WriteStartObject();
        json.WriteString("environment", environment);
        json.WriteString("namespace", plan.Namespace);
        json.WriteObjects("parts", plan.Parts, part =>
        {
            json.WriteString("part", part.Part);
            json.WriteString("there", part.There);
            json.WriteString("run", part.Here);
            json.WriteString("for", part.For);
            json.WriteString("path", part.Path);
        });
        json.WriteObjects("needs", plan.Needs, need =>
        {
            json.WriteString("kind", need.Kind);
            json.WriteString("name", need.Name);
            json.WriteStrings("keys", need.Keys);
            json.WriteStrings("for", need.For);
            json.WriteString("path", need.Path);
        });
        json.WriteObjects("sizes", plan.Sizes, size =>
        {
            json.WriteString("name", size.Name);
            json.WriteString("kind", size.Kind);
            json.WriteNumber("least", size.Least);
            json.WriteNumber("most", size.Most);
            json.WriteNumber("cpuMillis", size.Cpu);
            json.WriteNumber("memoryMiB", size.Memory);
            json.WriteString("path", size.Path);
        });
        json.WriteObjects("findings", findings, finding => FindingJson.WriteBody(json, finding));
        json.WriteEndObject();
    });

    private static TextTable Sizes(EnvironmentPlan plan)
    {
        var table = new TextTable("WORKLOAD", "KIND", "REPLICAS", "CPU", "MEMORY", "CPU OF ALL", "MEMORY OF ALL");
        foreach (var size in plan.Sizes)
        {
            table.Add(size.Name, size.Kind, Span(size.Least, size.Most, Number), Cpu(size.Cpu), Memory(size.Memory), Span((long)size.Least * size.Cpu, (long)size.Most * size.Cpu, Cpu), Span((long)size.Least * size.Memory, (long)size.Most * size.Memory, Much));
        }

        long Sum(Func<WorkloadSize, long> value) => plan.Sizes.Sum(value);
        table.Add("all", "", Span(Sum(size => size.Least), Sum(size => size.Most), Number), "", "", Span(Sum(size => (long)size.Least * size.Cpu), Sum(size => (long)size.Most * size.Cpu), Cpu), Span(Sum(size => (long)size.Least * size.Memory), Sum(size => (long)size.Most * size.Memory), Much));
        return table;
    }

    private static string Span(long least, long most, Func<long, string> text) => least == most ? text(least) : $"{text(least).Split(' ')[0]} to {text(most)}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Processors.</summary>
    private static string Cpu(long millis) => (millis / 1000.0).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Memory(long mebibytes) => $"{Number(mebibytes)} MiB";

    private static string Much(long mebibytes) => $"{(mebibytes / 1024.0).ToString("0.##", CultureInfo.InvariantCulture)} GiB";
}
