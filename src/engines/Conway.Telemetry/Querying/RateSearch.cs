using System.Buffers.Binary;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry.Querying;

/// <summary>Counts requests of a run by service and route, from its stored server and consumer spans.</summary>
/// <remarks>The same names, failures and latencies as <see cref="RedTable"/> keeps while spans arrive. Memory is bounded by the routes, of which
/// <see cref="RedTable.SeriesMax"/> are told apart, and by <see cref="RateTally.SlotsMax"/> slots of each.</remarks>
internal static class RateSearch
{
    // No run keeps more: what claims to be older has a broken clock.
    private static readonly TimeSpan AgeMax = TimeSpan.FromHours(24);

    /// <param name="source">The run.</param>
    /// <param name="last">How far back from the end; unset: as far as there is something.</param>
    /// <param name="now">The end of a run that goes on; unset: the run has ended, and its end is that of its last request.</param>
    /// <param name="latest">What claims to be later has a broken clock.</param>
    /// <param name="cancelled">Ends the search.</param>
    public static RateTally Search(IBlockSource source, TimeSpan? last, ulong? now, ulong latest, CancellationToken cancelled)
    {
        using var scan = new BlockScan(source, Signal.Traces, static _ => true);
        var sane = scan.Parts.Where(part => part.TimeMin <= latest).OrderByDescending(part => part.TimeMax).ToList();
        var until = now ?? sane.Select(part => Math.Min(part.TimeMax, latest)).DefaultIfEmpty(0ul).Max();
        var oldest = UnixNano.Minus(until, UnixNano.Of(AgeMax));
        var from = last is { } span ? UnixNano.Minus(until, UnixNano.Of(span)) : Math.Min(until, sane.Select(part => Math.Max(part.TimeMin, oldest)).DefaultIfEmpty(until).Min());
        var tally = new RateTally(from, until, latest, now is null);
        foreach (var part in sane)
        {
            cancelled.ThrowIfCancellationRequested();

            // A request that ended in the stretch began at most a day before.
            if (part.TimeMax < UnixNano.Minus(from, UnixNano.Of(AgeMax)))
            {
                continue;
            }

            if (scan.BytesRead > LogSearch.BytesMax)
            {
                tally.IsComplete = false;
                break;
            }

            if (scan.Open(part) is { } block)
            {
                Count(block, tally);
            }
            else if (now is null)
            {
                // Of a run that goes on it was removed meanwhile; one that ended loses nothing but what is damaged.
                tally.Unreadable++;
            }
        }

        return tally;
    }

    private static void Count(OpenBlock block, RateTally tally)
    {
        var keys = new Keys(block);
        Span<byte> buffer = stackalloc byte[OperationNames.NameBytesMax];
        foreach (var record in block)
        {
            var kind = (SpanKind)record[RecordHeader.Bytes + 16];
            if (kind is not (SpanKind.Server or SpanKind.Consumer))
            {
                continue;
            }

            var facts = new SpanFacts
            {
                Start = RecordHeader.Time(record),
                Duration = BinaryPrimitives.ReadUInt64LittleEndian(record[(RecordHeader.Bytes + 8)..]),
                StatusIsError = record[RecordHeader.Bytes + 17] == (byte)SpanStatus.Error,
            };
            if (tally.IsWithin(facts))
            {
                keys.Read(record, block, ref facts);
                tally.Add(block.Service, facts, buffer);
            }
        }
    }

    /// <summary>The numbers that attributes of importance have in one block.</summary>
    private readonly struct Keys(OpenBlock block)
    {
        private readonly int _route = block.Find("http.route"u8);
        private readonly int _method = block.Find("http.request.method"u8);
        private readonly int _oldMethod = block.Find("http.method"u8);
        private readonly int _rpcService = block.Find("rpc.service"u8);
        private readonly int _rpcMethod = block.Find("rpc.method"u8);
        private readonly int _status = block.Find("http.response.status_code"u8);
        private readonly int _oldStatus = block.Find("http.status_code"u8);
        private readonly int _rpcStatus = block.Find("rpc.grpc.status_code"u8);

        public void Read(ReadOnlySpan<byte> record, OpenBlock block, ref SpanFacts facts)
        {
            var reader = new RecordReader(record) { At = SpanDecoder.FixedBytes };
            reader.Varint();
            reader.Varint();
            facts.Name = block.Text(reader.Number());
            reader.Varint();
            ValueReader.SkipValue(ref reader);
            reader.Varint();
            while (reader.Number() is not 0 and var number)
            {
                var (key, start) = (number - 1, reader.At);
                if (key == _route)
                {
                    facts.Route = TextOf(ref reader, block);
                }
                else if (key == _method || key == _oldMethod)
                {
                    facts.Method = TextOf(ref reader, block);
                }
                else if (key == _rpcService)
                {
                    facts.RpcService = TextOf(ref reader, block);
                }
                else if (key == _rpcMethod)
                {
                    facts.RpcMethod = TextOf(ref reader, block);
                }
                else if (key == _status || key == _oldStatus)
                {
                    facts.HttpStatus = IntegerOf(ref reader, block);
                }
                else if (key == _rpcStatus)
                {
                    facts.RpcStatus = IntegerOf(ref reader, block);
                }

                reader.At = start;
                ValueReader.SkipValue(ref reader);
            }
        }

        private static ReadOnlySpan<byte> TextOf(scoped ref RecordReader reader, OpenBlock block) => (ValueKind)reader.Byte() switch
        {
            ValueKind.TextNumber => block.Text(reader.Number()),
            ValueKind.Text => reader.Bytes(),
            _ => default,
        };

        // Some SDKs write a status as text.
        private static long IntegerOf(scoped ref RecordReader reader, OpenBlock block)
        {
            var start = reader.At;
            if ((ValueKind)reader.Byte() == ValueKind.Integer)
            {
                return reader.ZigZag();
            }

            reader.At = start;
            return System.Buffers.Text.Utf8Parser.TryParse(TextOf(ref reader, block), out long number, out _) ? number : 0;
        }
    }
}
