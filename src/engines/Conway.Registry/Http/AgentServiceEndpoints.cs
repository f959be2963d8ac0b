using System.Security.Cryptography;
using System.Text.Json;
using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary><c>/v1/agent/service…</c>: what this node runs, and how applications register themselves.</summary>
internal static class AgentServiceEndpoints
{
    public static Task<Reply> List(Call call)
    {
        var node = call.Ledger.World.Catalog.Node(call.Options.NodeName)!;
        var views = node.Services.Values.Select(service => service.Record.AgentView(call.Options.Datacenter));
        return Task.FromResult(Filtering.Apply(call, views, kept => Reply.Of(kept.ToDictionary(view => view.ID, StringComparer.Ordinal))));
    }

    /// <summary>One instance; <c>?hash=</c> waits until it differs from what the caller has seen.</summary>
    public static async Task<Reply> Read(Call call)
    {
        if (!call.TryPatience(out var patience, out var fault)) return Reply.Bad(fault);
        var (seen, deadline) = (call.Param("hash"), call.Ledger.Now + patience.Wait);
        while (true)
        {
            using var watch = call.Ledger.Board.TryWatch(Topics.Node(call.Options.NodeName));
            if (watch is null) return Reply.TooManyWaiting;
            var world = call.Ledger.World;
            var view = world.Catalog.Service(call.Options.NodeName, call.Rest)?.Record.AgentView(call.Options.Datacenter);
            var hash = view is null ? "" : Hash(view);
            var left = deadline - call.Ledger.Now;
            if (seen.Length == 0 || hash != seen || left <= TimeSpan.Zero || call.Ledger.Stopping)
            {
                return view is null
                    ? Reply.Plain($"unknown service ID: {call.Rest}", 404)
                    : Reply.Of(view with { ContentHash = hash }) with { ContentHash = hash };
            }
            await watch.Fired.WaitAsync(left, call.Ledger.Time, call.Cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            call.Cancellation.ThrowIfCancellationRequested();
        }
    }

    public static async Task<Reply> Register(Call call)
    {
        var (body, refused) = await call.JsonAsync();
        if (refused is not null) return refused;
        var faults = new List<string>();
        var json = new JsonIn(body, "", faults);
        var service = ServiceInput.Read(json, call.Options.NodeName, "Name", Origin.Agent);
        var checks = Checks(json, service);
        if (call.Switch("replace-existing-checks") is not { } replace) return Reply.Bad("Invalid value for ?replace-existing-checks");
        if (faults.Count > 0) return Reply.Bad($"Request decode failed: {string.Join("; ", faults)}");

        var refusal = call.Ledger.Commit(draft =>
        {
            var old = draft.Catalog.Service(service.Node, service.Id);
            if (old is { Record.Origin: Origin.Table }) return Refusal.Supervised(service.Id);
            if (draft.PutService(service) is { } notPut) return notPut;
            if (replace && old is not null)
                foreach (var gone in old.Checks.Keys.Except(checks.Select(check => check.Record.Id)).ToList()) draft.RemoveCheck(service.Node, gone);
            foreach (var (check, saysStatus) in checks)
            {
                // Registering again, as clients do on every reconnect, must not turn a healthy instance critical.
                var known = old?.Checks.GetValueOrDefault(check.Id);
                var kept = known is null || saysStatus ? check : check with { Status = known.Status, Output = known.Output };
                if (draft.PutCheck(kept) is { } checkNotPut) return checkNotPut;
            }
            return null;
        });
        return refusal is null ? Reply.Empty : Reply.From(refusal);
    }

    public static Task<Reply> Deregister(Call call)
    {
        var refusal = call.Ledger.Commit(draft =>
        {
            if (draft.Catalog.Service(call.Options.NodeName, call.Rest) is not { } service)
                return Refusal.NotFound($"Unknown service ID \"{call.Rest}\". Ensure that the service ID is passed, not the service name.");
            if (service.Record.Origin == Origin.Table) return Refusal.Supervised(call.Rest);
            draft.RemoveService(call.Options.NodeName, call.Rest);
            return null;
        });
        return Task.FromResult(refusal is null ? Reply.Empty : Reply.From(refusal));
    }

    public static Task<Reply> HealthById(Call call)
    {
        var node = call.Ledger.World.Catalog.Node(call.Options.NodeName)!;
        return Task.FromResult(node.Services.TryGetValue(call.Rest, out var service)
            ? Aggregate(call, [Look(call, node, service)], asList: false)
            : Missing(call, $"ServiceId {call.Rest} not found"));
    }

    public static Task<Reply> HealthByName(Call call)
    {
        var node = call.Ledger.World.Catalog.Node(call.Options.NodeName)!;
        var found = node.Services.Values.Where(service => service.Record.Name.Equals(call.Rest, StringComparison.OrdinalIgnoreCase))
            .Select(service => Look(call, node, service)).ToList();
        return Task.FromResult(found.Count > 0 ? Aggregate(call, found, asList: true) : Missing(call, $"ServiceName {call.Rest} Not Found"));
    }

    private static (InstanceHealth Health, AgentHealthView View) Look(Call call, NodeEntry node, ServiceEntry service)
    {
        var checks = node.Checks.Values.Where(check => check.Id != TableEdits.SerfCheck).Concat(service.Checks.Values).ToList();
        var worst = Health.Worst(checks);
        var views = checks.Select(check => check.View(check.ServiceId.Length == 0 ? null : service.Record)).ToList();
        return (worst, new AgentHealthView(worst.Word(), service.Record.AgentView(call.Options.Datacenter), views));
    }

    private static Reply Aggregate(Call call, List<(InstanceHealth Health, AgentHealthView View)> found, bool asList)
    {
        var worst = found.Max(one => one.Health);
        var status = worst switch { InstanceHealth.Passing => 200, InstanceHealth.Warning => 429, _ => 503 };
        if (call.Param("format") == "text") return Reply.Plain(worst.Word(), status);
        return asList ? Reply.Of(found.Select(one => one.View).ToList(), status) : Reply.Of(found[0].View, status);
    }

    private static Reply Missing(Call call, string text) =>
        call.Param("format") == "text" ? Reply.Plain(text, 404) : Reply.Of(new { AggregatedStatus = "critical" }, 404);

    private static List<(CheckRecord Record, bool SaysStatus)> Checks(JsonIn json, ServiceRecord service)
    {
        var inputs = new List<JsonIn>();
        if (json.Object("Check") is { } single) inputs.Add(single);
        inputs.AddRange(json.Objects("Checks"));
        var name = $"Service '{service.Name}' check";
        return [.. inputs.Select((check, i) => (
            CheckInput.Read(check, service.Node, service.Id, inputs.Count == 1 ? $"service:{service.Id}" : $"service:{service.Id}:{i + 1}", name),
            check.Text("Status").Length > 0))];
    }

    private static string Hash(AgentInstanceView view) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(view)).AsSpan(0, 8));
}
