using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary><c>PUT /v1/catalog/register</c> and <c>deregister</c>: what somebody else watches over, such as a database on another machine.</summary>
internal static class CatalogWriteEndpoints
{
    public static async Task<Reply> Register(Call call)
    {
        var (body, refused) = await call.JsonAsync();
        if (refused is not null) return refused;
        var faults = new List<string>();
        var json = new JsonIn(body, "", faults);
        var name = json.Text("Node");
        var address = json.Text("Address");
        var own = name.Equals(call.Options.NodeName, StringComparison.OrdinalIgnoreCase);
        if (name.Length == 0 || (address.Length == 0 && !json.Bool("SkipNodeUpdate") && !own)) faults.Add("Must provide node and address");
        var service = json.Object("Service") is { } serviceJson ? ServiceInput.Read(serviceJson, name, "Service", Origin.Catalog) : null;
        var checks = new List<CheckRecord>();
        if (json.Object("Check") is { } single) checks.Add(ReadCheck(single, name, service));
        checks.AddRange(json.Objects("Checks").Select(check => ReadCheck(check, name, service)));
        var node = new NodeRecord
        {
            Name = name,
            Id = json.Text("ID"),
            Address = address,
            TaggedAddresses = json.TextMap("TaggedAddresses"),
            Meta = json.TextMap("NodeMeta"),
        };
        if (faults.Count > 0) return Reply.Bad($"Request decode failed: {string.Join("; ", faults)}");

        var refusal = call.Ledger.Commit(draft =>
        {
            // The node's own record is the registry's to write; services and checks may still be added to it.
            if (!own && !json.Bool("SkipNodeUpdate") && draft.PutNode(node) is { } notPut) return notPut;
            if (service is not null)
            {
                if (draft.Catalog.Service(name, service.Id) is { Record.Origin: Origin.Table }) return Refusal.Supervised(service.Id);
                if (draft.PutService(service) is { } serviceNotPut) return serviceNotPut;
            }
            foreach (var check in checks)
            {
                if (IsSupervised(draft, check.Node, check.Id)) return Refusal.Supervised(check.Id);
                if (draft.PutCheck(check) is { } checkNotPut) return checkNotPut;
            }
            return null;
        });
        return refusal is null ? Reply.Of(true) : Reply.From(refusal);
    }

    public static async Task<Reply> Deregister(Call call)
    {
        var (body, refused) = await call.JsonAsync();
        if (refused is not null) return refused;
        var faults = new List<string>();
        var json = new JsonIn(body, "", faults);
        var (name, serviceId, checkId) = (json.Text("Node"), json.Text("ServiceID"), json.Text("CheckID"));
        if (name.Length == 0) faults.Add("Must provide node");
        if (faults.Count > 0) return Reply.Bad($"Request decode failed: {string.Join("; ", faults)}");

        var refusal = call.Ledger.Commit(draft =>
        {
            if (serviceId.Length > 0)
            {
                if (draft.Catalog.Service(name, serviceId) is { Record.Origin: Origin.Table }) return Refusal.Supervised(serviceId);
                draft.RemoveService(name, serviceId);
            }
            else if (checkId.Length > 0)
            {
                if (IsSupervised(draft, name, checkId)) return Refusal.Supervised(checkId);
                draft.RemoveCheck(name, checkId);
            }
            else
            {
                if (name.Equals(call.Options.NodeName, StringComparison.OrdinalIgnoreCase)) return Refusal.Supervised(name);
                draft.RemoveNode(name);
            }
            return null;
        });
        return refusal is null ? Reply.Of(true) : Reply.From(refusal);
    }

    private static bool IsSupervised(Draft draft, string node, string checkId) =>
        draft.Catalog.Check(node, checkId) is { } check && draft.IsNodesOwnCheck(check);

    /// <summary>A check in the catalog is a statement, not a probe: who registers it keeps it up to date.</summary>
    private static CheckRecord ReadCheck(JsonIn json, string node, ServiceRecord? service)
    {
        var word = json.Text("Status");
        var status = Health.Parse(word);
        if (word.Length > 0 && status is null) json.Faults.Add($"Status must be passing, warning or critical, not \"{word}\"");
        var name = json.Text("Name");
        var id = json.Text("CheckID") is { Length: > 0 } given ? given : name;
        if (id.Length == 0) json.Faults.Add("Must provide a check ID or name");
        var serviceId = json.Text("ServiceID");
        return new CheckRecord
        {
            Node = node,
            Id = id,
            Name = name.Length > 0 ? name : id,
            Status = status ?? InstanceHealth.Critical,
            Notes = json.Text("Notes"),
            Output = json.Text("Output"),
            ServiceId = serviceId.Length == 0 && json.Text("ServiceName").Length > 0 ? service?.Id ?? "" : serviceId,
            // "serf" is how the registry knows its own check again; on a stranger's it would shut him out.
            Type = json.Text("Type") is var type and not TableEdits.SerfType ? type : "",
        };
    }
}
