using Conway.Telemetry.Blocks;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Querying;

/// <summary>Finds all there is of one trace. The filters of the blocks say where it may lie.</summary>
internal static class TraceLookup
{
    /// <summary>Spans read of one trace, and logs of it; more are cut and the view says so.</summary>
    public const int RecordsMax = 100_000;

    public static TraceView? Find(IBlockSource source, TraceId id, CancellationToken cancelled)
    {
        var spans = Read(source, Signal.Traces, id, static (texts, record) => texts.Span(record), cancelled);
        if (spans.Count == 0)
        {
            return null;
        }

        var logs = Read(source, Signal.Logs, id, static (texts, record) => texts.Log(record), cancelled);
        return TraceAssembly.Assemble(id, spans, logs, spans.Count >= RecordsMax || logs.Count >= RecordsMax);
    }

    private delegate T Make<out T>(RecordTexts texts, ReadOnlySpan<byte> record);

    private static List<T> Read<T>(IBlockSource source, Signal signal, TraceId id, Make<T> make, CancellationToken cancelled)
    {
        var found = new List<T>();
        using var scan = new BlockScan(source, signal, static _ => true);
        var hash = TraceFilter.HashOf(id);
        foreach (var part in scan.Parts)
        {
            cancelled.ThrowIfCancellationRequested();
            if (!part.Traces.MayHold(hash) || scan.Open(part) is not { } block)
            {
                continue;
            }

            var texts = new RecordTexts(block);
            foreach (var record in block)
            {
                if (RecordHeader.Trace(record) == id && found.Count < RecordsMax)
                {
                    found.Add(make(texts, record));
                }
            }
        }

        return found;
    }
}
