using System.Buffers.Binary;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>The sidecar of a segment, <c>000007.idx</c>: where its blocks begin, their times, and which traces they may hold.</summary>
/// <remarks>A convenience, never the truth: when it is missing, damaged or older than its segment it is rebuilt from the blocks.
/// <code>"CWTI" | u32 CRC-32C of the rest | u64 bytes of the segment | u32 blocks | each: u64 offset, 36 bytes of frame head, u32 bytes of filter, filter</code></remarks>
internal static class SegmentIndex
{
    private const int HeadBytes = 20;

    public static void Write(Segment segment, SegmentDisk disk)
    {
        using var buffer = new ByteBuffer();
        Span<byte> head = stackalloc byte[BlockFrame.Bytes];
        buffer.Raw("CWTI"u8);
        buffer.U32(0);
        buffer.U64((ulong)segment.Length);
        buffer.U32((uint)segment.Blocks.Count);
        foreach (var block in segment.Blocks)
        {
            buffer.U64((ulong)block.Offset);
            BlockFrame.Write(head, block.RawBytes, block.Count, block.TimeMin, block.TimeMax);
            BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)(block.StoredBytes - BlockFrame.Bytes));
            buffer.Raw(head);
            buffer.U32((uint)block.Traces.Bytes.Length);
            buffer.Raw(block.Traces.Bytes);
        }

        buffer.SetU32(4, Crc32C.Of(buffer.Span[8..]));
        disk.WriteAt(segment.IndexPath, 0, buffer.Span);
    }

    /// <summary>Adds the blocks the sidecar tells of; false when it must be rebuilt.</summary>
    public static bool TryRead(Segment segment, SegmentDisk disk, long segmentBytes)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(segment.IndexPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        if (bytes.Length < HeadBytes || !bytes.AsSpan().StartsWith("CWTI"u8)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)) != Crc32C.Of(bytes.AsSpan(8))
            || BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)) != segmentBytes)
        {
            return false;
        }

        var rest = bytes.AsSpan(HeadBytes);
        for (var left = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(16)); left > 0; left--)
        {
            const int EntryBytes = 8 + BlockFrame.Bytes + 4;
            if (rest.Length < EntryBytes || !BlockFrame.TryRead(rest[8..], out var frame))
            {
                return false;
            }

            var filterBytes = BinaryPrimitives.ReadInt32LittleEndian(rest[(EntryBytes - 4)..]);
            if ((uint)filterBytes > rest.Length - EntryBytes)
            {
                return false;
            }

            segment.Add(new Block(segment, disk, BinaryPrimitives.ReadInt64LittleEndian(rest), frame, TraceFilter.FromBytes(rest.Slice(EntryBytes, filterBytes))));
            rest = rest[(EntryBytes + filterBytes)..];
        }

        segment.Length = segmentBytes;
        return true;
    }
}
