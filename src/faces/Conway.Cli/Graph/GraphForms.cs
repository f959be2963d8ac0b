using System.Text;

namespace Conway.Cli;

/// <summary>The system for drawing programs.</summary>
internal static class GraphForms
{
    /// <summary>A Mermaid flow chart, as code hosts draw it.</summary>
    public static string Mermaid(SystemGraph graph)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var node in graph.Nodes)
        {
            text.Append("  ").Append(Id(node.Id)).Append(node.Kind switch
            {
                GraphNodeKind.Gateway => $"([{node.Name}])",
                GraphNodeKind.Store => $"[(\"{node.Name}\")]",
                _ => $"[\"{node.Name}\"]",
            }).Append('\n');
        }

        foreach (var edge in graph.Edges)
        {
            var arrow = edge.Kind == GraphEdgeKind.Owns ? " --- "
                : edge.Label.Length == 0 ? edge.Required ? " ==> " : " --> "
                : edge.Required ? $" == \"{Quoted(edge.Label)}\" ==> " : $" -- \"{Quoted(edge.Label)}\" --> ";
            text.Append("  ").Append(Id(edge.From)).Append(arrow).Append(Id(edge.To)).Append('\n');
        }

        return text.ToString();

        // `end` closes a block in Mermaid and cannot be an id; `s.` cannot be the start of a service's name.
        static string Id(string id) => id is "end" or "graph" or "flowchart" or "subgraph" or "style" or "class" or "click" or "default" ? $"s.{id}" : id;
        static string Quoted(string label) => label.Replace("\"", "#quot;", StringComparison.Ordinal);
    }

    /// <summary>A Graphviz graph.</summary>
    public static string Dot(SystemGraph graph)
    {
        var text = new StringBuilder($"digraph {Quoted(graph.System)} {{\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
        foreach (var node in graph.Nodes)
        {
            var shape = node.Kind switch { GraphNodeKind.Gateway => "oval", GraphNodeKind.Store => "cylinder", _ => "box" };
            text.Append($"  {Quoted(node.Id)} [label={Quoted(node.Name)}, shape={shape}];\n");
        }

        foreach (var edge in graph.Edges)
        {
            var style = edge.Kind == GraphEdgeKind.Owns ? ", dir=none" : edge.Required ? ", style=bold" : "";
            text.Append($"  {Quoted(edge.From)} -> {Quoted(edge.To)} [label={Quoted(edge.Label)}{style}];\n");
        }

        return text.Append("}\n").ToString();

        static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    public static void Json(SystemGraph graph, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("system", graph.System);
        json.WriteObjects("nodes", graph.Nodes, node =>
        {
            json.WriteString("id", node.Id);
            json.WriteString("kind", node.Kind.ToString().ToLowerInvariant());
            json.WriteString("name", node.Name);
            json.WriteString("context", node.Context);
            json.WriteString("team", node.Team);
        });
        json.WriteObjects("edges", graph.Edges, edge =>
        {
            json.WriteString("from", edge.From);
            json.WriteString("to", edge.To);
            json.WriteString("kind", edge.Kind.ToString().ToLowerInvariant());
            json.WriteString("label", edge.Label);
            json.WriteBoolean("required", edge.Required);
        });
        json.WriteEndObject();
    });
}
