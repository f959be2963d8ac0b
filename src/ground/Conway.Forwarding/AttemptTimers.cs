using System.Collections.Concurrent;

namespace Conway.Forwarding;

/// <summary>Token sources for the time limits of attempts, used again and again.</summary>
/// <remarks>Nearly every limited attempt ends in time, and then its source is as good as new. At most <see cref="KeptMax"/> are kept.</remarks>
internal sealed class AttemptTimers(TimeProvider time)
{
    private const int KeptMax = 1024;

    private readonly ConcurrentQueue<CancellationTokenSource> _kept = new();

    internal CancellationTokenSource Rent(TimeSpan limit)
    {
        if (_kept.TryDequeue(out var source))
        {
            source.CancelAfter(limit);
            return source;
        }

        return new CancellationTokenSource(limit, time);
    }

    internal void Return(CancellationTokenSource source)
    {
        // A source on a clock of its own can't be reset; it says so.
        if (_kept.Count < KeptMax && source.TryReset())
        {
            _kept.Enqueue(source);
        }
        else
        {
            source.Dispose();
        }
    }
}
