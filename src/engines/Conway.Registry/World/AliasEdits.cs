namespace Conway.Registry.World;

/// <summary>Alias checks take over the worst health of the instance they follow, in the very commit that changes it.</summary>
internal static class AliasEdits
{
    /// <summary>An alias may follow an alias. A chain settles in as many rounds as it is long; a circle never does and is cut off here.</summary>
    private const int RoundsMax = 8;

    public static void FollowAliases(this Draft draft)
    {
        if (draft.Catalog.Aliases.IsEmpty || draft.Touched.Count == 0) return;
        for (var round = 0; round < RoundsMax; round++)
        {
            var settled = true;
            foreach (var key in draft.Catalog.Aliases)
            {
                var check = draft.Catalog.Check(key.Node, key.Id)!;
                var (status, output) = Follow(draft.Catalog, check);
                if (check.Status == status && check.Output == output) continue;
                settled &= check.Status == status;
                draft.ReportCheck(key.Node, key.Id, status, output);
            }
            if (settled) return;
        }
    }

    private static (InstanceHealth, string) Follow(Catalog catalog, CheckRecord check)
    {
        var target = check.Definition!.Target;
        if (target.Length == 0)
        {
            var node = Health.Worst(catalog.Node(check.Node)!.Checks.Values.Where(other => other.Id != check.Id));
            return (node, $"Node is {node.Word()}");
        }
        if (catalog.Service(check.Node, target) is not { } service) return (InstanceHealth.Critical, $"Service \"{target}\" could not be found");
        // A check never follows itself, or a bad state could not heal.
        var checks = service.Checks.Values.Where(other => other.Id != check.Id).Concat(catalog.Node(check.Node)!.Checks.Values);
        var worst = Health.Worst(checks);
        return worst == InstanceHealth.Passing
            ? (worst, "All checks passing.")
            : (worst, $"Aliased check is {worst.Word()}: {checks.First(other => other.Status == worst).Name}");
    }
}
