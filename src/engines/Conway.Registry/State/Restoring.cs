using Conway.Registry.Kv;
using Conway.Registry.Sessions;
using Conway.Registry.World;

namespace Conway.Registry.State;

/// <summary>What of an earlier life is true in this one.</summary>
internal static class Restoring
{
    public static WorldState World(ulong index, List<KvEntry> keys, List<Session> sessions)
    {
        var kv = keys.Aggregate(KvShelf.Empty with { ReapedIndex = index }, static (shelf, entry) => shelf.With(entry));
        var table = new SessionTable(SessionTable.Empty.All.AddRange(sessions.Select(session => KeyValuePair.Create(session.Id, session))), index);
        return new WorldState(index, new Catalog(), kv, table);
    }

    /// <summary>A session gets its full time again: its owner could not renew while the registry was away. One that rests on a check or node that no
    /// longer exists has lost its ground, and a lock whose session is gone is open.</summary>
    public static Refusal? Resume(this Draft draft, string ownNode)
    {
        foreach (var session in draft.Sessions.All.Values.ToList())
        {
            var grounded = session.Node.Equals(ownNode, StringComparison.OrdinalIgnoreCase)
                && session.NodeChecks.All(static check => check == TableEdits.SerfCheck) && session.ServiceChecks.IsEmpty;
            if (grounded) draft.RenewSession(session.Id);
            else draft.EndSession(session.Id);
        }
        return null;
    }
}
