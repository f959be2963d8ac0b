using System.Buffers;
using System.IO.Pipelines;

namespace Conway.Supervision;

/// <summary>Cuts a process's output into lines with bounded memory.</summary>
/// <remarks>A line longer than <see cref="LineBytesMax"/> is handed on in pieces: a process that never writes a newline must not fill the node's memory.</remarks>
public static class OutputLines
{
    /// <summary>Bytes of UTF-8 in one line at the most.</summary>
    public const int LineBytesMax = 16 * 1024;

    /// <summary>Reads to the end of the stream. The consumer is called for each line, without its newline, with bytes that are used again after
    /// the call; it must not block for long, since then the pipe fills and the process waits in its own write.</summary>
    public static async Task ReadAsync(Stream stream, Action<ReadOnlyMemory<byte>> line, CancellationToken cancel)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(cancel).ConfigureAwait(false);
                var rest = result.Buffer;
                while (rest.PositionOf((byte)'\n') is { } newline)
                {
                    Emit(rest.Slice(0, newline), line);
                    rest = rest.Slice(rest.GetPosition(1, newline));
                }

                while (rest.Length >= LineBytesMax || (result.IsCompleted && rest.Length > 0))
                {
                    var piece = rest.Slice(0, Math.Min(rest.Length, LineBytesMax));
                    Emit(piece, line);
                    rest = rest.Slice(piece.End);
                }

                reader.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The pipe went away with its process.
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static void Emit(ReadOnlySequence<byte> bytes, Action<ReadOnlyMemory<byte>> line)
    {
        while (bytes.Length > LineBytesMax)
        {
            Emit(bytes.Slice(0, LineBytesMax), line);
            bytes = bytes.Slice(LineBytesMax);
        }

        if (bytes.IsSingleSegment)
        {
            line(WithoutReturn(bytes.First));
            return;
        }

        // A line over the edge of two buffers; rare, and at most LineBytesMax.
        var rented = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        bytes.CopyTo(rented);
        line(WithoutReturn(rented.AsMemory(0, (int)bytes.Length)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static ReadOnlyMemory<byte> WithoutReturn(ReadOnlyMemory<byte> line) =>
        line.Length > 0 && line.Span[^1] == (byte)'\r' ? line[..^1] : line;
}
