using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Storing;

/// <summary>Everything the store holds and counts for one service.</summary>
/// <remarks>The builders are locked one by one; the counters are interlocked; segments and bytes belong to the writer alone.</remarks>
internal sealed class ServiceShelf(string service)
{
    private readonly BlockBuilder[] _builders = [new(Signal.Traces, service), new(Signal.Metrics, service), new(Signal.Logs, service)];
    private readonly long[] _received = new long[3];
    private readonly long[] _evicted = new long[3];
    private readonly Segment?[] _current = new Segment?[3];
    private HeldLines? _held;
    private long _dropped;
    private long _bytes;
    private long _memoryBytes;

    public string Service => service;

    /// <summary>Closed and current segments, oldest first.</summary>
    public List<Segment> Segments { get; } = [];

    /// <summary>Bytes kept, on disk and in memory.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Those of them that lie in memory.</summary>
    public long MemoryBytes => Volatile.Read(ref _memoryBytes);

    /// <summary>Records that were not taken, because this service sent more than its share.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Lines whose record is awaited; unset until a line says that it is exported too.</summary>
    public HeldLines? Held => Volatile.Read(ref _held);

    public BlockBuilder Builder(Signal signal) => _builders[(int)signal];

    public long Received(Signal signal) => Interlocked.Read(ref _received[(int)signal]);

    public long Evicted(Signal signal) => Interlocked.Read(ref _evicted[(int)signal]);

    public ref Segment? Current(Signal signal) => ref _current[(int)signal];

    public HeldLines HoldLines(TimeProvider clock) => Held ?? Interlocked.CompareExchange(ref _held, new HeldLines(clock), null) ?? _held;

    public void CountReceived(Signal signal, int count) => Interlocked.Add(ref _received[(int)signal], count);

    public void CountDropped(int count) => Interlocked.Add(ref _dropped, count);

    public void Keep(Segment segment, long bytes, bool isNew)
    {
        if (isNew)
        {
            Segments.Add(segment);
        }

        Count(segment, bytes);
    }

    /// <summary>Keeps a segment that is older than all others.</summary>
    public void KeepOldest(Segment segment)
    {
        Segments.Insert(0, segment);
        Count(segment, segment.Length);
    }

    /// <summary>Forgets the oldest segment, or the oldest that lies in memory, and counts what it held.</summary>
    public Segment TakeOldest(bool inMemory = false)
    {
        var oldest = inMemory ? Segments.Find(static segment => segment.IsInMemory)! : Segments[0];
        Segments.Remove(oldest);
        if (Current(oldest.Signal) == oldest)
        {
            Current(oldest.Signal) = null;
        }

        Count(oldest, -oldest.Length);
        Interlocked.Add(ref _evicted[(int)oldest.Signal], oldest.Count);
        return oldest;
    }

    private void Count(Segment segment, long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        if (segment.IsInMemory)
        {
            Interlocked.Add(ref _memoryBytes, bytes);
        }
    }
}
