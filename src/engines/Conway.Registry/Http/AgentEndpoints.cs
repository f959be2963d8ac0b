using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary><c>/v1/agent/self</c>, <c>members</c>, and maintenance of the node or of one instance.</summary>
internal static class AgentEndpoints
{
    private const string NodeMaintenance = "_node_maintenance";
    private const string ServiceMaintenance = "_service_maintenance:";

    /// <summary>The Consul whose API this is; clients that look at the version find what they know.</summary>
    public const string ApiVersion = "1.17.0";

    public static Task<Reply> Self(Call call) => Task.FromResult(Reply.Of(new
    {
        Config = new
        {
            call.Options.Datacenter,
            PrimaryDatacenter = call.Options.Datacenter,
            call.Options.NodeName,
            NodeID = call.Agent.NodeId,
            Server = true,
            Revision = "conway",
            Version = ApiVersion,
        },
        DebugConfig = new Dictionary<string, object>
        {
            ["HTTPPort"] = call.Agent.Port,
            ["DNSPort"] = call.Agent.DnsPort ?? -1,
            ["BindAddr"] = call.Agent.Address,
        },
        Member = Member(call),
        Stats = new Dictionary<string, Dictionary<string, string>>
        {
            ["agent"] = new()
            {
                ["services"] = $"{call.Ledger.World.Catalog.ServiceCount}",
                ["checks"] = $"{call.Ledger.World.Catalog.CheckCount}",
            },
            ["consul"] = new() { ["server"] = "true", ["leader"] = "true", ["leader_addr"] = Leader(call) },
        },
        Meta = new Dictionary<string, string> { ["consul-network-segment"] = "" },
    }));

    public static Task<Reply> Members(Call call) => Task.FromResult(Reply.Of(new[] { Member(call) }));

    public static Task<Reply> LeaderAddress(Call call) => Task.FromResult(Reply.Of(Leader(call)));

    public static Task<Reply> Peers(Call call) => Task.FromResult(Reply.Of(new[] { Leader(call) }));

    public static Task<Reply> MaintainNode(Call call) => Maintain(call, "", NodeMaintenance, "Node Maintenance Mode",
        "Maintenance mode is enabled for this node, but no reason was provided. This is a default message.");

    public static Task<Reply> MaintainService(Call call) => Maintain(call, call.Rest, ServiceMaintenance + call.Rest, "Service Maintenance Mode",
        "Maintenance mode is enabled for this service, but no reason was provided. This is a default message.");

    private static Task<Reply> Maintain(Call call, string serviceId, string checkId, string name, string reasonUnset)
    {
        if (!call.Has("enable")) return Task.FromResult(Reply.Bad("Missing value for enable"));
        if (call.Switch("enable") is not { } enable) return Task.FromResult(Reply.Bad($"Invalid value for enable: \"{call.Param("enable")}\""));
        var refusal = call.Ledger.Commit(draft =>
        {
            var node = call.Options.NodeName;
            if (serviceId.Length > 0 && draft.Catalog.Service(node, serviceId) is null)
                return Refusal.NotFound($"Unknown service ID \"{serviceId}\". Ensure that the service ID is passed, not the service name.");
            if (!enable)
            {
                draft.RemoveCheck(node, checkId);
                return null;
            }
            if (draft.Catalog.Check(node, checkId) is not null) return null;
            return draft.PutCheck(new CheckRecord
            {
                Node = node,
                Id = checkId,
                Name = name,
                ServiceId = serviceId,
                Notes = call.Param("reason") is { Length: > 0 } reason ? reason : reasonUnset,
                Status = InstanceHealth.Critical,
                Type = "maintenance",
            });
        });
        return Task.FromResult(refusal is null ? Reply.Empty : Reply.From(refusal));
    }

    // Consul tells the Raft port here; ours is a name for "this one, and it is reachable", so the HTTP address serves best.
    private static string Leader(Call call) => $"{call.Agent.Address}:{call.Agent.Port}";

    private static object Member(Call call) => new
    {
        Name = call.Options.NodeName,
        Addr = call.Agent.Address,
        call.Agent.Port,
        Tags = new Dictionary<string, string> { ["dc"] = call.Options.Datacenter, ["id"] = call.Agent.NodeId, ["role"] = "consul", ["build"] = ApiVersion },
        Status = 1,
        ProtocolMin = 1,
        ProtocolMax = 5,
        ProtocolCur = 2,
        DelegateMin = 2,
        DelegateMax = 5,
        DelegateCur = 4,
    };
}
