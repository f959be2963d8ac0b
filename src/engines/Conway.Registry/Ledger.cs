using Conway.Registry.State;
using Conway.Registry.Watching;
using Conway.Registry.World;
using Microsoft.Extensions.Logging;

namespace Conway.Registry;

/// <summary>Holds the one current world. Readers take it; writers come one after another, each with an edit that becomes the next world or is refused.</summary>
/// <remarks>Thread-safe. The lock covers deciding, storing and swapping; never a socket.</remarks>
internal sealed partial class Ledger : IDisposable
{
    /// <summary>A timer takes 49 days at most, a TTL may be longer: it rings for nothing once a day.</summary>
    private static readonly TimeSpan AlarmMax = TimeSpan.FromDays(1);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Deadlines<Due> _deadlines = new();
    private readonly StateFile? _file;
    private readonly ILogger _log;
    private readonly long _started;
    private readonly ITimer _alarm;
    private volatile WorldState _world;
    private volatile bool _stopping;
    private bool _disposed;

    public Ledger(WorldState world, StateFile? file, WatchBoard board, TimeProvider time, ILogger log)
    {
        (_world, _file, Board, Time, _log) = (world, file, board, time, log);
        _started = time.GetTimestamp();
        _alarm = time.CreateTimer(static self => ((Ledger)self!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public WorldState World => _world;

    public WatchBoard Board { get; }

    public TimeProvider Time { get; }

    /// <summary>Monotonic: a wall clock that is set changes nothing here.</summary>
    public TimeSpan Now => Time.GetElapsedTime(_started);

    public bool Stopping => _stopping;

    /// <summary>Told of probes to start (definition) or stop (null), inside the lock and in commit order.</summary>
    public Action<CheckKey, Checks.CheckDefinition?>? ProbeChanged { get; set; }

    /// <summary>Makes an edit, whole or not at all.</summary>
    /// <returns>Null when it was made, else why not.</returns>
    public Refusal? Commit(Func<Draft, Refusal?> edit)
    {
        lock (_lock)
        {
            if (_disposed) return new Refusal(RefusalKind.NotStored, "The registry has stopped.");
            var draft = new Draft(_world, Now, _deadlines);
            if (edit(draft) is { } refusal) return refusal;
            var next = draft.Seal();
            if (Store(draft, next) is { } notStored) return notStored;
            _world = next;
            foreach (var (due, at) in draft.Scheduled) _deadlines.Set(due, at);
            foreach (var (check, definition) in draft.Probes) ProbeChanged?.Invoke(check, definition);
            if (draft.Touched.Count > 0) Board.Wake(draft.Touched);
            SetAlarm_NeedsLock();
            return null;
        }
    }

    /// <summary>Lets all waiting readers go with what there is.</summary>
    public void Stop()
    {
        _stopping = true;
        Board.WakeAll();
    }

    public void Dispose()
    {
        _alarm.Dispose();
        lock (_lock)
        {
            _disposed = true;
            _file?.Dispose();
        }
    }

    private Refusal? Store(Draft draft, WorldState next)
    {
        if (_file is null || (draft.Keys.Count == 0 && draft.SessionChanges.Count == 0)) return null;
        try
        {
            _file.Write(next.Index, draft.Keys, draft.SessionChanges);
            return null;
        }
        catch (RegistryStateException error)
        {
            Log.NotStored(_log, error.Message);
            return new Refusal(RefusalKind.NotStored, error.Message);
        }
    }

    private void Ring()
    {
        List<Due> due;
        lock (_lock) due = _stopping ? [] : _deadlines.TakeDue(Now);
        if (due.Count > 0 && Expire(due) is not null)
        {
            // Not stored: what was due stays due, a little later, or a lock would be held for ever.
            lock (_lock)
                foreach (var one in due) _deadlines.Set(one, Now + RetryAfter);
        }
        lock (_lock) SetAlarm_NeedsLock();
    }

    private Refusal? Expire(List<Due> due)
    {
        try
        {
            return Commit(draft =>
            {
                foreach (var one in due) draft.Expire(one);
                return null;
            });
        }
        catch (Exception error)
        {
            // A timer's exception would take the whole process.
            Log.ExpiryFailed(_log, error);
            return null;
        }
    }

    private void SetAlarm_NeedsLock()
    {
        if (_stopping || _disposed) return;
        if (_deadlines.Next() is not { } next) return;
        // A timer may ring a moment early by its own clock; a millisecond more spares the second ring.
        var wait = next - Now + TimeSpan.FromMilliseconds(1);
        _alarm.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > AlarmMax ? AlarmMax : wait, Timeout.InfiniteTimeSpan);
    }

    private static partial class Log
    {
        [LoggerMessage(4101, LogLevel.Error, "The registry could not store a change, so it was not made. {Reason}")]
        public static partial void NotStored(ILogger log, string reason);

        [LoggerMessage(4105, LogLevel.Error, "The registry failed when something expired.")]
        public static partial void ExpiryFailed(ILogger log, Exception error);
    }
}
