using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Querying;

/// <summary>Finds traces that have a span which satisfies every term, newest first by the start of the trace.</summary>
/// <remarks>A trace never begins after one of its spans: so once a page is full, a block whose latest span is older than the page's oldest trace cannot
/// change it, and neither can anything behind it.</remarks>
internal static class TraceSearch
{
    public static TracePage Search(IBlockSource source, TelemetryQuery query, PageRequest page, ulong now, CancellationToken cancelled)
    {
        var limit = Math.Clamp(page.Limit, 1, PageRequest.LimitMax);
        var cursor = PageCursor.Parse(page.After);
        var filter = new RecordFilter(query, Signal.Traces, now);
        using var scan = new BlockScan(source, Signal.Traces, static _ => true);
        var best = new SortedSet<Hit>();
        var known = new HashSet<TraceId>();
        var room = limit + cursor.Shown + 1;
        var lookUp = Math.Max(room, 64);
        var candidates = new Dictionary<TraceId, ulong>();
        var complete = true;
        foreach (var part in scan.Parts.OrderByDescending(part => part.TimeMax))
        {
            cancelled.ThrowIfCancellationRequested();
            if (best.Count >= room && part.TimeMax < best.Max.Start || part.TimeMax < filter.From)
            {
                break;
            }

            if (scan.BytesRead > LogSearch.BytesMax)
            {
                complete = false;
                break;
            }

            if (part.TimeMin > filter.Until || !filter.WantsService(part.Service) || filter.Trace is { } one && !part.Traces.MayHold(one) || scan.Open(part) is not { } block)
            {
                continue;
            }

            filter.Prepare(block, new RecordTexts(block));
            Gather(block, filter, known, best.Count >= room ? best.Max.Start : 0, candidates);

            // A look-up goes through all blocks. Once the page is full, what may still come onto it is gathered from many blocks first:
            // where hundreds of services have a part in every trace, each of their newest blocks holds some.
            if (candidates.Count >= (best.Count >= room ? 32 * lookUp : lookUp))
            {
                Collect(scan, candidates, known, lookUp, cursor, room, best, cancelled);
            }
        }

        Collect(scan, candidates, known, lookUp, cursor, room, best, cancelled);
        return Page(best, cursor, limit, complete, scan.RecordsRead);
    }

    // Traces with a wanted span in this block, with the earliest such span: no trace begins later than that, and so none that is older than the page is one.
    private static void Gather(OpenBlock block, RecordFilter filter, HashSet<TraceId> known, ulong oldest, Dictionary<TraceId, ulong> candidates)
    {
        foreach (var record in block)
        {
            var (trace, time) = (RecordHeader.Trace(record), RecordHeader.Time(record));
            if (time < oldest || known.Contains(trace) || !filter.Wants(record))
            {
                continue;
            }

            ref var start = ref CollectionsMarshal.GetValueRefOrAddDefault(candidates, trace, out var exists);
            start = exists ? Math.Min(start, time) : time;
        }
    }

    // The candidates become known, and those that belong there stand on the page.
    private static void Collect(
        BlockScan scan, Dictionary<TraceId, ulong> candidates, HashSet<TraceId> known, int lookUp, PageCursor cursor, int room, SortedSet<Hit> best, CancellationToken cancelled)
    {
        known.UnionWith(candidates.Keys);
        var newestFirst = candidates.Select(pair => (Trace: pair.Key, StartMax: pair.Value)).OrderByDescending(pair => pair.StartMax).ToList();
        candidates.Clear();
        foreach (var batch in newestFirst.Chunk(lookUp))
        {
            if (best.Count >= room && batch[0].StartMax < best.Max.Start)
            {
                return;
            }

            foreach (var sum in Summaries(scan, batch, cancelled))
            {
                if (sum.Start <= cursor.Time)
                {
                    best.Add(new(sum.Start, sum.Trace, sum));
                }

                if (best.Count > room)
                {
                    best.Remove(best.Max);
                }
            }
        }
    }

    private static IEnumerable<Sum> Summaries(BlockScan scan, (TraceId Trace, ulong StartMax)[] batch, CancellationToken cancelled)
    {
        var sums = batch.ToDictionary(item => item.Trace, item => new Sum(item.Trace));
        var hashes = batch.Select(item => TraceFilter.HashOf(item.Trace)).ToArray();
        foreach (var part in scan.Parts)
        {
            cancelled.ThrowIfCancellationRequested();
            if (!Array.Exists(hashes, part.Traces.MayHold) || scan.Open(part) is not { } block)
            {
                continue;
            }

            foreach (var record in block)
            {
                if (sums.TryGetValue(RecordHeader.Trace(record), out var sum))
                {
                    sum.Add(record, block);
                }
            }
        }

        return sums.Values;
    }

    private static TracePage Page(SortedSet<Hit> best, PageCursor cursor, int limit, bool complete, long scanned)
    {
        var fresh = best.SkipWhile((hit, index) => hit.Start == cursor.Time && index < cursor.Shown).ToList();
        var shown = fresh.Take(limit).ToList();
        var traces = shown.Select(hit => hit.Sum.ToSummary()).ToList();
        if (fresh.Count <= limit)
        {
            return new(traces, null, complete, scanned);
        }

        var last = shown[^1].Start;
        return new(traces, new PageCursor(last, shown.Count(hit => hit.Start == last) + (last == cursor.Time ? cursor.Shown : 0)).ToString(), complete, scanned);
    }

    private readonly record struct Hit(ulong Start, TraceId Trace, Sum Sum) : IComparable<Hit>
    {
        public int CompareTo(Hit other) => Start != other.Start ? other.Start.CompareTo(Start) : Trace.CompareTo(other.Trace);
    }

    /// <summary>A trace being summed up from its records.</summary>
    private sealed class Sum(TraceId trace)
    {
        private readonly SortedDictionary<string, TraceShare> _services = new(StringComparer.Ordinal);
        private readonly HashSet<SpanId> _seen = [];
        private (bool IsRoot, ulong Start, string Service, string Name) _root = (false, ulong.MaxValue, "", "");
        private ulong _end;
        private int _errors;

        public TraceId Trace => trace;

        public ulong Start { get; private set; } = ulong.MaxValue;

        public void Add(ReadOnlySpan<byte> record, OpenBlock block)
        {
            if (!_seen.Add(RecordHeader.Span(record)))
            {
                return;
            }

            var start = RecordHeader.Time(record);
            var isRoot = BinaryPrimitives.ReadUInt64LittleEndian(record[RecordHeader.Bytes..]) == 0;
            Start = Math.Min(Start, start);
            _end = Math.Max(_end, start + BinaryPrimitives.ReadUInt64LittleEndian(record[(RecordHeader.Bytes + 8)..]));
            var error = record[RecordHeader.Bytes + 17] == (byte)SpanStatus.Error ? 1 : 0;
            _errors += error;
            var share = _services.GetValueOrDefault(block.Service) ?? new(block.Service, 0, 0);
            _services[block.Service] = share with { SpanCount = share.SpanCount + 1, ErrorCount = share.ErrorCount + error };
            if (isRoot && !_root.IsRoot || isRoot == _root.IsRoot && start < _root.Start)
            {
                var reader = new RecordReader(record) { At = SpanDecoder.FixedBytes };
                reader.Varint();
                reader.Varint();
                _root = (isRoot, start, block.Service, block.String(reader.Number()));
            }
        }

        public TraceSummary ToSummary() =>
            new(trace, _root.Service, _root.Name, UnixNano.ToTime(Start), UnixNano.ToSpan(_end - Start), _seen.Count, _errors, [.. _services.Values]);
    }
}
