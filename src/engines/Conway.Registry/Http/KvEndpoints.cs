using System.Globalization;
using Conway.Registry.Kv;
using Conway.Registry.Watching;
using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary><c>/v1/kv/…</c></summary>
internal static class KvEndpoints
{
    public static Task<Reply> Read(Call call)
    {
        var key = call.Rest;
        if (call.Has("keys")) return Keys(call);
        if (call.Has("recurse"))
        {
            return call.AnswerAsync([Topics.Prefix(key)],
                world => new Answer<List<KvView>>([.. world.Kv.Under(key).Select(View)], world.Kv.IndexUnder(key)),
                views => views.Count == 0 ? Reply.Status404 : Reply.Of(views));
        }
        if (key.Length == 0) return Task.FromResult(Reply.Bad("Missing key name"));
        return call.AnswerAsync([Topics.Key(key)],
            world => new Answer<KvEntry?>(world.Kv.Find(key), world.Kv.IndexOf(key)),
            entry => entry is null ? Reply.Status404 : call.Has("raw") ? Reply.Bytes(entry.Value) : Reply.Of(new[] { View(entry) }));
    }

    private static Task<Reply> Keys(Call call)
    {
        var (prefix, separator) = (call.Rest, call.Has("separator") ? call.Param("separator") : call.Param("seperator"));
        return call.AnswerAsync([Topics.Prefix(prefix)],
            world => new Answer<List<string>>(Cut(world.Kv.Under(prefix), prefix.Length, separator), world.Kv.IndexUnder(prefix)),
            keys => keys.Count == 0 && prefix.Length > 0 ? Reply.Status404 : Reply.Of(keys));
    }

    public static async Task<Reply> Write(Call call)
    {
        var key = call.Rest;
        if (key.Length == 0) return Reply.Bad("Missing key name");
        if (Conflicting(call, "cas", "acquire", "release") is { } conflict) return conflict;
        if (!TryNumber(call, "flags", out var flags)) return Reply.Bad("Invalid flags: must be a whole number from 0 to 18446744073709551615");
        if (!TryNumber(call, "cas", out var cas)) return Reply.Bad("Invalid cas: must be a ModifyIndex");
        var (value, refused) = await call.BodyAsync(Limits.KvValueBytesMax);
        if (refused is not null) return refused;

        var done = true;
        var refusal = call.Ledger.Commit(draft =>
        {
            if (call.Has("cas")) return Keep(draft.SetKeyIfUnchanged(key, value, flags, cas), out done);
            if (call.Has("acquire")) return Keep(draft.AcquireKey(key, value, flags, call.Param("acquire")), out done);
            if (call.Has("release")) return Keep(draft.ReleaseKey(key, value, flags, call.Param("release")), out done);
            return draft.SetKey(key, value, flags);
        });
        return refusal is null ? Reply.Of(done) : Reply.From(refusal);
    }

    public static Task<Reply> Delete(Call call)
    {
        if (Conflicting(call, "recurse", "cas") is { } conflict) return Task.FromResult(conflict);
        if (!TryNumber(call, "cas", out var cas)) return Task.FromResult(Reply.Bad("Invalid cas: must be a ModifyIndex"));
        if (call.Rest.Length == 0 && !call.Has("recurse")) return Task.FromResult(Reply.Bad("Missing key name"));
        var done = true;
        var refusal = call.Ledger.Commit(draft =>
        {
            if (call.Has("recurse")) draft.DeleteTree(call.Rest);
            else if (call.Has("cas")) done = draft.DeleteKeyIfUnchanged(call.Rest, cas);
            else draft.DeleteKey(call.Rest);
            return null;
        });
        return Task.FromResult(refusal is null ? Reply.Of(done) : Reply.From(refusal));
    }

    public static KvView View(KvEntry entry) =>
        new(entry.LockIndex, entry.Key, entry.Flags, entry.Value, entry.Session, entry.CreateIndex, entry.ModifyIndex);

    /// <summary>Keys up to and with the first separator beyond the prefix, each once: the folders of a level.</summary>
    private static List<string> Cut(IEnumerable<KvEntry> entries, int from, string separator)
    {
        var keys = new List<string>();
        foreach (var entry in entries)
        {
            var at = separator.Length == 0 ? -1 : entry.Key.IndexOf(separator, from, StringComparison.Ordinal);
            var key = at < 0 ? entry.Key : entry.Key[..(at + separator.Length)];
            if (keys.Count == 0 || keys[^1] != key) keys.Add(key);
        }
        return keys;
    }

    private static Refusal? Keep((bool Done, Refusal? Refusal) outcome, out bool done)
    {
        done = outcome.Done;
        return outcome.Refusal;
    }

    private static Reply? Conflicting(Call call, params ReadOnlySpan<string> flags)
    {
        var count = 0;
        foreach (var flag in flags)
            if (call.Has(flag)) count++;
        return count > 1 ? Reply.Bad($"Conflicting flags: {call.Context.Request.QueryString.Value?.TrimStart('?')}") : null;
    }

    private static bool TryNumber(Call call, string name, out ulong value)
    {
        value = 0;
        return !call.Has(name) || ulong.TryParse(call.Param(name), NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
