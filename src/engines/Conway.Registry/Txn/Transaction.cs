using Conway.Registry.Http;
using Conway.Registry.Kv;
using Conway.Registry.World;

namespace Conway.Registry.Txn;

/// <summary>One operation of a transaction.</summary>
internal abstract record Operation
{
    /// <summary>On a key.</summary>
    internal sealed record OnKey(string Verb, string Key, byte[] Value, ulong Flags, ulong Index, string Session) : Operation;

    /// <summary>On a service instance.</summary>
    internal sealed record OnService(string Verb, ServiceRecord Service, ulong Index) : Operation;
}

/// <summary>What an operation gives back, in the shape of Consul's results: exactly one of the two is set.</summary>
internal sealed record OperationResult
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public object? KV { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public object? Service { get; init; }
}

/// <summary>Why an operation failed.</summary>
internal sealed record OperationError(int OpIndex, string What);

/// <summary>Carries operations out on a draft, in order. Any error means that the draft is thrown away, so all happens or nothing.</summary>
internal static class Transaction
{
    public static (List<OperationResult> Results, List<OperationError> Errors) Run(Draft draft, IReadOnlyList<Operation> operations)
    {
        var results = new List<OperationResult>();
        var errors = new List<OperationError>();
        for (var i = 0; i < operations.Count; i++)
        {
            var fault = operations[i] switch
            {
                Operation.OnKey key => KeyVerb(draft, key, results),
                Operation.OnService service => ServiceVerb(draft, service, results),
                _ => throw new InvalidOperationException("Registry: an operation of an unknown kind."),
            };
            if (fault is not null) errors.Add(new OperationError(i, fault));
        }
        return (results, errors);
    }

    private static string? KeyVerb(Draft draft, Operation.OnKey op, List<OperationResult> results)
    {
        var found = draft.Kv.Find(op.Key);
        switch (op.Verb)
        {
            case "set":
                return Wrote(draft.SetKey(op.Key, op.Value, op.Flags), draft, op.Key, results);
            case "cas":
                return Wrote(draft.SetKeyIfUnchanged(op.Key, op.Value, op.Flags, op.Index), $"failed to set key \"{op.Key}\", index is stale", draft, op.Key, results);
            case "lock":
                return Wrote(draft.AcquireKey(op.Key, op.Value, op.Flags, op.Session), $"failed to lock key \"{op.Key}\", lock is already held", draft, op.Key, results);
            case "unlock":
                return Wrote(draft.ReleaseKey(op.Key, op.Value, op.Flags, op.Session), $"failed to unlock key \"{op.Key}\", lock isn't held, or is held by another session", draft, op.Key, results);
            case "get" when found is null:
                return $"key \"{op.Key}\" doesn't exist";
            case "get" or "get-or-empty":
                results.Add(new OperationResult { KV = KvEndpoints.View(found ?? KvEntry.Probe(op.Key)) });
                return null;
            case "get-tree":
                results.AddRange(draft.Kv.Under(op.Key).Select(static entry => new OperationResult { KV = KvEndpoints.View(entry) }));
                return null;
            case "check-index" when found is null || found.ModifyIndex != op.Index:
                return found is null ? $"key \"{op.Key}\" doesn't exist" : $"current modify index {found.ModifyIndex} != {op.Index}";
            case "check-session" when found is null || found.Session != op.Session:
                return found is null ? $"key \"{op.Key}\" doesn't exist" : $"current session \"{found.Session}\" != \"{op.Session}\"";
            case "check-index" or "check-session":
                results.Add(new OperationResult { KV = Meta(found!) });
                return null;
            case "check-not-exists":
                return found is null ? null : $"key \"{op.Key}\" exists";
            case "delete":
                draft.DeleteKey(op.Key);
                return null;
            case "delete-tree":
                draft.DeleteTree(op.Key);
                return null;
            case "delete-cas":
                return draft.DeleteKeyIfUnchanged(op.Key, op.Index) ? null : $"failed to delete key \"{op.Key}\", index is stale";
            default:
                return $"unknown KV verb \"{op.Verb}\"";
        }
    }

    private static string? ServiceVerb(Draft draft, Operation.OnService op, List<OperationResult> results)
    {
        var service = op.Service;
        var found = draft.Catalog.Service(service.Node, service.Id)?.Record;
        if (op.Verb is not "get" && found is { Origin: Origin.Table }) return Refusal.Supervised(service.Id).Text;
        switch (op.Verb)
        {
            case "get" when found is null:
                return $"service \"{service.Id}\" on node \"{service.Node}\" doesn't exist";
            case "get":
                results.Add(new OperationResult { Service = found.View() });
                return null;
            case "cas" when (found?.ModifyIndex ?? 0) != op.Index:
                return $"failed to set service \"{service.Id}\" on node \"{service.Node}\", index is stale";
            case "set" or "cas":
                if (draft.PutService(service) is { } refusal) return refusal.Text;
                results.Add(new OperationResult { Service = draft.Catalog.Service(service.Node, service.Id)!.Record.View() });
                return null;
            case "delete-cas" when found is not null && found.ModifyIndex != op.Index:
                return $"failed to delete service \"{service.Id}\" on node \"{service.Node}\", index is stale";
            case "delete" or "delete-cas":
                draft.RemoveService(service.Node, service.Id);
                return null;
            default:
                return $"unknown Service verb \"{op.Verb}\"";
        }
    }

    private static string? Wrote((bool Done, Refusal? Refusal) outcome, string otherwise, Draft draft, string key, List<OperationResult> results) =>
        outcome.Refusal is null && !outcome.Done ? otherwise : Wrote(outcome.Refusal, draft, key, results);

    private static string? Wrote(Refusal? refusal, Draft draft, string key, List<OperationResult> results)
    {
        if (refusal is not null) return refusal.Text;
        results.Add(new OperationResult { KV = Meta(draft.Kv.Find(key)!) });
        return null;
    }

    /// <summary>Consul answers a write with the entry but without its value.</summary>
    private static KvMetaView Meta(KvEntry entry) => new(entry.LockIndex, entry.Key, entry.Flags, null, entry.CreateIndex, entry.ModifyIndex) { Session = entry.Session };

    private sealed record KvMetaView(ulong LockIndex, string Key, ulong Flags, byte[]? Value, ulong CreateIndex, ulong ModifyIndex)
    {
        [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        public string? Session { get; init; }
    }
}
