namespace Conway.CodeFacts.Traces;

/// <summary>Routes of entry points by segment: finds the one that a path or a template of a span means.</summary>
/// <remarks>As routing does it: a literal goes before a parameter, a parameter before the rest of a path. Case does not count.</remarks>
internal sealed class RouteTree
{
    private const string Any = "{}";
    private const string Rest = "{*}";

    /// <summary>A path with more segments is no route of people.</summary>
    private const int SegmentsMax = 64;

    private readonly Node _root = new();

    /// <summary>Puts a use case at a template: <c>/orders/{id:int}</c>, <c>/pages/{*path}</c>, <c>/report/{year?}</c>.</summary>
    /// <param name="method">In upper case; <c>*</c> for any.</param>
    public void Add(string template, string method, int useCase)
    {
        var node = _root;
        foreach (var segment in Segments(template))
        {
            if (IsOptional(segment))
            {
                node.Put(method, useCase);
            }

            var step = Step(segment);
            node = node.Below.TryGetValue(step, out var below) ? below : node.Below[step] = new Node();
            if (step == Rest)
            {
                break;
            }
        }

        node.Put(method, useCase);
    }

    /// <summary>Use cases at exactly this template; empty when there are none.</summary>
    public int[] AtTemplate(string template, string method)
    {
        var node = _root;
        foreach (var segment in Segments(template))
        {
            if (!node.Below.TryGetValue(Step(segment), out node!))
            {
                return [];
            }
        }

        return node.At(method);
    }

    /// <summary>Use cases that answer a path; empty when there are none.</summary>
    public int[] AtPath(string path, string method)
    {
        var segments = Segments(path);
        return segments.Length > SegmentsMax ? [] : Find(_root, segments, method);
    }

    private static int[] Find(Node node, ReadOnlySpan<string> segments, string method)
    {
        if (segments.IsEmpty)
        {
            return node.At(method) is { Length: > 0 } here ? here : node.Below.TryGetValue(Rest, out var empty) ? empty.At(method) : [];
        }

        // Two ways at each segment at most: what is tried is bounded by the templates that there are.
        if (node.Below.TryGetValue(segments[0].ToLowerInvariant(), out var literal) && Find(literal, segments[1..], method) is { Length: > 0 } byName)
        {
            return byName;
        }

        if (node.Below.TryGetValue(Any, out var any) && Find(any, segments[1..], method) is { Length: > 0 } byParameter)
        {
            return byParameter;
        }

        return node.Below.TryGetValue(Rest, out var rest) ? rest.At(method) : [];
    }

    private static string[] Segments(string route) => route.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsOptional(string segment) => segment.EndsWith("?}", StringComparison.Ordinal) || (segment.StartsWith('{') && segment.Contains('='));

    private static string Step(string segment) =>
        segment.StartsWith("{*", StringComparison.Ordinal) ? Rest
        : segment.Contains('{') ? Any
        : segment.ToLowerInvariant();

    private sealed class Node
    {
        private readonly Dictionary<string, List<int>> _here = new(StringComparer.Ordinal);

        public Dictionary<string, Node> Below { get; } = new(StringComparer.Ordinal);

        public void Put(string method, int useCase)
        {
            var list = _here.TryGetValue(method, out var known) ? known : _here[method] = [];
            if (!list.Contains(useCase))
            {
                list.Add(useCase);
            }
        }

        /// <summary>What answers a method; who answers GET answers HEAD.</summary>
        public int[] At(string method) =>
            _here.TryGetValue(method, out var exact) ? [.. exact]
            : method == "HEAD" && _here.TryGetValue("GET", out var get) ? [.. get]
            : _here.TryGetValue("*", out var any) ? [.. any]
            : [];
    }
}
