using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Conway.Grpc;

/// <summary>Bytes in a rented array. One owner, who disposes of it once.</summary>
public sealed class RentedBytes : IDisposable
{
    private byte[]? _array;

    private RentedBytes(byte[] array, int length)
    {
        _array = array;
        Length = length;
    }

    /// <summary>Bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes; valid until <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The array was given back.</exception>
    public ReadOnlyMemory<byte> Memory => Array.AsMemory(0, Length);

    private byte[] Array => _array ?? throw new ObjectDisposedException(nameof(RentedBytes));

    /// <summary>An empty buffer with room for <paramref name="capacity"/> bytes.</summary>
    public static RentedBytes Rent(int capacity) => new(ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 16)), 0);

    /// <summary>A copy of the bytes.</summary>
    public static RentedBytes Copy(ReadOnlySequence<byte> source)
    {
        var rented = Rent((int)source.Length);
        rented.Append(source);
        return rented;
    }

    /// <summary>Unfolds gzip; null when the result would be larger than <paramref name="bytesMax"/>.</summary>
    /// <exception cref="InvalidDataException">Not gzip, or cut off.</exception>
    public static RentedBytes? Gunzip(ReadOnlySequence<byte> source, int bytesMax)
    {
        // A stream over one array: a compressed message is small, and GZipStream has no form that takes spans.
        using var flat = Copy(source);
        using var stream = new GZipStream(new MemoryStream(flat.Array, 0, flat.Length, writable: false), CompressionMode.Decompress);
        var result = Rent((int)Math.Min(Math.Max(source.Length * 4, 4096), bytesMax + 1L));
        try
        {
            while (true)
            {
                result.Grow(1);
                var free = result.Array.AsSpan(result.Length);
                var count = stream.Read(free);
                if (count == 0)
                {
                    // GZipStream does not mind a stream that is cut off; the format ends with the length (RFC 1952, ISIZE). One member, as clients send it.
                    CheckLength(source, result.Length);
                    var whole = result;
                    result = null;
                    return whole;
                }

                result.Length += count;
                if (result.Length > bytesMax)
                {
                    return null;
                }
            }
        }
        finally
        {
            result?.Dispose();
        }
    }

    /// <summary>Adds bytes at the end, growing the array when needed.</summary>
    public void Append(ReadOnlySequence<byte> source)
    {
        Grow((int)source.Length);
        source.CopyTo(Array.AsSpan(Length));
        Length += (int)source.Length;
    }

    /// <summary>Gives the array back. Safe to call twice.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private static void CheckLength(ReadOnlySequence<byte> source, int length)
    {
        if (source.Length < 18)
        {
            throw new InvalidDataException("Shorter than the shortest gzip.");
        }

        Span<byte> tail = stackalloc byte[4];
        source.Slice(source.Length - 4).CopyTo(tail);
        if (BinaryPrimitives.ReadInt32LittleEndian(tail) != length)
        {
            throw new InvalidDataException("The gzip stream ends early.");
        }
    }

    private void Grow(int count)
    {
        var array = Array;
        if (array.Length - Length >= count)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + count), array.Length * 2));
        array.AsSpan(0, Length).CopyTo(larger);
        _array = larger;
        ArrayPool<byte>.Shared.Return(array);
    }
}
