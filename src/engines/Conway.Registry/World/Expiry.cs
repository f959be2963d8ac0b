using Conway.Registry.Checks;
using Conway.Registry.Sessions;

namespace Conway.Registry.World;

/// <summary>What happens when a deadline has come.</summary>
internal static class Expiry
{
    public static void Expire(this Draft draft, Due due)
    {
        switch (due.Kind)
        {
            case DueKind.Session:
                draft.EndSession(due.Id);
                break;
            case DueKind.Ttl when draft.Catalog.Check(due.Node, due.Id) is { Definition.Kind: CheckKind.Ttl } check:
                draft.PutCheck(check with { Status = InstanceHealth.Critical, Output = "TTL expired" });
                break;
            case DueKind.Reap when draft.Catalog.Check(due.Node, due.Id) is { Status: InstanceHealth.Critical, ServiceId.Length: > 0 } check
                    && draft.Catalog.Service(due.Node, check.ServiceId) is { Record.Origin: not Origin.Table }:
                draft.RemoveService(due.Node, check.ServiceId);
                break;
            default:
                // The end of a lock-delay needs no deed, and what was to expire may be gone already.
                break;
        }
    }
}
