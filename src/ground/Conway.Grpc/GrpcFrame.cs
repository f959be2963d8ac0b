using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Pipelines;

namespace Conway.Grpc;

/// <summary>A length-prefixed message: <c>00 00 00 00 05 hello</c> is one flag byte (1 = compressed), a big-endian length, and the bytes.</summary>
/// <remarks>Source: gRPC over HTTP/2, <c>Length-Prefixed-Message</c>.</remarks>
internal static class GrpcFrame
{
    public const int PrefixBytes = 5;

    /// <summary>Reads the one message of a unary request.</summary>
    /// <returns>A rented message to be disposed of by the caller, or the reply that refuses the request.</returns>
    public static async ValueTask<(RentedBytes? Message, GrpcReply? Refusal)> ReadOneAsync(PipeReader body, bool gzip, int bytesMax, CancellationToken cancelled)
    {
        // Read up to one byte beyond the frame: more than one message is an error that must be seen.
        while (true)
        {
            var read = await body.ReadAsync(cancelled);
            var buffer = read.Buffer;
            if (buffer.Length >= PrefixBytes)
            {
                var (compressed, length) = ReadPrefix(buffer);
                if (length > (uint)bytesMax)
                {
                    body.AdvanceTo(buffer.End);
                    return (null, TooLarge(length, bytesMax));
                }

                var frameBytes = PrefixBytes + (long)length;
                if (buffer.Length > frameBytes)
                {
                    body.AdvanceTo(buffer.End);
                    return (null, GrpcReply.Refuse(GrpcStatusCode.Internal, "There is more than one message in a unary request."));
                }

                if (buffer.Length == frameBytes && read.IsCompleted)
                {
                    var result = Take(buffer.Slice(PrefixBytes), compressed, gzip, bytesMax);
                    body.AdvanceTo(buffer.End);
                    return result;
                }
            }

            if (read.IsCompleted)
            {
                body.AdvanceTo(buffer.End);
                return (null, GrpcReply.Refuse(GrpcStatusCode.Internal, buffer.IsEmpty ? "There is no message in the request." : "The message ends before its length."));
            }

            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Reads the next message of a stream.</summary>
    /// <returns>A rented message to be disposed of by the caller, or the reply that says what is wrong; neither at the end of the stream.</returns>
    public static async ValueTask<(RentedBytes? Message, GrpcReply? Refusal)> ReadNextAsync(PipeReader body, bool gzip, int bytesMax, CancellationToken cancelled)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancelled);
            var buffer = read.Buffer;
            if (buffer.Length >= PrefixBytes)
            {
                var (compressed, length) = ReadPrefix(buffer);
                if (length > (uint)bytesMax)
                {
                    body.AdvanceTo(buffer.End);
                    return (null, TooLarge(length, bytesMax));
                }

                var end = PrefixBytes + (long)length;
                if (buffer.Length >= end)
                {
                    var result = Take(buffer.Slice(PrefixBytes, length), compressed, gzip, bytesMax);
                    body.AdvanceTo(buffer.GetPosition(end));
                    return result;
                }
            }

            if (read.IsCompleted)
            {
                body.AdvanceTo(buffer.End);
                return buffer.IsEmpty ? (null, null) : (null, GrpcReply.Refuse(GrpcStatusCode.Internal, "The message ends before its length."));
            }

            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Writes the answer's frame, compressed when asked.</summary>
    public static void Write(PipeWriter body, ReadOnlySpan<byte> message, bool gzip)
    {
        if (!gzip)
        {
            WritePrefix(body, 0, message.Length);
            body.Write(message);
            return;
        }

        using var compressed = new MemoryStream(message.Length / 2);
        using (var stream = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(message);
        }

        WritePrefix(body, 1, (int)compressed.Length);
        body.Write(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
    }

    private static void WritePrefix(PipeWriter body, byte flag, int length)
    {
        var prefix = body.GetSpan(PrefixBytes);
        prefix[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)length);
        body.Advance(PrefixBytes);
    }

    private static (byte Compressed, uint Length) ReadPrefix(ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        buffer.Slice(0, PrefixBytes).CopyTo(prefix);
        return (prefix[0], BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]));
    }

    private static (RentedBytes? Message, GrpcReply? Refusal) Take(ReadOnlySequence<byte> payload, byte compressed, bool gzip, int bytesMax)
    {
        switch (compressed)
        {
            case 0:
                return (RentedBytes.Copy(payload), null);
            case 1 when gzip:
                try
                {
                    return RentedBytes.Gunzip(payload, bytesMax) is { } message ? (message, null) : (null, TooLarge(null, bytesMax));
                }
                catch (InvalidDataException)
                {
                    return (null, GrpcReply.Refuse(GrpcStatusCode.Internal, "The message is marked as gzip and is not."));
                }

            case 1:
                return (null, GrpcReply.Refuse(GrpcStatusCode.Internal, "The message is marked as compressed, but no grpc-encoding was sent."));
            default:
                return (null, GrpcReply.Refuse(GrpcStatusCode.Internal, $"The compressed flag is {compressed}; it must be 0 or 1."));
        }
    }

    private static GrpcReply TooLarge(uint? length, int bytesMax) => GrpcReply.Refuse(
        GrpcStatusCode.ResourceExhausted,
        length is { } known ? $"The message has {known} bytes; at most {bytesMax} are taken." : $"The message unfolds to more than {bytesMax} bytes.");
}
