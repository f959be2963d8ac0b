namespace Conway.Telemetry.Querying;

/// <summary>Which stretches of which spans made a trace as long as it is.</summary>
/// <remarks>Walks back from the end of the root. Of the children that ended before the present point the one that ended last held its parent up: the time
/// between its end and the point is the parent's own; then the same within the child; then on from the child's start. Children that ran beside it
/// did not matter. A child that outlives its parent counts up to the parent's end. The stretches add up to the root's duration.</remarks>
internal static class CriticalPath
{
    public static List<CriticalStretch> Of(Span root, ILookup<SpanId, Span> children)
    {
        var stretches = new List<CriticalStretch>();
        // An explicit stack: a chain of a hundred thousand spans must not exhaust ours. Each entry is a span and the time before which it is still to be told.
        var todo = new Stack<(Span Span, DateTimeOffset Until, Queue<Span> Children)>();
        todo.Push((root, root.End, ByEnd(root, children)));
        var seen = new HashSet<SpanId> { root.Id };
        while (todo.TryPop(out var at))
        {
            var (span, until, left) = at;
            Span? last = null;
            while (last is null && left.TryDequeue(out var child))
            {
                last = child.Start < until && child.End > span.Start && seen.Add(child.Id) ? child : null;
            }

            if (last is null)
            {
                Add(stretches, span, span.Start, until);
                continue;
            }

            var end = last.End < until ? last.End : until;
            Add(stretches, span, end, until);
            var start = last.Start > span.Start ? last.Start : span.Start;
            todo.Push((span, start, left));
            todo.Push((last with { Start = start, Duration = end - start }, end, ByEnd(last, children)));
        }

        stretches.Reverse();
        return stretches;
    }

    private static Queue<Span> ByEnd(Span span, ILookup<SpanId, Span> children) => new(children[span.Id].OrderByDescending(child => child.End).ThenBy(child => child.Start));

    private static void Add(List<CriticalStretch> stretches, Span span, DateTimeOffset from, DateTimeOffset until)
    {
        if (until > from)
        {
            stretches.Add(new(span.Id, from, until - from));
        }
    }
}
