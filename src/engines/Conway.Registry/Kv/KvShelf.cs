using System.Collections.Immutable;

namespace Conway.Registry.Kv;

/// <summary>All keys and values, in key order, with what is needed to tell when a range last changed.</summary>
internal sealed record KvShelf(
    ImmutableSortedSet<KvEntry> Entries, ImmutableSortedSet<Tombstone> Tombstones, ulong ReapedIndex, long Bytes,
    ImmutableDictionary<string, ImmutableHashSet<string>> HeldBySession)
{
    /// <summary>A deleted key must still raise the index of its prefix. So many deletions are remembered one by one; older ones become a floor
    /// under every index, which may wake a waiting reader for nothing but never lets it miss a deletion.</summary>
    public const int TombstonesMax = 4096;

    public static KvShelf Empty { get; } = new(
        ImmutableSortedSet.Create<KvEntry>(KvEntry.ByKey), ImmutableSortedSet.Create<Tombstone>(Tombstone.ByKey), 0, 0,
        ImmutableDictionary.Create<string, ImmutableHashSet<string>>(StringComparer.Ordinal));

    public KvEntry? Find(string key) => Entries.TryGetValue(KvEntry.Probe(key), out var entry) ? entry : null;

    public IEnumerable<KvEntry> Under(string prefix)
    {
        var start = Entries.IndexOf(KvEntry.Probe(prefix));
        for (var i = start < 0 ? ~start : start; i < Entries.Count; i++)
        {
            if (!Entries[i].Key.StartsWith(prefix, StringComparison.Ordinal)) yield break;
            yield return Entries[i];
        }
    }

    public IEnumerable<string> HeldBy(string session) => HeldBySession.GetValueOrDefault(session) ?? [];

    /// <summary>When the key last came, went or changed.</summary>
    public ulong IndexOf(string key)
    {
        if (Find(key) is { } entry) return entry.ModifyIndex;
        return Tombstones.TryGetValue(new Tombstone(key, 0), out var grave) ? Math.Max(grave.Index, ReapedIndex) : ReapedIndex;
    }

    /// <summary>When any key under the prefix last came, went or changed.</summary>
    public ulong IndexUnder(string prefix)
    {
        var index = ReapedIndex;
        foreach (var entry in Under(prefix)) index = Math.Max(index, entry.ModifyIndex);
        var start = Tombstones.IndexOf(new Tombstone(prefix, 0));
        for (var i = start < 0 ? ~start : start; i < Tombstones.Count && Tombstones[i].Key.StartsWith(prefix, StringComparison.Ordinal); i++)
            index = Math.Max(index, Tombstones[i].Index);
        return index;
    }

    public KvShelf With(KvEntry entry)
    {
        var old = Find(entry.Key);
        var entries = old is null ? Entries : Entries.Remove(old);
        return this with
        {
            Entries = entries.Add(entry),
            Tombstones = Tombstones.Remove(new Tombstone(entry.Key, 0)),
            Bytes = Bytes - (old?.Bytes ?? 0) + entry.Bytes,
            HeldBySession = Hold(old, entry),
        };
    }

    public KvShelf Without(KvEntry entry, ulong index)
    {
        var shelf = this with
        {
            Entries = Entries.Remove(entry),
            Tombstones = Tombstones.Add(new Tombstone(entry.Key, index)),
            Bytes = Bytes - entry.Bytes,
            HeldBySession = Hold(entry, null),
        };
        return shelf.Tombstones.Count > TombstonesMax ? shelf.Reap() : shelf;
    }

    private KvShelf Reap()
    {
        var byAge = Tombstones.OrderBy(grave => grave.Index).ToList();
        var old = byAge.Take(byAge.Count / 2).ToList();
        return this with { Tombstones = Tombstones.Except(old), ReapedIndex = Math.Max(ReapedIndex, old[^1].Index) };
    }

    private ImmutableDictionary<string, ImmutableHashSet<string>> Hold(KvEntry? old, KvEntry? next)
    {
        var held = HeldBySession;
        if (old?.Session == next?.Session) return held;
        if (old?.Session is { } before && held.TryGetValue(before, out var keys))
            held = keys.Count == 1 ? held.Remove(before) : held.SetItem(before, keys.Remove(old.Key));
        if (next?.Session is { } after)
            held = held.SetItem(after, (held.GetValueOrDefault(after) ?? ImmutableHashSet.Create<string>(StringComparer.Ordinal)).Add(next.Key));
        return held;
    }
}

/// <summary>A key with its value.</summary>
/// <param name="LockIndex">How often the key was newly acquired; with key and session it makes a fencing token.</param>
/// <param name="Session">Who holds the lock; null when nobody does.</param>
internal sealed record KvEntry(string Key, byte[] Value, ulong Flags, string? Session, ulong LockIndex, ulong CreateIndex, ulong ModifyIndex)
{
    public static IComparer<KvEntry> ByKey { get; } = Comparer<KvEntry>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));

    public static KvEntry Probe(string key) => new(key, [], 0, null, 0, 0, 0);

    public long Bytes => Value.Length + (2L * Key.Length) + 64;
}

/// <summary>A key that is gone, and since which index.</summary>
internal sealed record Tombstone(string Key, ulong Index)
{
    public static IComparer<Tombstone> ByKey { get; } = Comparer<Tombstone>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));
}
