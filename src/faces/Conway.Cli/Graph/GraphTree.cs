using System.Text;

namespace Conway.Cli;

/// <summary>The system as a tree of text: each service is opened once, and named where it comes again.</summary>
internal static class GraphTree
{
    public static string Render(SystemGraph graph, Ink ink)
    {
        var calls = graph.Edges.Where(e => e.Kind != GraphEdgeKind.Owns).ToLookup(e => e.From, StringComparer.Ordinal);
        var called = graph.Edges.Where(e => e.Kind != GraphEdgeKind.Owns).Select(e => e.To).ToHashSet(StringComparer.Ordinal);
        var opened = new HashSet<string>(StringComparer.Ordinal);
        var text = new StringBuilder();
        text.Append(ink.Strong(graph.System)).Append('\n');

        // Roots first: the gateway, then services that nobody calls; what is left then stands in circles.
        var tops = graph.Nodes.Where(n => n.Kind != GraphNodeKind.Store).ToArray();
        foreach (var node in tops.Where(n => !called.Contains(n.Id)).Concat(tops))
        {
            if (!opened.Contains(node.Id))
            {
                Open(node.Id, "", "", "");
            }
        }

        return text.ToString();

        // A stack of its own: a chain of calls may be as long as the model.
        void Open(string root, string firstLead, string restLead, string label)
        {
            var todo = new Stack<(string Id, string Lead, string Below, string Label)>([(root, firstLead, restLead, label)]);
            while (todo.TryPop(out var at))
            {
                var next = calls[at.Id].ToArray();
                var again = !opened.Add(at.Id) && next.Length > 0;
                text.Append(ink.Dim(at.Lead)).Append(at.Id)
                    .Append(at.Label.Length > 0 ? ink.Dim($"  {at.Label}") : "")
                    .Append(again ? ink.Dim("  (as above)") : "").Append('\n');
                if (again)
                {
                    continue;
                }

                for (var i = next.Length - 1; i >= 0; i--)
                {
                    var last = i == next.Length - 1;
                    todo.Push((next[i].To, at.Below + (last ? "└── " : "├── "), at.Below + (last ? "    " : "│   "), Label(next[i])));
                }
            }
        }
    }

    private static string Label(GraphEdge edge) => edge.Kind == GraphEdgeKind.Route
        ? edge.Label
        : string.Join("  ", new[] { edge.Label.Length > 0 ? $"timeout {edge.Label}" : "no timeout", edge.Required ? "required" : "" }.Where(p => p.Length > 0));
}
