using System.Text;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry.Otlp;

/// <summary>Takes the lines services print. Safe for concurrent use.</summary>
internal sealed class LineIntake(TelemetryStore store, Watchers watchers)
{
    /// <summary>Takes a line, or drops it when its service has its share of what waits to be written: the reader of the pipe never waits.</summary>
    public bool Append(in OutputLine line)
    {
        var shelf = store.Shelves.Of(line.Service);
        var builder = shelf.Builder(Signal.Logs);
        if (store.IsBusyFor(builder) || store.IsBusy)
        {
            shelf.CountDropped(1);
            return false;
        }

        var now = store.Now;
        lock (builder)
        {
            var resource = Resource(line, builder);
            var record = LogDecoder.Line(line, line.Text.Span, builder, resource, UnixNano.Of(line.At), now);
            watchers.Log(shelf.Service, record, builder.Strings);
            if (builder.IsFull)
            {
                store.Seal_NeedsLock(builder);
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
