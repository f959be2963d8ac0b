using System.Globalization;
using Conway.Observations;

namespace Conway.Checks.Tests;

/// <summary>Requests written as they nest, made into the spans that their services would send.</summary>
/// <remarks>
/// <code>
/// gateway POST /api/orders x20         twenty traces that begin there
///   orders POST /orders                which call this, two spans a call: the caller's and the callee's
///     catalog GET /products/{id} x12   twelve times one after another
///     payments Pay by grpc in 300ms
///     orders-db INSERT orders by sql   a store answers with no span of its own
///     shipping OrderPlaced by kafka    a message: a producer's and a consumer's span
/// orders GET / loose                   what it calls is not told the trace: attempts of listeners begin one
/// lost catalog                         no span of this service arrives
/// </code></remarks>
internal static class Traffic
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <param name="text">Requests.</param>
    /// <param name="attempts">0: services called each other directly. 1: through listeners, which add a span for each attempt; 2: with one retry each.</param>
    public static ObservedRun Run(string text, int attempts = 0) => new() { Run = "r-test", Spans = Spans(text, attempts) };

    private static List<ObservedSpan> Spans(string text, int attempts)
    {
        var written = text.Split('\n').Where(l => l.Trim().Length > 0).ToArray();
        var lost = written.Where(l => l.StartsWith("lost ", StringComparison.Ordinal)).Select(l => l[5..].Trim()).ToArray();
        var lines = written.Where(l => !l.StartsWith("lost ", StringComparison.Ordinal)).Select(Line.Parse).ToArray();
        var spans = new List<ObservedSpan>();
        var traces = 0;
        for (var i = 0; i < lines.Length; i = End(lines, i))
        {
            for (var n = 0; n < lines[i].Times; n++)
            {
                var trace = (++traces).ToString("x32", CultureInfo.InvariantCulture);
                new Writer(trace, spans, Begin.AddSeconds(traces), attempts).Answer(lines, i, parent: "");
            }
        }

        spans.RemoveAll(s => lost.Contains(s.Service));
        return spans;
    }

    /// <summary>The same without a share of its spans, chosen by a seed.</summary>
    public static ObservedRun Lossy(ObservedRun run, double share, int seed)
    {
        var random = new Random(seed);
        return run with { Spans = [.. run.Spans.Where(_ => random.NextDouble() >= share)] };
    }

    private static int End(Line[] lines, int at)
    {
        var end = at + 1;
        while (end < lines.Length && lines[end].Indent > lines[at].Indent)
        {
            end++;
        }

        return end;
    }

    private sealed class Writer(string trace, List<ObservedSpan> spans, DateTimeOffset clock, int attempts)
    {
        private int _ids;
        private DateTimeOffset _clock = clock;

        public void Answer(Line[] lines, int at, string parent)
        {
            var (line, id, start, place) = (lines[at], Id(), _clock, spans.Count);
            var side = line.IsMessage ? SpanSide.Consumer : SpanSide.Server;
            spans.Add(new ObservedSpan { Trace = trace, Id = id, Parent = parent, Service = line.Service, Side = side, Operation = line.Operation, Protocol = line.Protocol, Start = start });
            _clock += TimeSpan.FromMilliseconds(1);
            for (var i = at + 1; i < End(lines, at); i = End(lines, i))
            {
                for (var n = 0; n < lines[i].Times; n++)
                {
                    Call(lines, i, line.Service, id, line.IsLoose);
                }
            }

            _clock += line.Took;
            spans[place] = spans[place] with { Duration = _clock - start };
        }

        private void Call(Line[] lines, int at, string caller, string parent, bool loose)
        {
            var (line, id, start, place) = (lines[at], Id(), _clock, spans.Count);
            var side = line.IsMessage ? SpanSide.Producer : SpanSide.Client;
            spans.Add(new ObservedSpan
            {
                Trace = trace,
                Id = id,
                Parent = parent,
                Service = caller,
                Side = side,
                Operation = line.Operation,
                Protocol = line.Protocol,
                Peer = line.IsStore ? line.Service : "127.0.0.1",
                Start = start,
            });
            for (var attempt = 0; attempt < attempts && line is { IsStore: false, IsMessage: false } && caller != "gateway"; attempt++)
            {
                var attemptId = Id();
                spans.Add(new ObservedSpan
                {
                    Trace = trace,
                    Id = attemptId,
                    Parent = loose ? "" : id,
                    Service = caller,
                    Side = SpanSide.Client,
                    Operation = line.Operation,
                    Protocol = line.Protocol,
                    Peer = line.Service,
                    Start = _clock,
                    IsAttempt = true,
                    Duration = TimeSpan.FromMilliseconds(1),
                });
                Answer(lines, at, attemptId);
            }

            if (!line.IsStore && (attempts == 0 || line.IsMessage || caller == "gateway"))
            {
                Answer(lines, at, id);
            }

            _clock += TimeSpan.FromMilliseconds(1);
            spans[place] = spans[place] with { Duration = _clock - start };
        }

        private string Id() => (++_ids).ToString("x16", CultureInfo.InvariantCulture);
    }

    private sealed record Line(int Indent, string Service, string Operation, string Protocol, TimeSpan Took, int Times, bool IsLoose)
    {
        public bool IsStore => Protocol is "sql" or "redis";

        public bool IsMessage => Protocol == "kafka";

        public static Line Parse(string text)
        {
            var words = text.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
            var loose = words.Remove("loose");
            var times = words[^1][0] == 'x' && int.TryParse(words[^1][1..], CultureInfo.InvariantCulture, out var n) ? n : 1;
            if (times > 1 || words[^1] == "x1")
            {
                words.RemoveAt(words.Count - 1);
            }

            var took = Take(words, "in") is { } time ? TimeSpan.FromMilliseconds(double.Parse(time.Replace("ms", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)) : TimeSpan.FromMilliseconds(5);
            var protocol = Take(words, "by") ?? "http";
            return new Line(text.Length - text.TrimStart().Length, words[0], string.Join(' ', words.Skip(1)), protocol, took, times, loose);
        }

        private static string? Take(List<string> words, string key)
        {
            if (words.Count < 3 || words[^2] != key)
            {
                return null;
            }

            var value = words[^1];
            words.RemoveRange(words.Count - 2, 2);
            return value;
        }
    }
}
