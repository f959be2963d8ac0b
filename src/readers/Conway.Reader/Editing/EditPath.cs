using System.Globalization;
using Conway.Reader.Yaml;

namespace Conway.Reader.Editing;

/// <summary>A model path as steps: <c>gateway.routes[0].to</c> is <c>gateway</c>, <c>routes</c>, <c>[0]</c>, <c>to</c>.</summary>
internal static class EditPath
{
    /// <summary>Null when the text is no path.</summary>
    public static List<string>? Steps(string path)
    {
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.').ToList();
        return steps.Any(s => s.Length == 0 || (s[0] == '[' && Index(s) is null)) ? null : steps;
    }

    public static int? Index(string step) =>
        step.Length > 2 && step[0] == '[' && step[^1] == ']' && int.TryParse(step.AsSpan(1, step.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    /// <summary>The node one step below another; null when there is none.</summary>
    public static Node? Below(Node node, string step) =>
        (node, Index(step)) switch
        {
            (MapNode map, null) => map.Find(step)?.Value,
            (ListNode list, { } index) => index < list.Items.Count ? list.Items[index] : null,
            _ => null,
        };

    /// <summary>The nodes from the root down, as far as the path exists.</summary>
    public static List<Node> Nodes(Node root, IReadOnlyList<string> steps)
    {
        var nodes = new List<Node> { root };
        foreach (var step in steps)
        {
            if (Below(nodes[^1], step) is not { } next)
            {
                break;
            }

            nodes.Add(next);
        }

        return nodes;
    }
}
