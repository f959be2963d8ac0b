using System.Text.Json;
using Conway.Registry.Sessions;
using Conway.Registry.Watching;
using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary><c>/v1/session/…</c></summary>
internal static class SessionEndpoints
{
    public static async Task<Reply> Create(Call call)
    {
        var (body, refused) = await call.JsonAsync(emptyIsObject: true);
        if (refused is not null) return refused;
        var faults = new List<string>();
        var session = Read(new JsonIn(body, "", faults), call);
        if (faults.Count > 0) return Reply.Bad($"Request decode failed: {string.Join("; ", faults)}");
        var refusal = call.Ledger.Commit(draft => draft.CreateSession(session));
        return refusal is null ? Reply.Of(new { ID = session.Id }) : Reply.From(refusal);
    }

    public static Task<Reply> Destroy(Call call)
    {
        if (call.Rest.Length == 0) return Task.FromResult(Reply.Bad("Missing session"));
        var refusal = call.Ledger.Commit(draft =>
        {
            draft.EndSession(call.Rest);
            return null;
        });
        return Task.FromResult(refusal is null ? Reply.Of(true) : Reply.From(refusal));
    }

    public static Task<Reply> Renew(Call call)
    {
        Session? renewed = null;
        call.Ledger.Commit(draft =>
        {
            if (draft.RenewSession(call.Rest)) renewed = draft.Sessions.Find(call.Rest);
            return null;
        });
        return Task.FromResult(renewed is null ? Reply.Plain($"Session id '{call.Rest}' not found", 404) : Reply.Of(new[] { View(renewed) }));
    }

    public static Task<Reply> Info(Call call) => Ask(call, session => session.Id == call.Rest);

    public static Task<Reply> List(Call call) => Ask(call, static _ => true);

    public static Task<Reply> OfNode(Call call) => Ask(call, session => session.Node.Equals(call.Rest, StringComparison.OrdinalIgnoreCase));

    private static Task<Reply> Ask(Call call, Func<Session, bool> wanted) => call.AnswerAsync([Topics.Sessions],
        world => new Answer<List<SessionView>>([.. world.Sessions.All.Values.Where(wanted).Select(View)], world.Sessions.Index), Reply.Of);

    private static Session Read(JsonIn json, Call call)
    {
        var behavior = json.Text("Behavior", "release");
        if (behavior is not ("release" or "delete" or "")) json.Faults.Add($"Invalid Behavior setting '{behavior}': must be release or delete");
        var node = json.Text("Node") is { Length: > 0 } named ? named : call.Options.NodeName;
        var checks = json.Has("NodeChecks") ? json.Texts("NodeChecks")
            : json.Has("Checks") ? json.Texts("Checks")
            : node.Equals(call.Options.NodeName, StringComparison.OrdinalIgnoreCase) ? [TableEdits.SerfCheck] : [];
        return new Session
        {
            // Whoever knows the id holds the lock: it must not be guessed, so it does not come from the seed.
            Id = Guid.NewGuid().ToString(),
            Name = json.Text("Name"),
            Node = node,
            LockDelay = LockDelay(json),
            DeletesKeys = behavior == "delete",
            Ttl = json.Duration("TTL", TimeSpan.Zero),
            NodeChecks = checks,
            ServiceChecks = [.. json.Objects("ServiceChecks").Select(check => check.Text("ID"))],
        };
    }

    /// <summary>Consul reads a small number as seconds, though a number is nanoseconds elsewhere: nobody means 15 ns.</summary>
    private static TimeSpan LockDelay(JsonIn json) =>
        json.Raw("LockDelay") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) && value is >= 0 and < 1000
            ? TimeSpan.FromSeconds(value)
            : json.Duration("LockDelay", Session.DefaultLockDelay);

    private static SessionView View(Session session) => new(
        session.Id, session.Name, session.Node, session.LockDelay.Ticks * 100, session.DeletesKeys ? "delete" : "release",
        session.Ttl == TimeSpan.Zero ? "" : Durations.Text(session.Ttl), session.NodeChecks, session.NodeChecks,
        [.. session.ServiceChecks.Select(id => new ServiceCheckView(id, ""))], session.CreateIndex, session.ModifyIndex);
}
