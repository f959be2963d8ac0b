using System.Threading.Channels;

namespace Conway.Console.Streams;

/// <summary>Waits for the next item of a queue, but no longer than until a moment. One reader.</summary>
internal sealed class FeedReader<T>(ChannelReader<T> items, TimeProvider clock)
{
    /// <summary>The wait that a timeout left behind; the next one goes on with it, or they would pile up on a quiet queue.</summary>
    private Task<bool>? _waiting;

    public bool TryRead(out T item)
    {
        var read = items.TryRead(out var found);
        item = found!;
        return read;
    }

    /// <summary>True: there is something to read. False: the time has come. Null: there will be nothing more.</summary>
    public async ValueTask<bool?> WaitAsync(TimeSpan atMost, CancellationToken cancel)
    {
        _waiting ??= items.WaitToReadAsync(cancel).AsTask();
        if (!_waiting.IsCompleted && atMost > TimeSpan.Zero)
        {
            await Task.WhenAny(_waiting, Task.Delay(atMost, clock, cancel));
            cancel.ThrowIfCancellationRequested();
        }

        if (!_waiting.IsCompleted)
        {
            return false;
        }

        var more = await _waiting;
        _waiting = null;
        return more ? true : null;
    }
}
