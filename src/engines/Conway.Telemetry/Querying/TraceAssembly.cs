namespace Conway.Telemetry.Querying;

/// <summary>Puts the spans and logs of one trace in order. Pure.</summary>
internal static class TraceAssembly
{
    public static TraceView Assemble(TraceId id, IReadOnlyList<Span> received, IReadOnlyList<LogEntry> logs, bool isCut)
    {
        // A span that was sent twice, after a lost answer, counts once.
        var spans = received.DistinctBy(span => span.Id).OrderBy(span => span.Start).ThenBy(span => span.Id.Value).ToList();
        var known = spans.Select(span => span.Id).ToHashSet();
        var children = spans.Where(span => known.Contains(span.Parent) && span.Parent != span.Id).ToLookup(span => span.Parent);
        var roots = spans.Where(span => !known.Contains(span.Parent) || span.Parent == span.Id).ToList();
        var logsOf = logs.ToLookup(log => known.Contains(log.Span) ? log.Span : default);
        var ordered = Order(spans, roots, children, logsOf);
        var start = spans[0].Start;
        var main = roots.Count == 0 ? spans[0] : roots.MaxBy(root => root.Duration)!;
        return new TraceView
        {
            Id = id,
            Start = start,
            Duration = spans.Max(span => span.End) - start,
            Spans = ordered,
            OtherLogs = [.. logsOf[default].OrderBy(log => log.At)],
            CriticalPath = CriticalPath.Of(main, children),
            MissingParents = [.. spans.Where(span => !span.Parent.IsNone && !known.Contains(span.Parent)).Select(span => span.Parent).Distinct()],
            IsCut = isCut,
        };
    }

    private static List<TraceSpan> Order(List<Span> spans, List<Span> roots, ILookup<SpanId, Span> children, ILookup<SpanId, LogEntry> logsOf)
    {
        var ordered = new List<TraceSpan>(spans.Count);
        var placed = new HashSet<SpanId>();
        var todo = new Stack<(Span Span, int Depth)>();
        Place(roots);

        // Spans that are each other's parents hang on no root; show them all the same.
        foreach (var span in spans)
        {
            if (!placed.Contains(span.Id))
            {
                Place([span]);
            }
        }

        return ordered;

        void Place(List<Span> from)
        {
            for (var index = from.Count - 1; index >= 0; index--)
            {
                todo.Push((from[index], 0));
            }

            while (todo.TryPop(out var at))
            {
                if (!placed.Add(at.Span.Id))
                {
                    continue;
                }

                ordered.Add(new(at.Span, at.Depth, SelfTime(at.Span, children[at.Span.Id]), [.. logsOf[at.Span.Id].OrderBy(log => log.At)]));
                foreach (var child in children[at.Span.Id].Reverse())
                {
                    todo.Push((child, at.Depth + 1));
                }
            }
        }
    }

    // The span's time that no child covers; children that ran side by side cover a moment once.
    private static TimeSpan SelfTime(Span span, IEnumerable<Span> children)
    {
        var (covered, reached) = (TimeSpan.Zero, span.Start);
        foreach (var child in children)
        {
            var from = child.Start > reached ? child.Start : reached;
            var until = child.End < span.End ? child.End : span.End;
            if (until > from)
            {
                covered += until - from;
                reached = until;
            }
        }

        return span.Duration - covered;
    }
}
