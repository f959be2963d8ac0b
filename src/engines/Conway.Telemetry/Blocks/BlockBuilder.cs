namespace Conway.Telemetry.Blocks;

/// <summary>Where the records of one service and one signal are gathered until they make a block.</summary>
/// <remarks>Lock the builder around every use: requests write, the store seals, queries look. A block's raw form is
/// <code>u32 texts, u32 bytes of texts, u32 records | texts, each with its length | records</code></remarks>
internal sealed class BlockBuilder(Signal signal, string service)
{
    public const int RawHeaderBytes = 12;

    /// <summary>A block is sealed from this size on: large enough to compress well, small enough to be read for one trace.</summary>
    public const int TargetBytes = 256 * 1024;

    private ulong[] _traces = new ulong[64];
    private int _traceCount;
    private int _recordStart;

    public Signal Signal => signal;

    public string Service => service;

    public StringTable Strings { get; } = new();

    public ByteBuffer Records { get; } = new();

    /// <summary>Records held.</summary>
    public int Count { get; private set; }

    public ulong TimeMin { get; private set; } = ulong.MaxValue;

    public ulong TimeMax { get; private set; }

    /// <summary>Counts the blocks sealed: numbers given by <see cref="Strings"/> hold only while it stays.</summary>
    public int Generation { get; private set; }

    /// <summary>Ticks of the clock when the first record came.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Sealed blocks of this builder that are not yet written. Changed by interlocked operations.</summary>
    public int Pending;

    public int RawBytes => RawHeaderBytes + Strings.Bytes + Strings.Count + Records.Length;

    public bool IsFull => RawBytes >= TargetBytes;

    public void Begin(TraceId trace, SpanId span, ulong time, long now)
    {
        if (Count == 0)
        {
            OpenedAt = now;
        }

        _recordStart = Records.Length;
        Records.U32(0);
        Records.U64(trace.High);
        Records.U64(trace.Low);
        Records.U64(span.Value);
        Records.U64(time);
        TimeMin = Math.Min(TimeMin, time);
        TimeMax = Math.Max(TimeMax, time);
        if (!trace.IsNone)
        {
            NoteTrace(TraceFilter.HashOf(trace));
        }
    }

    /// <summary>Ends the record; it can be read until the next one begins.</summary>
    public ReadOnlySpan<byte> End()
    {
        Records.SetU32(_recordStart, (uint)(Records.Length - _recordStart));
        Count++;
        return Records.Span[_recordStart..];
    }

    /// <summary>The raw block as it stands, without ending it.</summary>
    public RawBlock Copy()
    {
        var raw = new ByteBuffer(RawBytes + 64);
        raw.U32((uint)Strings.Count);
        var at = raw.Length;
        raw.U32(0);
        raw.U32((uint)Count);
        Strings.WriteTo(raw);
        raw.SetU32(at, (uint)(raw.Length - RawHeaderBytes));
        raw.Raw(Records.Span);
        return new RawBlock(signal, service, raw, Count, TimeMin, TimeMax, TraceFilter.Of(_traces.AsSpan(0, _traceCount)), (this, Generation));
    }

    /// <summary>The raw block, and an empty builder.</summary>
    public RawBlock Seal()
    {
        var raw = Copy();
        Strings.Clear();
        Records.Clear();
        Count = 0;
        _traceCount = 0;
        TimeMin = ulong.MaxValue;
        TimeMax = 0;
        Generation++;
        return raw;
    }

    private void NoteTrace(ulong hash)
    {
        // Spans of one trace often stand together.
        if (_traceCount > 0 && _traces[_traceCount - 1] == hash)
        {
            return;
        }

        if (_traceCount == _traces.Length)
        {
            Array.Resize(ref _traces, _traceCount * 2);
        }

        _traces[_traceCount++] = hash;
    }
}

/// <summary>A sealed block before compression. The bytes are rented: whoever holds the block last disposes of them.</summary>
/// <remarks><paramref name="Origin"/> tells a copy taken while it was open from the block it became.</remarks>
internal sealed record RawBlock(Signal Signal, string Service, ByteBuffer Bytes, int Count, ulong TimeMin, ulong TimeMax, TraceFilter Traces, (BlockBuilder, int) Origin);
