using System.Buffers;
using System.IO.Compression;
using Conway.Telemetry.Blocks;
using Microsoft.AspNetCore.Http;

namespace Conway.Telemetry.Receiving;

/// <summary>Reads a request's body whole into rented memory, unfolding gzip, up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>Puts the body into the buffer; false when it is larger than the limit, before or after decompression.</summary>
    /// <exception cref="InvalidDataException">Not gzip although it says so.</exception>
    public static async ValueTask<bool> TryReadAsync(HttpRequest request, bool gzip, int bytesMax, ByteBuffer into, CancellationToken cancelled)
    {
        if (request.ContentLength > bytesMax)
        {
            return false;
        }

        if (gzip)
        {
            await using var stream = new GZipStream(request.BodyReader.AsStream(), CompressionMode.Decompress);
            return await TryReadAsync(stream, bytesMax, into, cancelled);
        }

        var body = request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(cancelled);
            if (into.Length + read.Buffer.Length > bytesMax)
            {
                body.AdvanceTo(read.Buffer.End);
                return false;
            }

            foreach (var segment in read.Buffer)
            {
                into.Raw(segment.Span);
            }

            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return true;
            }
        }
    }

    private static async ValueTask<bool> TryReadAsync(Stream stream, int bytesMax, ByteBuffer into, CancellationToken cancelled)
    {
        const int Step = 32 * 1024;
        var chunk = ArrayPool<byte>.Shared.Rent(Step);
        try
        {
            while (await stream.ReadAsync(chunk.AsMemory(), cancelled) is not 0 and var count)
            {
                if (into.Length + count > bytesMax)
                {
                    return false;
                }

                into.Raw(chunk.AsSpan(0, count));
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
