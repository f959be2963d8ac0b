using Conway.Registry.Kv;
using Conway.Registry.World;

namespace Conway.Registry.Sessions;

/// <summary>How sessions begin, are kept alive and end, as pure edits of a draft.</summary>
internal static class SessionEdits
{
    public static Refusal? CreateSession(this Draft draft, Session session)
    {
        if (draft.Catalog.Node(session.Node) is null) return Refusal.Invalid($"Missing node registration: node \"{session.Node}\" is not in the catalog");
        if (session.Ttl != TimeSpan.Zero && (session.Ttl < Session.TtlMin || session.Ttl > Session.TtlMax))
            return Refusal.Invalid("Invalid Session TTL, must be between [10s=24h0m0s]");
        if (session.LockDelay < TimeSpan.Zero || session.LockDelay > Session.LockDelayMax)
            return Refusal.Invalid("Invalid LockDelay, must be between [0s=60s]");
        foreach (var id in session.NodeChecks.Concat(session.ServiceChecks))
        {
            if (draft.Catalog.Check(session.Node, id) is not { } check) return Refusal.Invalid($"Missing check '{id}' registration");
            if (check.Status == InstanceHealth.Critical) return Refusal.Invalid($"Check '{id}' is in critical state");
        }
        if (draft.Sessions.All.Count >= Limits.SessionsMax) return Refusal.Full("sessions", Limits.SessionsMax);

        draft.PutSession(session with { CreateIndex = draft.Index, ModifyIndex = draft.Index });
        return null;
    }

    public static bool RenewSession(this Draft draft, string id)
    {
        if (draft.Sessions.Find(id) is not { } session) return false;
        if (session.Ttl > TimeSpan.Zero) draft.Schedule(Due.Session(id), draft.Now + session.Patience);
        return true;
    }

    /// <summary>Ends a session, for whatever reason: its locks fall and their lock-delay begins. Unknown ids are let pass, as in Consul.</summary>
    public static void EndSession(this Draft draft, string id)
    {
        if (draft.Sessions.Find(id) is not { } session) return;
        draft.DropLocks(session);
        draft.Sessions = new SessionTable(draft.Sessions.All.Remove(id), draft.Index);
        draft.Schedule(Due.Session(id), null);
        draft.SessionChanged(id, null);
    }

    /// <summary>A check failed or vanished: the sessions that rest on it end.</summary>
    public static void EndSessionsOf(this Draft draft, string node, Func<Session, bool> concerned)
    {
        if (draft.Sessions.All.IsEmpty) return;
        foreach (var session in draft.Sessions.All.Values.Where(session =>
                     string.Equals(session.Node, node, StringComparison.OrdinalIgnoreCase) && concerned(session)).ToList())
            draft.EndSession(session.Id);
    }

    private static void PutSession(this Draft draft, Session session)
    {
        draft.Sessions = new SessionTable(draft.Sessions.All.SetItem(session.Id, session), draft.Index);
        if (session.Ttl > TimeSpan.Zero) draft.Schedule(Due.Session(session.Id), draft.Now + session.Patience);
        draft.SessionChanged(session.Id, session);
    }
}
