using System.Buffers.Binary;
using System.Text;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>A raw block being read: its texts by number, and its records.</summary>
/// <remarks>The bytes belong to the caller and must outlive it. Not safe for concurrent use: it remembers texts it has made.</remarks>
internal sealed class OpenBlock
{
    private readonly ReadOnlyMemory<byte> _raw;
    private readonly int[] _texts;
    private readonly string?[] _strings;
    private readonly int _recordsAt;
    private readonly StringTable? _table;

    /// <summary>The texts of a block still being gathered, to read one record of it. Valid while the builder is locked.</summary>
    public OpenBlock(string service, StringTable table)
    {
        Service = service;
        _table = table;
        _texts = [];
        _strings = [];
    }

    public OpenBlock(Block block, ReadOnlyMemory<byte> raw)
        : this(block.Service, raw)
    {
    }

    public OpenBlock(string service, ReadOnlyMemory<byte> raw)
    {
        Service = service;
        _raw = raw;
        var bytes = raw.Span;
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        _recordsAt = BlockBuilder.RawHeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        _texts = new int[count + 1];
        _strings = new string?[count];
        var reader = new RecordReader(bytes[BlockBuilder.RawHeaderBytes.._recordsAt]);
        for (var number = 0; number < count; number++)
        {
            _texts[number] = BlockBuilder.RawHeaderBytes + reader.At;
            reader.Bytes();
        }

        _texts[count] = _recordsAt;
    }

    public string Service { get; }

    public int TextCount => _table?.Count ?? _strings.Length;

    public ReadOnlySpan<byte> Text(int number) =>
        _table is { } table ? table[number] : new RecordReader(_raw.Span[_texts[number].._texts[number + 1]]).Bytes();

    public string String(int number) =>
        _table is not null ? Encoding.UTF8.GetString(Text(number)) : _strings[number] ??= Encoding.UTF8.GetString(Text(number));

    /// <summary>The number of a text; -1 when no record of this block names it.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        for (var number = 0; number < TextCount; number++)
        {
            if (Text(number).SequenceEqual(text))
            {
                return number;
            }
        }

        return -1;
    }

    public RecordEnumerator GetEnumerator() => new(_raw.Span[_recordsAt..]);

    public TraceFilter FilterOfTraces()
    {
        var hashes = new List<ulong>();
        foreach (var record in this)
        {
            var trace = RecordHeader.Trace(record);
            if (!trace.IsNone)
            {
                hashes.Add(TraceFilter.HashOf(trace));
            }
        }

        return TraceFilter.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(hashes));
    }

    /// <summary>Walks the records in the order they came.</summary>
    internal ref struct RecordEnumerator(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadInt32LittleEndian(_rest);
            Current = _rest[..length];
            _rest = _rest[length..];
            return true;
        }
    }
}
