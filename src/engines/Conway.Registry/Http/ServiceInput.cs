using System.Text.Json;
using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary>Reads a service registration, as <c>/v1/agent/service/register</c>, <c>/v1/catalog/register</c> and transactions carry it.</summary>
internal static class ServiceInput
{
    /// <param name="nameField">The agent says Name, the catalog and transactions say Service.</param>
    public static ServiceRecord Read(JsonIn json, string node, string nameField, Origin origin)
    {
        var name = json.Text(nameField);
        var weights = json.Object("Weights");
        var service = new ServiceRecord
        {
            Node = node,
            Name = name,
            Id = json.Text("ID") is { Length: > 0 } id ? id : name,
            Tags = json.Texts("Tags"),
            Address = json.Text("Address"),
            Port = json.Int("Port"),
            Meta = json.TextMap("Meta"),
            TaggedAddresses = json.Map("TaggedAddresses", Maps.NoAddresses, "a map of {Address, Port}", ReadAddress),
            WeightPassing = weights?.Int("Passing", 1) ?? 1,
            WeightWarning = weights?.Int("Warning", 1) ?? 1,
            EnableTagOverride = json.Bool("EnableTagOverride"),
            Origin = origin,
        };
        Check(service, nameField, json.Faults);
        if (json.Object("Connect") is { } connect && connect.Has("SidecarService"))
            json.Faults.Add("Connect.SidecarService is not supported: this registry runs no proxies; register the sidecar as a service of its own");
        return service;
    }

    private static void Check(ServiceRecord service, string nameField, List<string> faults)
    {
        if (service.Name.Length == 0) faults.Add($"Missing service name ({nameField})");
        if (service.Name.Length > 256 || service.Id.Length > 256) faults.Add("Service name and ID can have 256 characters at most");
        if (service.Port is < 0 or > 65535) faults.Add($"Port must be from 0 to 65535, not {service.Port}");
        if (service.WeightPassing is < 1 or > 65535) faults.Add("Passing must be greater than 0 and less than or equal to 65535");
        if (service.WeightWarning is < 0 or > 65535) faults.Add("Warning must be greater or equal than 0 and less than or equal to 65535");
        if (service.Address is "0.0.0.0" or "::" or "[::]") faults.Add("Invalid service address: an address to call is needed, not one to listen on");
        if (service.Meta.Count > 64) faults.Add("Invalid Service Meta: Node metadata cannot contain more than 64 key/value pairs");
        foreach (var (key, value) in service.Meta)
            if (key.Length is 0 or > 128 || value.Length > 512) faults.Add($"Invalid Service Meta: key '{key}' has 1 to 128 characters, its value 512 at most");
    }

    private static (bool, TaggedAddress) ReadAddress(JsonElement element)
    {
        var faults = new List<string>();
        var json = new JsonIn(element, "", faults);
        var address = new TaggedAddress(json.Text("Address"), json.Int("Port"));
        return (faults.Count == 0, address);
    }
}
