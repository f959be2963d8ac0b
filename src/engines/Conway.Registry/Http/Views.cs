using Conway.Registry.World;

namespace Conway.Registry.Http;

// The shapes of Consul's answers, field for field: the property names are the wire format, and what ?filter= may select.

internal sealed record WeightsView(int Passing, int Warning);

internal sealed record AddressView(string Address, int Port);

internal sealed record NodeView(
    string ID, string Node, string Address, string Datacenter, IReadOnlyDictionary<string, string> TaggedAddresses,
    IReadOnlyDictionary<string, string> Meta, ulong CreateIndex, ulong ModifyIndex);

internal sealed record CatalogInstanceView(
    string ID, string Node, string Address, string Datacenter, IReadOnlyDictionary<string, string> TaggedAddresses,
    IReadOnlyDictionary<string, string> NodeMeta, string ServiceKind, string ServiceID, string ServiceName, IReadOnlyList<string> ServiceTags,
    string ServiceAddress, IReadOnlyDictionary<string, AddressView> ServiceTaggedAddresses, WeightsView ServiceWeights,
    IReadOnlyDictionary<string, string> ServiceMeta, int ServicePort, bool ServiceEnableTagOverride, ulong CreateIndex, ulong ModifyIndex);

/// <summary>An instance as the catalog and health endpoints show it.</summary>
internal sealed record InstanceView(
    string ID, string Service, IReadOnlyList<string> Tags, string Address, IReadOnlyDictionary<string, AddressView> TaggedAddresses,
    IReadOnlyDictionary<string, string> Meta, int Port, WeightsView Weights, bool EnableTagOverride, ulong CreateIndex, ulong ModifyIndex);

/// <summary>An instance as the agent endpoints show it.</summary>
internal sealed record AgentInstanceView(
    string ID, string Service, IReadOnlyList<string> Tags, IReadOnlyDictionary<string, string> Meta, int Port, string Address,
    IReadOnlyDictionary<string, AddressView> TaggedAddresses, WeightsView Weights, bool EnableTagOverride, string Datacenter)
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? ContentHash { get; init; }
}

internal sealed record CheckView(
    string Node, string CheckID, string Name, string Status, string Notes, string Output, string ServiceID, string ServiceName,
    IReadOnlyList<string> ServiceTags, string Type, string Interval, string Timeout, int ExposedPort, IReadOnlyDictionary<string, object> Definition,
    ulong CreateIndex, ulong ModifyIndex);

internal sealed record HealthView(NodeView Node, InstanceView Service, IReadOnlyList<CheckView> Checks);

internal sealed record AgentHealthView(string AggregatedStatus, AgentInstanceView Service, IReadOnlyList<CheckView> Checks);

internal sealed record NodeServicesView(NodeView Node, IReadOnlyDictionary<string, InstanceView> Services);

internal sealed record NodeServiceListView(NodeView Node, IReadOnlyList<InstanceView> Services);

internal sealed record KvView(
    ulong LockIndex, string Key, ulong Flags, byte[] Value, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Session,
    ulong CreateIndex, ulong ModifyIndex);

internal sealed record ServiceCheckView(string ID, string Namespace);

internal sealed record SessionView(
    string ID, string Name, string Node, long LockDelay, string Behavior, string TTL, IReadOnlyList<string> Checks, IReadOnlyList<string> NodeChecks,
    IReadOnlyList<ServiceCheckView> ServiceChecks, ulong CreateIndex, ulong ModifyIndex);

/// <summary>From records to views.</summary>
internal static class Viewing
{
    public static NodeView View(this NodeRecord node, string datacenter) => new(
        node.Id, node.Name, node.Address, datacenter, node.TaggedAddresses, node.Meta, node.CreateIndex, node.ModifyIndex);

    public static CatalogInstanceView View(this ServiceRecord service, NodeRecord node, string datacenter) => new(
        node.Id, node.Name, node.Address, datacenter, node.TaggedAddresses, node.Meta, "", service.Id, service.Name, service.Tags,
        service.Address, Addresses(service), Weights(service), service.Meta, service.Port, service.EnableTagOverride, service.CreateIndex, service.ModifyIndex);

    public static InstanceView View(this ServiceRecord service) => new(
        service.Id, service.Name, service.Tags, service.Address, Addresses(service), service.Meta, service.Port, Weights(service),
        service.EnableTagOverride, service.CreateIndex, service.ModifyIndex);

    public static AgentInstanceView AgentView(this ServiceRecord service, string datacenter) => new(
        service.Id, service.Name, service.Tags, service.Meta, service.Port, service.Address, Addresses(service), Weights(service),
        service.EnableTagOverride, datacenter);

    public static CheckView View(this CheckRecord check, ServiceRecord? service) => new(
        check.Node, check.Id, check.Name, check.Status.Word(), check.Notes, check.Output, check.ServiceId, service?.Name ?? "",
        service is null ? [] : service.Tags, check.Type,
        check.Definition is { Interval.Ticks: > 0 } every ? Durations.Text(every.Interval) : "",
        check.Definition is { Interval.Ticks: > 0 } probed ? Durations.Text(probed.Timeout) : "",
        0, Details(check), check.CreateIndex, check.ModifyIndex);

    /// <summary>The node's own checks and then the instance's, as health answers carry them.</summary>
    public static IReadOnlyList<CheckView> ChecksOf(NodeEntry node, ServiceEntry service) =>
        [.. node.Checks.Values.Select(check => check.View(null)), .. service.Checks.Values.Select(check => check.View(service.Record))];

    private static WeightsView Weights(ServiceRecord service) => new(service.WeightPassing, service.WeightWarning);

    private static Dictionary<string, AddressView> Addresses(ServiceRecord service) =>
        service.TaggedAddresses.ToDictionary(pair => pair.Key, pair => new AddressView(pair.Value.Address, pair.Value.Port), StringComparer.Ordinal);

    private static Dictionary<string, object> Details(CheckRecord check)
    {
        var details = new Dictionary<string, object>(StringComparer.Ordinal);
        if (check.Definition is not { } definition) return details;
        var field = definition.Kind switch
        {
            Checks.CheckKind.Http => "HTTP",
            Checks.CheckKind.Tcp => "TCP",
            Checks.CheckKind.Grpc => "GRPC",
            Checks.CheckKind.H2Ping => "H2PING",
            Checks.CheckKind.Alias => "AliasService",
            _ => "TTL",
        };
        details[field] = definition.Kind == Checks.CheckKind.Ttl ? Durations.Text(definition.Ttl) : definition.Target;
        if (definition.Interval > TimeSpan.Zero)
        {
            details["Interval"] = Durations.Text(definition.Interval);
            details["Timeout"] = Durations.Text(definition.Timeout);
        }
        if (definition.DeregisterCriticalServiceAfter > TimeSpan.Zero)
            details["DeregisterCriticalServiceAfter"] = Durations.Text(definition.DeregisterCriticalServiceAfter);
        return details;
    }
}
