using Conway.Registry.Checks;
using Conway.Registry.Kv;
using Conway.Registry.Sessions;

namespace Conway.Registry.World;

/// <summary>The next world while it is being made: edits pile up here, and either all of them become the world or none.</summary>
/// <remarks>Pure: time comes in, and what has to happen outside (wake readers, start probes, store keys) goes out as lists. One owner, one commit.</remarks>
internal sealed class Draft
{
    private readonly WorldState _start;
    private readonly Deadlines<Due> _deadlines;

    public Draft(WorldState start, TimeSpan now, Deadlines<Due> deadlines)
    {
        (_start, _deadlines, Now) = (start, deadlines, now);
        (Catalog, Kv, Sessions) = (start.Catalog, start.Kv, start.Sessions);
    }

    /// <summary>The index that this commit will have.</summary>
    public ulong Index => _start.Index + 1;

    /// <summary>Monotonic time since the registry started.</summary>
    public TimeSpan Now { get; }

    public Catalog Catalog { get; set; }
    public KvShelf Kv { get; set; }
    public SessionTable Sessions { get; set; }

    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);
    public Dictionary<Due, TimeSpan?> Scheduled { get; } = [];
    public Dictionary<string, KvEntry?> Keys { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, Session?> SessionChanges { get; } = new(StringComparer.Ordinal);

    /// <summary>The probes to run from now on, by check; null stops one.</summary>
    public Dictionary<CheckKey, CheckDefinition?> Probes { get; } = [];

    public void Touch(string topic) => Touched.Add(topic);

    public void Schedule(Due due, TimeSpan? at) => Scheduled[due] = at;

    public bool IsPending(Due due) => (Scheduled.TryGetValue(due, out var at) ? at : _deadlines[due]) > Now;

    public bool IsScheduled(Due due) => (Scheduled.TryGetValue(due, out var at) ? at : _deadlines[due]) is not null;

    public void KeyChanged(string key, KvEntry? entry)
    {
        Keys[key] = entry;
        Touch(Topics.Key(key));
    }

    public void SessionChanged(string id, Session? session)
    {
        SessionChanges[id] = session;
        Touch(Topics.Sessions);
    }

    /// <summary>The finished world. When nothing that has an index changed, it has the old index.</summary>
    public WorldState Seal()
    {
        this.FollowAliases();
        var index = Touched.Count > 0 ? Index : _start.Index;
        return new WorldState(index, Catalog, Kv, Sessions);
    }
}
