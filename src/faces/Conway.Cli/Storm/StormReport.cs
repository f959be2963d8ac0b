using Conway.Reader;
using Conway.Storming;

namespace Conway.Cli;

/// <summary>A proposal of a board in the forms of <c>conway storm</c>.</summary>
internal static class StormReport
{
    /// <summary>The model as YAML, with the open questions above it.</summary>
    public static string Yaml(StormProposal proposal, string board)
    {
        var text = new System.Text.StringBuilder();
        text.Append($"# Proposed by 'conway storm' from {SafeText.OneLine(board)}. Nothing of it is built yet: commands are where each service's program is expected.\n");
        foreach (var hotspot in proposal.Hotspots)
        {
            text.Append($"# Open: {SafeText.OneLine(hotspot.Question)}{(hotspot.Beside.Length > 0 ? $" (beside '{SafeText.OneLine(hotspot.Beside)}')" : "")}\n");
        }

        return text.Append(DocumentWriter.Write(proposal.Model)).ToString();
    }

    public static void Text(StormProposal proposal, Terminal terminal)
    {
        var (output, ink, width) = (terminal.Output, terminal.Ink, terminal.Width());
        void Line(string text, int hanging)
        {
            foreach (var line in width is { } columns ? TextColumns.Wrapped(text, columns, hanging) : [text.TrimEnd()])
            {
                output.Write(line + "\n");
            }
        }

        foreach (var context in proposal.Contexts)
        {
            Line($"{ink.Strong(context.Name)}  {ink.Dim(context.IsDrawn ? "drawn on the board" : "proposed")}", 2);
            foreach (var aggregate in proposal.Aggregates.Where(a => context.Aggregates.Contains(a.Name)))
            {
                Line($"  {SafeText.OneLine(aggregate.Name)}", 4);
                Listed("takes", aggregate.Commands);
                Listed("tells", aggregate.Events);
            }

            foreach (var because in context.Because)
            {
                Line($"  {ink.Dim("since")}  {SafeText.OneLine(because)}", 9);
            }

            foreach (var flow in proposal.Flows.Where(f => f.To == context.Name))
            {
                Line($"  {ink.Dim("hears")}  {SafeText.OneLine(flow.Event)} of {flow.From}, for '{SafeText.OneLine(flow.By)}'", 9);
            }

            Line("", 0);
        }

        Block("open questions", proposal.Hotspots.Select(h => h.Beside.Length > 0 ? $"{h.Question} (beside '{h.Beside}')" : h.Question));
        Block("doubts", proposal.Doubts);
        Line($"{CutText.Count(proposal.Aggregates.Count, "aggregate")} in {CutText.Count(proposal.Contexts.Count, "context")}, {CutText.Count(proposal.Flows.Count, "event")} between them, {CutText.Count(proposal.Hotspots.Count, "question")} open.", 2);

        void Listed(string label, IReadOnlyList<string> words)
        {
            if (words.Count > 0)
            {
                Line($"    {ink.Dim(label)}  {SafeText.OneLine(string.Join(", ", words))}", 11);
            }
        }

        void Block(string title, IEnumerable<string> lines)
        {
            var all = lines.ToArray();
            if (all.Length > 0)
            {
                Line(ink.Strong(title), 2);
                foreach (var line in all)
                {
                    Line($"  {SafeText.OneLine(line)}", 4);
                }

                Line("", 0);
            }
        }
    }

    public static void Json(StormProposal proposal, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("system", proposal.Model.System);
        json.WriteObjects("aggregates", proposal.Aggregates, aggregate =>
        {
            json.WriteString("name", aggregate.Name);
            json.WriteStrings("commands", aggregate.Commands);
            json.WriteStrings("events", aggregate.Events);
            json.WriteBoolean("guessed", aggregate.IsGuessed);
        });
        json.WriteObjects("contexts", proposal.Contexts, context =>
        {
            json.WriteString("name", context.Name);
            json.WriteStrings("aggregates", context.Aggregates);
            json.WriteStrings("because", context.Because);
            json.WriteBoolean("drawn", context.IsDrawn);
        });
        json.WriteObjects("flows", proposal.Flows, flow =>
        {
            json.WriteString("event", flow.Event);
            json.WriteString("from", flow.From);
            json.WriteString("to", flow.To);
            json.WriteString("by", flow.By);
        });
        json.WriteObjects("hotspots", proposal.Hotspots, hotspot =>
        {
            json.WriteString("question", hotspot.Question);
            json.WriteString("beside", hotspot.Beside);
        });
        json.WriteStrings("doubts", proposal.Doubts);
        json.WriteEndObject();
    });
}
