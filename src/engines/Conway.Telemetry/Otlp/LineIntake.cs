using System.Text;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry.Otlp;

/// <summary>Takes the lines services print. Safe for concurrent use.</summary>
internal sealed class LineIntake : IAsyncDisposable
{
    private readonly TelemetryStore _store;
    private readonly Watchers _watchers;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    public LineIntake(TelemetryStore store, Watchers watchers, TimeProvider clock)
    {
        (_store, _watchers, _clock) = (store, watchers, clock);
        _timer = clock.CreateTimer(static intake => ((LineIntake)intake!).StoreDue(), this, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Takes a line, or drops it when its service has its share of what waits to be written: the reader of the pipe never waits.</summary>
    public bool Append(in OutputLine line)
    {
        var shelf = _store.Shelves.Of(line.Service);
        if (!line.IsExported)
        {
            return Store(shelf, line);
        }

        var due = new List<OutputLine>();
        shelf.HoldLines(_clock).Take(line, due);
        return due.Count(other => !Store(shelf, other)) == 0;
    }

    /// <summary>A replica's process has ended: what it did not export by now is stored as it was printed.</summary>
    public void Ended(string service, string replica)
    {
        var shelf = _store.Shelves.Of(service);
        var due = new List<OutputLine>();
        shelf.Held?.TakeAll(replica, due);
        due.ForEach(line => Store(shelf, line));
    }

    /// <summary>Stores every line that is still held, however long the disk takes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        foreach (var shelf in _store.Shelves.All)
        {
            var due = new List<OutputLine>();
            shelf.Held?.TakeAll(null, due);
            foreach (var line in due)
            {
                if (IsBusyFor(shelf))
                {
                    await _store.FlushAsync();
                }

                Store(shelf, line);
            }
        }
    }

    /// <summary>Stores what has been held long enough; what the writer has no room for waits on.</summary>
    internal void StoreDue()
    {
        foreach (var shelf in _store.Shelves.All)
        {
            if (shelf.Held is { } held && !IsBusyFor(shelf))
            {
                var due = new List<OutputLine>();
                held.TakeDue(due);
                due.ForEach(line => Store(shelf, line));
            }
        }
    }

    private bool IsBusyFor(ServiceShelf shelf) => _store.IsBusyFor(shelf.Builder(Signal.Logs)) || _store.IsBusy;

    private bool Store(ServiceShelf shelf, in OutputLine line)
    {
        if (IsBusyFor(shelf))
        {
            shelf.CountDropped(1);
            return false;
        }

        var now = _store.Now;
        var builder = shelf.Builder(Signal.Logs);
        lock (builder)
        {
            var resource = Resource(line, builder);
            var record = LogDecoder.Line(line, builder, resource, UnixNano.Of(line.At), now);
            _watchers.Log(shelf.Service, record, builder.Strings);
            if (builder.IsFull)
            {
                _store.Seal_NeedsLock(builder);
            }
        }

        shelf.CountReceived(Signal.Logs, 1);
        return true;
    }

    // service.name and service.instance.id, in the form of a block's attributes.
    private static int Resource(in OutputLine line, BlockBuilder builder)
    {
        Span<byte> text = stackalloc byte[256];
        Span<byte> resource = stackalloc byte[64];
        var at = 0;
        Put(resource, ref at, "service.name"u8, line.Service, text, builder.Strings);
        Put(resource, ref at, "service.instance.id"u8, line.Replica, text, builder.Strings);
        resource[at++] = 0;
        return builder.Strings.Intern(resource[..at]);
    }

    private static void Put(Span<byte> resource, ref int at, ReadOnlySpan<byte> key, string value, Span<byte> text, StringTable strings)
    {
        Encoding.UTF8.TryGetBytes(value, text, out var length);
        PutVarint(resource, ref at, strings.Intern(key) + 1);
        resource[at++] = (byte)ValueKind.TextNumber;
        PutVarint(resource, ref at, strings.Intern(text[..length]));
    }

    private static void PutVarint(Span<byte> resource, ref int at, int value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            resource[at++] = (byte)(value | 0x80);
        }

        resource[at++] = (byte)value;
    }
}
