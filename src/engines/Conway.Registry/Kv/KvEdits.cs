using System.Text;
using Conway.Registry.Sessions;
using Conway.Registry.World;

namespace Conway.Registry.Kv;

/// <summary>What can be done to keys, as pure edits of a draft. A false answer is not an error: it says that the condition did not hold.</summary>
internal static class KvEdits
{
    /// <summary>Writes without regard to a lock, as Consul does: locks are advisory.</summary>
    public static Refusal? SetKey(this Draft draft, string key, byte[] value, ulong flags)
    {
        var old = draft.Kv.Find(key);
        return draft.Put(old, new KvEntry(key, value, flags, old?.Session, old?.LockIndex ?? 0, 0, 0));
    }

    /// <param name="index">The ModifyIndex that the caller has seen; 0: only when the key does not exist.</param>
    public static (bool Done, Refusal? Refusal) SetKeyIfUnchanged(this Draft draft, string key, byte[] value, ulong flags, ulong index)
    {
        var old = draft.Kv.Find(key);
        if ((old?.ModifyIndex ?? 0) != index) return (false, null);
        var refusal = draft.Put(old, new KvEntry(key, value, flags, old?.Session, old?.LockIndex ?? 0, 0, 0));
        return (refusal is null, refusal);
    }

    public static (bool Done, Refusal? Refusal) AcquireKey(this Draft draft, string key, byte[] value, ulong flags, string session)
    {
        if (draft.Sessions.Find(session) is null) return (false, Refusal.Invalid($"invalid session \"{session}\""));
        var old = draft.Kv.Find(key);
        if (old?.Session is not null && old.Session != session) return (false, null);
        if (old?.Session is null && draft.IsPending(Due.LockDelay(key))) return (false, null);
        var lockIndex = (old?.LockIndex ?? 0) + (old?.Session == session ? 0UL : 1UL);
        var refusal = draft.Put(old, new KvEntry(key, value, flags, session, lockIndex, 0, 0));
        return (refusal is null, refusal);
    }

    public static (bool Done, Refusal? Refusal) ReleaseKey(this Draft draft, string key, byte[] value, ulong flags, string session)
    {
        if (draft.Kv.Find(key) is not { } old || old.Session != session) return (false, null);
        var refusal = draft.Put(old, new KvEntry(key, value, flags, null, old.LockIndex, 0, 0));
        return (refusal is null, refusal);
    }

    public static void DeleteKey(this Draft draft, string key)
    {
        if (draft.Kv.Find(key) is { } old) draft.Remove(old);
    }

    /// <param name="index">The ModifyIndex that the caller has seen. 0 never deletes.</param>
    public static bool DeleteKeyIfUnchanged(this Draft draft, string key, ulong index)
    {
        if (index == 0) return false;
        if (draft.Kv.Find(key) is not { } old) return true;
        if (old.ModifyIndex != index) return false;
        draft.Remove(old);
        return true;
    }

    public static void DeleteTree(this Draft draft, string prefix)
    {
        foreach (var entry in draft.Kv.Under(prefix).ToList()) draft.Remove(entry);
    }

    /// <summary>A session ended: its keys lose their lock, or go with it.</summary>
    public static void DropLocks(this Draft draft, Session session)
    {
        foreach (var key in draft.Kv.HeldBy(session.Id).ToList())
        {
            var entry = draft.Kv.Find(key)!;
            if (session.DeletesKeys) draft.Remove(entry);
            else draft.Put(entry, entry with { Session = null });
            if (session.LockDelay > TimeSpan.Zero) draft.Schedule(Due.LockDelay(key), draft.Now + session.LockDelay);
        }
    }

    private static Refusal? Put(this Draft draft, KvEntry? old, KvEntry next)
    {
        if (next.Key.Length == 0) return Refusal.Invalid("Missing key name");
        if (Encoding.UTF8.GetByteCount(next.Key) > Limits.KvKeyBytesMax)
            return new Refusal(RefusalKind.TooLarge, $"Key is too long, max size: {Limits.KvKeyBytesMax} bytes");
        if (next.Value.Length > Limits.KvValueBytesMax)
            return new Refusal(RefusalKind.TooLarge, $"Value for key \"{next.Key}\" is too large ({next.Value.Length} > {Limits.KvValueBytesMax} bytes)");
        // Consul: a write that changes nothing does not raise the index.
        if (old is not null && old.Flags == next.Flags && old.Session == next.Session && old.LockIndex == next.LockIndex
            && old.Value.AsSpan().SequenceEqual(next.Value)) return null;
        next = next with { CreateIndex = old?.CreateIndex ?? draft.Index, ModifyIndex = draft.Index };
        if (draft.Kv.Bytes - (old?.Bytes ?? 0) + next.Bytes > Limits.KvTotalBytesMax)
            return new Refusal(RefusalKind.Full, $"The key/value store is full: {Limits.KvTotalBytesMax} bytes are its limit.");
        draft.Kv = draft.Kv.With(next);
        draft.KeyChanged(next.Key, next);
        return null;
    }

    private static void Remove(this Draft draft, KvEntry entry)
    {
        draft.Kv = draft.Kv.Without(entry, draft.Index);
        draft.KeyChanged(entry.Key, null);
    }
}
