using Conway.Registry.Checks;
using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary><c>/v1/agent/check…</c>: checks of this node, and the reports of those who check themselves.</summary>
internal static class AgentCheckEndpoints
{
    public static Task<Reply> List(Call call)
    {
        var node = call.Ledger.World.Catalog.Node(call.Options.NodeName)!;
        var views = node.Checks.Values.Where(check => check.Id != TableEdits.SerfCheck).Select(check => check.View(null))
            .Concat(node.Services.Values.SelectMany(service => service.Checks.Values.Select(check => check.View(service.Record))));
        return Task.FromResult(Filtering.Apply(call, views, kept => Reply.Of(kept.ToDictionary(view => view.CheckID, StringComparer.Ordinal))));
    }

    public static async Task<Reply> Register(Call call)
    {
        var (body, refused) = await call.JsonAsync();
        if (refused is not null) return refused;
        var faults = new List<string>();
        var json = new JsonIn(body, "", faults);
        if (json.Text("Name").Length == 0) faults.Add("Missing check name (Name)");
        var check = CheckInput.Read(json, call.Options.NodeName, json.Text("ServiceID"), "", "");
        if (faults.Count > 0) return Reply.Bad($"Request decode failed: {string.Join("; ", faults)}");

        var refusal = call.Ledger.Commit(draft => draft.Catalog.Check(check.Node, check.Id) is { } old && draft.IsNodesOwnCheck(old)
            ? Refusal.Supervised(check.Id)
            : draft.PutCheck(check));
        return refusal is null ? Reply.Empty : Reply.From(refusal);
    }

    public static Task<Reply> Deregister(Call call) => Change(call, (draft, check) =>
    {
        draft.RemoveCheck(check.Node, check.Id);
        return null;
    });

    public static Task<Reply> Pass(Call call) => Report(call, InstanceHealth.Passing, call.Param("note"));

    public static Task<Reply> Warn(Call call) => Report(call, InstanceHealth.Warning, call.Param("note"));

    public static Task<Reply> Fail(Call call) => Report(call, InstanceHealth.Critical, call.Param("note"));

    public static async Task<Reply> Update(Call call)
    {
        var (body, refused) = await call.JsonAsync();
        if (refused is not null) return refused;
        var json = new JsonIn(body, "", []);
        var (word, output) = (json.Text("Status"), json.Text("Output"));
        if (json.Faults.Count > 0) return Reply.Bad($"Request decode failed: {string.Join("; ", json.Faults)}");
        return Health.Parse(word) is { } status ? await Report(call, status, output) : Reply.Bad($"Invalid check status: '{word}'");
    }

    private static Task<Reply> Report(Call call, InstanceHealth status, string output) => Change(call, (draft, check) =>
    {
        if (check.Definition is not { Kind: CheckKind.Ttl } ttl)
            return Refusal.Invalid($"CheckID \"{check.Id}\" does not have associated TTL");
        draft.ReportCheck(check.Node, check.Id, status, output.Length > ttl.OutputMaxSize ? output[..ttl.OutputMaxSize] : output);
        return null;
    });

    private static Task<Reply> Change(Call call, Func<Draft, CheckRecord, Refusal?> change)
    {
        var refusal = call.Ledger.Commit(draft =>
        {
            if (draft.Catalog.Check(call.Options.NodeName, call.Rest) is not { } check)
                return Refusal.NotFound($"Unknown check ID \"{call.Rest}\". Ensure that the check ID is passed, not the check name.");
            return draft.IsNodesOwnCheck(check) ? Refusal.Supervised(check.Id) : change(draft, check);
        });
        return Task.FromResult(refusal is null ? Reply.Empty : Reply.From(refusal));
    }
}
