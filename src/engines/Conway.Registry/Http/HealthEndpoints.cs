using Conway.Registry.Watching;
using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary><c>/v1/health</c>: who is there and well. Every answer can be waited for. <c>?near</c> is accepted and has no effect: all is equally near on one machine.</summary>
internal static class HealthEndpoints
{
    public static Task<Reply> Service(Call call)
    {
        if (call.Rest.Length == 0) return Task.FromResult(Reply.Bad("Missing service name"));
        if (call.Switch("passing") is not { } passing) return Task.FromResult(Reply.Bad("Invalid value for ?passing"));
        if (!CatalogEndpoints.TryNodeMeta(call, out var meta)) return Task.FromResult(Reply.Bad("Invalid node-meta, must be key:value"));
        var tags = call.Query["tag"];
        return call.AnswerAsync([Topics.Service(call.Rest), Topics.Nodes], world => new Answer<List<HealthView>>(
            [.. world.Catalog.InstancesOf(call.Rest)
                .Where(found => CatalogEndpoints.Fits(found.Node.Record, meta) && CatalogEndpoints.HasTags(found.Service.Record, tags))
                .Where(found => !passing || IsPassing(found.Node, found.Service))
                .Select(found => new HealthView(
                    found.Node.Record.View(call.Options.Datacenter), found.Service.Record.View(), Viewing.ChecksOf(found.Node, found.Service)))],
            world.Catalog.IndexOf(call.Rest)), views => Filtering.Apply(call, views, Reply.Of));
    }

    public static Task<Reply> Checks(Call call) => call.Rest.Length == 0
        ? Task.FromResult(Reply.Bad("Missing service name"))
        : call.AnswerAsync([Topics.Service(call.Rest), Topics.Nodes], world => new Answer<List<CheckView>>(
            [.. world.Catalog.InstancesOf(call.Rest).SelectMany(found => found.Service.Checks.Values.Select(check => check.View(found.Service.Record)))],
            world.Catalog.IndexOf(call.Rest)), views => Filtering.Apply(call, views, Reply.Of));

    public static Task<Reply> Node(Call call) => call.Rest.Length == 0
        ? Task.FromResult(Reply.Bad("Missing node name"))
        : call.AnswerAsync([Topics.Node(call.Rest), Topics.Nodes], world =>
        {
            var node = world.Catalog.Node(call.Rest);
            return new Answer<List<CheckView>>(node is null ? [] : [.. All(node)], node?.Index ?? world.Catalog.NodesIndex);
        }, views => Filtering.Apply(call, views, Reply.Of));

    public static Task<Reply> State(Call call)
    {
        if (call.Rest != "any" && Health.Parse(call.Rest) is null)
            return Task.FromResult(Reply.Bad("Missing check state: one of any, passing, warning, critical"));
        return call.AnswerAsync([Topics.Checks, Topics.Names], world => new Answer<List<CheckView>>(
            [.. world.Catalog.Nodes.Values.SelectMany(All).Where(check => call.Rest == "any" || check.Status == call.Rest)],
            Math.Max(world.Catalog.ChecksIndex, world.Catalog.NamesIndex)), views => Filtering.Apply(call, views, Reply.Of));
    }

    /// <summary>Every check of the instance and of its node passes.</summary>
    public static bool IsPassing(NodeEntry node, ServiceEntry service) =>
        Health.Worst(node.Checks.Values) == InstanceHealth.Passing && Health.Worst(service.Checks.Values) == InstanceHealth.Passing;

    private static IEnumerable<CheckView> All(NodeEntry node) =>
        node.Checks.Values.Select(check => check.View(null))
            .Concat(node.Services.Values.SelectMany(service => service.Checks.Values.Select(check => check.View(service.Record))));
}
