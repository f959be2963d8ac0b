namespace Conway.Supervision;

/// <summary>What a process last said, for the excerpt when it fails. Bounded, allocates nothing per line; thread-safe.</summary>
internal sealed class RecentLines
{
    private const int LinesMax = 30;
    private const int BytesMax = 400;

    private readonly byte[] _ring = new byte[LinesMax * BytesMax];
    private readonly int[] _lengths = new int[LinesMax];
    private readonly Lock _lock = new();
    private long _count;

    public string? Last
    {
        get
        {
            lock (_lock)
            {
                return _count == 0 ? null : Text(_count - 1);
            }
        }
    }

    public void Add(ReadOnlySpan<byte> line)
    {
        var kept = line.Length <= BytesMax ? line : line[..BytesMax];
        lock (_lock)
        {
            var slot = (int)(_count++ % LinesMax);
            kept.CopyTo(_ring.AsSpan(slot * BytesMax));
            _lengths[slot] = kept.Length;
        }
    }

    public IReadOnlyList<string> Snapshot()
    {
        lock (_lock)
        {
            var first = Math.Max(0, _count - LinesMax);
            return [.. Enumerable.Range(0, (int)(_count - first)).Select(i => Text(first + i))];
        }
    }

    private string Text(long line)
    {
        var slot = (int)(line % LinesMax);
        return PrintedText.Of(_ring.AsSpan(slot * BytesMax, _lengths[slot]));
    }
}
