using System.Buffers;

namespace Conway.Forwarding;

/// <summary>A request body that can be read again from its beginning, as long as no more than <see cref="BytesMax"/> of it were read.</summary>
/// <remarks>Keeps what passes through it and reads nothing ahead, so that uploads stream and <c>100 Continue</c> is sent when it would be without it.
/// Larger bodies pass too; they can only not be read again. One reader at a time; give back the memory with <see cref="Return"/>.</remarks>
internal sealed class ReplayBody(Stream source) : Stream
{
    /// <summary>Largest body that is kept for another attempt, as Linkerd's.</summary>
    internal const int BytesMax = 64 * 1024;

    private byte[] _kept = [];
    private int _keptCount;
    private int _position;

    /// <summary>Whether reading can begin again.</summary>
    internal bool CanReplay { get; private set; } = true;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The length of a body on the wire is not known.");

    public override long Position
    {
        get => throw new NotSupportedException("A body on the wire has no position.");
        set => throw new NotSupportedException("A body on the wire has no position.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position < _keptCount)
        {
            var count = Math.Min(buffer.Length, _keptCount - _position);
            _kept.AsMemory(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        var read = await source.ReadAsync(buffer, cancellationToken);
        if (CanReplay)
        {
            Keep(buffer.Span[..read]);
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read without blocking.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A request body is read only.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A body on the wire has no position.");

    public override void SetLength(long value) => throw new NotSupportedException("A request body is read only.");

    public override void Flush()
    {
    }

    /// <summary>Begins again; only while <see cref="CanReplay"/>.</summary>
    internal void Rewind() => _position = 0;

    /// <summary>Gives back the memory; the body is not read any more.</summary>
    internal void Return()
    {
        CanReplay = false;
        _position = _keptCount = 0;
        if (_kept.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_kept);
            _kept = [];
        }
    }

    private void Keep(ReadOnlySpan<byte> read)
    {
        if (_keptCount + read.Length > BytesMax)
        {
            Return();
            return;
        }

        if (_keptCount + read.Length > _kept.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(4096, _keptCount + read.Length));
            _kept.AsSpan(0, _keptCount).CopyTo(larger);
            if (_kept.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_kept);
            }

            _kept = larger;
        }

        read.CopyTo(_kept.AsSpan(_keptCount));
        _keptCount += read.Length;
        _position = _keptCount;
    }
}
