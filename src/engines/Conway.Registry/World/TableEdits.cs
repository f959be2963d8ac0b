namespace Conway.Registry.World;

/// <summary>Makes the catalog say of this node's supervised instances exactly what the table says; everything else on the node stays.</summary>
internal static class TableEdits
{
    /// <summary>The check by which Consul says that a node is alive. Sessions rest on it unless they say otherwise.</summary>
    public const string SerfCheck = "serfHealth";

    /// <summary>The type by which our own is told from one that somebody registered for another node.</summary>
    public const string SerfType = "serf";

    public static void ApplyTable(this Draft draft, string node, InstanceTable table)
    {
        var wanted = table.Instances.ToDictionary(instance => instance.InstanceId, StringComparer.Ordinal);
        foreach (var (id, service) in draft.Catalog.Node(node)!.Services)
            if (service.Record.Origin == Origin.Table && !wanted.ContainsKey(id))
                draft.RemoveService(node, id);

        foreach (var instance in table.Instances)
        {
            // Who supervises knows best: an instance that registered itself under the same ID gives way.
            if (draft.Catalog.Service(node, instance.InstanceId) is { Record.Origin: not Origin.Table }) draft.RemoveService(node, instance.InstanceId);
            Demand(draft.PutService(new ServiceRecord
            {
                Node = node,
                Id = instance.InstanceId,
                Name = instance.ServiceName,
                Address = instance.Address,
                Port = instance.Port,
                Tags = instance.Tags,
                Meta = instance.Meta,
                Origin = Origin.Table,
            }));
            Demand(draft.PutCheck(new CheckRecord
            {
                Node = node,
                Id = CheckIdOf(instance.InstanceId),
                Name = $"Service '{instance.ServiceName}' check",
                ServiceId = instance.InstanceId,
                Status = instance.Health,
                Output = instance.Output,
                Type = "supervised",
            }));
        }
    }

    /// <summary>The one check that the table itself speaks through.</summary>
    public static string CheckIdOf(string instanceId) => "service:" + instanceId;

    /// <summary>The node speaks through this check; nobody may over HTTP.</summary>
    public static bool IsNodesOwnCheck(this Draft draft, CheckRecord check) =>
        check.Type == SerfType
        || (check.Id == CheckIdOf(check.ServiceId) && draft.Catalog.Service(check.Node, check.ServiceId) is { Record.Origin: Origin.Table });

    private static void Demand(Refusal? refusal)
    {
        if (refusal is not null) throw new InvalidOperationException($"Registry: the instance table cannot be applied. {refusal.Text}");
    }
}
