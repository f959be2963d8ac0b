using System.IO.Compression;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>Compresses raw blocks and unfolds them. Brotli at quality 2 of 11: a block is written once and
/// read seldom, and most of a span is random ids that no effort makes smaller.</summary>
internal static class BlockCodec
{
    private const int Quality = 2;
    private const int Window = 18;

    /// <summary>A frame and the compressed block, in a rented buffer the caller disposes of.</summary>
    public static ByteBuffer Compress(RawBlock raw)
    {
        var bytes = raw.Bytes.Span;
        var frame = new ByteBuffer(BlockFrame.Bytes + BrotliEncoder.GetMaxCompressedLength(bytes.Length));
        var room = frame.Room(BlockFrame.Bytes + BrotliEncoder.GetMaxCompressedLength(bytes.Length));
        if (!BrotliEncoder.TryCompress(bytes, room[BlockFrame.Bytes..], out var written, Quality, Window))
        {
            throw new InvalidOperationException($"A block of {bytes.Length} bytes did not compress into {room.Length} bytes.");
        }

        BlockFrame.Write(room[..(BlockFrame.Bytes + written)], bytes.Length, raw.Count, raw.TimeMin, raw.TimeMax);
        frame.Advance(BlockFrame.Bytes + written);
        return frame;
    }

    /// <summary>Unfolds a frame read from a segment; false when it is not what was written.</summary>
    public static bool TryExpand(ReadOnlySpan<byte> whole, ByteBuffer raw)
    {
        if (!BlockFrame.TryRead(whole, out var frame) || whole.Length != BlockFrame.Bytes + frame.CompressedBytes || !frame.Holds(whole))
        {
            return false;
        }

        raw.Clear();
        if (!BrotliDecoder.TryDecompress(whole[BlockFrame.Bytes..], raw.Room(frame.RawBytes)[..frame.RawBytes], out var written) || written != frame.RawBytes)
        {
            return false;
        }

        raw.Advance(written);
        return true;
    }
}
