using Conway.Registry.Checks;
using Conway.Registry.Sessions;

namespace Conway.Registry.World;

/// <summary>How checks come, change and go, and what hangs on them: TTLs, the reaping of what stays critical, sessions.</summary>
internal static class CheckEdits
{
    /// <param name="check">Its service must exist; a check with the same ID on the node is replaced.</param>
    public static Refusal? PutCheck(this Draft draft, CheckRecord check)
    {
        if (draft.Catalog.Node(check.Node) is not { } node) return Refusal.Invalid($"Missing node registration for \"{check.Node}\"");
        if (check.ServiceId.Length > 0 && !node.Services.ContainsKey(check.ServiceId))
            return Refusal.Invalid($"ServiceID \"{check.ServiceId}\" does not exist");
        var old = draft.Catalog.Check(check.Node, check.Id);
        if (old is not null && old.SameAs(check)) return null;
        if (old is null && draft.Catalog.CheckCount >= Limits.ChecksMax) return Refusal.Full("checks", Limits.ChecksMax);
        if (old is not null && old.ServiceId != check.ServiceId)
        {
            draft.RemoveCheck(check.Node, check.Id);
            (old, node) = (null, draft.Catalog.Node(check.Node)!);
        }

        var replaced = !Equals(old?.Definition, check.Definition);
        draft.Place(node, check with { CreateIndex = old?.CreateIndex ?? draft.Index, ModifyIndex = draft.Index });
        if (old is null) draft.Catalog = draft.Catalog with { CheckCount = draft.Catalog.CheckCount + 1 };
        draft.CheckChanged(check);
        if (replaced) draft.Arm(check);
        if (replaced || old?.Status != check.Status) draft.StatusChanged(check);
        return null;
    }

    /// <summary>What a probe or an application reports. Only a change of status has an index: an output that differs each time (a date, a duration)
    /// would wake every reader at every probe.</summary>
    public static bool ReportCheck(this Draft draft, string nodeName, string id, InstanceHealth status, string output)
    {
        if (draft.Catalog.Check(nodeName, id) is not { } check) return false;
        if (check.Definition is { Kind: CheckKind.Ttl } ttl) draft.Schedule(Due.Ttl(nodeName, id), draft.Now + ttl.Ttl);
        if (check.Status != status)
        {
            draft.PutCheck(check with { Status = status, Output = output });
        }
        else if (check.Output != output)
        {
            draft.Place(draft.Catalog.Node(nodeName)!, check with { Output = output });
        }
        return true;
    }

    public static void RemoveCheck(this Draft draft, string nodeName, string id)
    {
        if (draft.Catalog.Check(nodeName, id) is not { } check) return;
        var node = draft.Catalog.Node(nodeName)!;
        var owners = node.CheckOwners.Remove(id);
        if (check.ServiceId.Length == 0)
        {
            draft.SetNode(node with { Checks = node.Checks.Remove(id), CheckOwners = owners, OwnIndex = draft.Index });
        }
        else
        {
            var service = node.Services[check.ServiceId];
            draft.SetNode(node with
            {
                Services = node.Services.SetItem(check.ServiceId, service with { Checks = service.Checks.Remove(id) }),
                CheckOwners = owners,
            });
        }
        draft.Catalog = draft.Catalog with
        {
            CheckCount = draft.Catalog.CheckCount - 1,
            Aliases = draft.Catalog.Aliases.Remove(new CheckKey(nodeName, id)),
        };
        draft.CheckChanged(check);
        if (check.Definition is not null) draft.Probes[new CheckKey(nodeName, id)] = null;
        draft.Schedule(Due.Ttl(nodeName, id), null);
        draft.Schedule(Due.Reap(nodeName, id), null);
        draft.EndSessionsOf(nodeName, session => session.Needs(id));
    }

    /// <summary>Puts the record in its place and nothing else.</summary>
    private static void Place(this Draft draft, NodeEntry node, CheckRecord check)
    {
        var owners = node.CheckOwners.SetItem(check.Id, check.ServiceId);
        if (check.ServiceId.Length == 0)
        {
            node = node with { Checks = node.Checks.SetItem(check.Id, check), CheckOwners = owners };
        }
        else
        {
            var service = node.Services[check.ServiceId];
            node = node with
            {
                Services = node.Services.SetItem(check.ServiceId, service with { Checks = service.Checks.SetItem(check.Id, check) }),
                CheckOwners = owners,
            };
        }
        draft.Catalog = draft.Catalog with { Nodes = draft.Catalog.Nodes.SetItem(node.Record.Name, node) };
    }

    private static void CheckChanged(this Draft draft, CheckRecord check)
    {
        var node = draft.Catalog.Node(check.Node)!;
        draft.Catalog = draft.Catalog with { ChecksIndex = draft.Index };
        draft.Touch(Topics.Checks);
        if (check.ServiceId.Length > 0)
        {
            draft.SetNode(node);
            draft.NameChanged(node.Services[check.ServiceId].Record.Name);
        }
        else
        {
            draft.SetNode(node with { OwnIndex = draft.Index });
            draft.Touch(Topics.Nodes);
        }
    }

    /// <summary>A check has a new way of being carried out.</summary>
    private static void Arm(this Draft draft, CheckRecord check)
    {
        var key = new CheckKey(check.Node, check.Id);
        draft.Probes[key] = check.Definition;
        draft.Schedule(Due.Ttl(check.Node, check.Id), check.Definition is { Kind: CheckKind.Ttl } ttl ? draft.Now + ttl.Ttl : null);
        draft.Catalog = draft.Catalog with
        {
            Aliases = check.Definition is { Kind: CheckKind.Alias } ? draft.Catalog.Aliases.Add(key) : draft.Catalog.Aliases.Remove(key),
        };
    }

    private static void StatusChanged(this Draft draft, CheckRecord check)
    {
        var reap = Due.Reap(check.Node, check.Id);
        var critical = check.Status == InstanceHealth.Critical;
        if (!critical) draft.Schedule(reap, null);
        else if (check.Definition is { } definition && definition.DeregisterCriticalServiceAfter > TimeSpan.Zero && !draft.IsScheduled(reap))
            draft.Schedule(reap, draft.Now + definition.DeregisterCriticalServiceAfter);
        if (critical) draft.EndSessionsOf(check.Node, session => session.Needs(check.Id));
    }
}
