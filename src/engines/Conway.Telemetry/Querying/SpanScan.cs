using Conway.Telemetry.Blocks;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Querying;

/// <summary>Reads the newest spans of a run, whatever trace they are of.</summary>
internal static class SpanScan
{
    public static SpanPage Read(IBlockSource source, int spansMax, CancellationToken cancelled)
    {
        var spans = new List<Span>();
        var seen = new HashSet<(TraceId, SpanId)>();
        using var scan = new BlockScan(source, Signal.Traces, static _ => true);
        foreach (var part in scan.Parts.OrderByDescending(part => part.TimeMax))
        {
            cancelled.ThrowIfCancellationRequested();
            if (spans.Count >= spansMax)
            {
                return new SpanPage(spans, IsCut: true);
            }

            if (scan.Open(part) is not { } block)
            {
                continue;
            }

            // A block is read whole, so that no service loses half of a second: the bound may be passed by one block.
            var texts = new RecordTexts(block);
            foreach (var record in block)
            {
                if (seen.Add((RecordHeader.Trace(record), RecordHeader.Span(record))))
                {
                    spans.Add(texts.Span(record));
                }
            }
        }

        return new SpanPage(spans, IsCut: false);
    }
}
