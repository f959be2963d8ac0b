using Conway.Registry.Watching;
using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary>The reading half of <c>/v1/catalog</c>. Every answer can be waited for.</summary>
internal static class CatalogEndpoints
{
    public static Task<Reply> Datacenters(Call call) => Task.FromResult(Reply.Of(new[] { call.Options.Datacenter }));

    public static Task<Reply> Services(Call call)
    {
        if (!TryNodeMeta(call, out var meta)) return Task.FromResult(Reply.Bad("Invalid node-meta, must be key:value"));
        return call.AnswerAsync([Topics.Names, Topics.Nodes], world =>
        {
            var names = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            foreach (var (name, entry) in world.Catalog.Names)
            {
                if (meta.Count > 0 && !world.Catalog.InstancesOf(name).Any(found => Fits(found.Node.Record, meta))) continue;
                names[name] = [.. entry.TagCounts.Keys];
            }
            return new Answer<Dictionary<string, IReadOnlyList<string>>>(names, Math.Max(world.Catalog.NamesIndex, meta.Count > 0 ? world.Catalog.NodesIndex : 0));
        }, Reply.Of);
    }

    public static Task<Reply> Service(Call call)
    {
        if (call.Rest.Length == 0) return Task.FromResult(Reply.Bad("Missing service name"));
        if (!TryNodeMeta(call, out var meta)) return Task.FromResult(Reply.Bad("Invalid node-meta, must be key:value"));
        var tags = call.Query["tag"];
        return call.AnswerAsync([Topics.Service(call.Rest), Topics.Nodes], world => new Answer<List<CatalogInstanceView>>(
            [.. world.Catalog.InstancesOf(call.Rest)
                .Where(found => Fits(found.Node.Record, meta) && HasTags(found.Service.Record, tags))
                .Select(found => found.Service.Record.View(found.Node.Record, call.Options.Datacenter))],
            world.Catalog.IndexOf(call.Rest)), views => Filtering.Apply(call, views, Reply.Of));
    }

    public static Task<Reply> Nodes(Call call)
    {
        if (!TryNodeMeta(call, out var meta)) return Task.FromResult(Reply.Bad("Invalid node-meta, must be key:value"));
        return call.AnswerAsync([Topics.Nodes], world => new Answer<List<NodeView>>(
            [.. world.Catalog.Nodes.Values.Where(node => Fits(node.Record, meta)).Select(node => node.Record.View(call.Options.Datacenter))],
            world.Catalog.NodesIndex), views => Filtering.Apply(call, views, Reply.Of));
    }

    public static Task<Reply> Node(Call call) => call.AnswerAsync([Topics.Node(call.Rest), Topics.Nodes], world =>
    {
        var node = world.Catalog.Node(call.Rest);
        return new Answer<NodeEntry?>(node, node?.Index ?? world.Catalog.NodesIndex);
    }, node =>
    {
        if (node is null) return Reply.Of(null);
        return Filtering.Apply(call, node.Services.Values.Select(service => service.Record.View()), kept => Reply.Of(new NodeServicesView(
            node.Record.View(call.Options.Datacenter), kept.ToDictionary(view => view.ID, StringComparer.Ordinal))));
    });

    public static Task<Reply> NodeServices(Call call) => call.AnswerAsync([Topics.Node(call.Rest), Topics.Nodes], world =>
    {
        var node = world.Catalog.Node(call.Rest);
        return new Answer<NodeEntry?>(node, node?.Index ?? world.Catalog.NodesIndex);
    }, node =>
    {
        if (node is null) return Reply.Of(new { Node = (NodeView?)null, Services = Array.Empty<InstanceView>() });
        return Filtering.Apply(call, node.Services.Values.Select(service => service.Record.View()),
            kept => Reply.Of(new NodeServiceListView(node.Record.View(call.Options.Datacenter), kept)));
    });

    /// <summary><c>?node-meta=key:value</c>, any number of them, all of which must fit.</summary>
    public static bool TryNodeMeta(Call call, out List<(string Key, string Value)> meta)
    {
        meta = [];
        foreach (var pair in call.Query["node-meta"])
        {
            var colon = pair?.IndexOf(':', StringComparison.Ordinal) ?? -1;
            if (colon < 0) return false;
            meta.Add((pair![..colon], pair[(colon + 1)..]));
        }
        return true;
    }

    public static bool Fits(NodeRecord node, List<(string Key, string Value)> meta) =>
        meta.TrueForAll(pair => node.Meta.TryGetValue(pair.Key, out var value) && value == pair.Value);

    /// <summary>All of the tags, compared without regard to case, as Consul does.</summary>
    public static bool HasTags(ServiceRecord service, IEnumerable<string?> tags) =>
        tags.All(tag => string.IsNullOrEmpty(tag) || service.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase));
}
