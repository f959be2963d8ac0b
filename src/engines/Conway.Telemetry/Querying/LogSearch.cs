using Conway.Telemetry.Blocks;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Querying;

/// <summary>Finds logs, newest first, reading no further back than the page needs.</summary>
internal static class LogSearch
{
    /// <summary>Raw bytes one search reads at most before it gives what it has.</summary>
    public const long BytesMax = 2L * 1024 * 1024 * 1024;

    public static LogPage Search(IBlockSource source, TelemetryQuery query, PageRequest page, ulong now, CancellationToken cancelled)
    {
        var limit = Math.Clamp(page.Limit, 1, PageRequest.LimitMax);
        var cursor = PageCursor.Parse(page.After);
        var filter = new RecordFilter(query, Signal.Logs, now);
        using var scan = new BlockScan(source, Signal.Logs, filter.WantsService);
        var best = new SortedSet<Hit>();
        var room = limit + cursor.Shown + 1;
        var complete = true;
        foreach (var (part, order) in scan.Parts.Select((part, order) => (part, order)).OrderByDescending(item => item.part.TimeMax))
        {
            cancelled.ThrowIfCancellationRequested();
            if (best.Count >= room && part.TimeMax < best.Max.Time || part.TimeMax < filter.From)
            {
                break;
            }

            if (scan.BytesRead > BytesMax)
            {
                complete = false;
                break;
            }

            if (part.TimeMin > Math.Min(filter.Until, cursor.Time) || filter.Trace is { } trace && !part.Traces.MayHold(trace) || scan.Open(part) is not { } block)
            {
                continue;
            }

            var texts = new RecordTexts(block);
            filter.Prepare(block, texts);
            Collect(block, texts, filter, cursor.Time, order, room, best);
        }

        return Page(best, cursor, limit, complete, scan.RecordsRead);
    }

    private static void Collect(OpenBlock block, RecordTexts texts, RecordFilter filter, ulong until, int order, int room, SortedSet<Hit> best)
    {
        var index = 0;
        foreach (var record in block)
        {
            var hit = new Hit(RecordHeader.Time(record), block.Service, order, index++, null);
            if (hit.Time > until || best.Count >= room && best.Max.CompareTo(hit) < 0 || !filter.Wants(record))
            {
                continue;
            }

            best.Add(hit with { Entry = texts.Log(record) });
            if (best.Count > room)
            {
                best.Remove(best.Max);
            }
        }
    }

    private static LogPage Page(SortedSet<Hit> best, PageCursor cursor, int limit, bool complete, long scanned)
    {
        // Those of the cursor's very time that were shown come first again.
        var fresh = best.SkipWhile((hit, index) => hit.Time == cursor.Time && index < cursor.Shown).ToList();
        if (fresh.Count <= limit)
        {
            return new([.. fresh.Select(hit => hit.Entry!)], null, complete, scanned);
        }

        var shown = fresh.Take(limit).ToList();
        var last = shown[^1].Time;
        var next = new PageCursor(last, shown.Count(hit => hit.Time == last) + (last == cursor.Time ? cursor.Shown : 0));
        return new([.. shown.Select(hit => hit.Entry!)], next.ToString(), complete, scanned);
    }

    /// <summary>Orders newest first; at the same time by service, then latest arrival first.</summary>
    private readonly record struct Hit(ulong Time, string Service, int Order, int Index, LogEntry? Entry) : IComparable<Hit>
    {
        public int CompareTo(Hit other) =>
            Time != other.Time ? other.Time.CompareTo(Time)
            : string.CompareOrdinal(Service, other.Service) is not 0 and var byService ? byService
            : Order != other.Order ? other.Order.CompareTo(Order)
            : other.Index.CompareTo(Index);
    }
}
