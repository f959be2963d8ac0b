using System.Text.Json;
using Conway.Registry.Txn;
using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary><c>PUT /v1/txn</c>: up to 64 operations on keys and services, all or nothing.</summary>
internal static class TxnEndpoint
{
    public static async Task<Reply> Run(Call call)
    {
        var (body, refused) = await call.JsonAsync();
        if (refused is not null) return refused;
        if (body.ValueKind != JsonValueKind.Array) return Reply.Bad("Failed to parse body: a transaction is an array of operations");
        if (body.GetArrayLength() > Limits.TransactionOpsMax)
            return Reply.Plain($"Transaction contains too many operations ({body.GetArrayLength()} > {Limits.TransactionOpsMax})", 413);

        var faults = new List<string>();
        var operations = body.EnumerateArray().Select((item, i) => Read(new JsonIn(item, $"[{i}]", faults), call)).ToList();
        if (faults.Count > 0) return Reply.Bad($"Failed to parse body: {string.Join("; ", faults)}");

        (List<OperationResult> Results, List<OperationError> Errors) outcome = ([], []);
        var refusal = call.Ledger.Commit(draft =>
        {
            outcome = Transaction.Run(draft, operations!);
            return outcome.Errors.Count > 0 ? Refusal.Invalid("rolled back") : null;
        });
        if (outcome.Errors.Count > 0) return Reply.Of(new { Results = Array.Empty<object>(), outcome.Errors }, 409);
        return refusal is null ? Reply.Of(new { outcome.Results, Errors = Array.Empty<object>() }) : Reply.From(refusal);
    }

    private static Operation? Read(JsonIn json, Call call)
    {
        if (json.Object("KV") is { } kv)
            return new Operation.OnKey(kv.Text("Verb"), kv.Text("Key"), Value(kv), kv.Unsigned("Flags"), kv.Unsigned("Index"), kv.Text("Session"));
        if (json.Object("Service") is { } service && service.Object("Service") is { } record)
        {
            var node = service.Text("Node") is { Length: > 0 } named ? named : call.Options.NodeName;
            var verb = service.Text("Verb");
            var read = verb is "set" or "cas"
                ? ServiceInput.Read(record, node, "Service", Origin.Catalog)
                : new ServiceRecord { Node = node, Id = record.Text("ID"), Name = record.Text("Service") };
            return new Operation.OnService(verb, read, record.Unsigned("ModifyIndex"));
        }
        json.Refuse("an operation must have KV, or Service with Node and Service; operations on nodes and checks are not supported");
        return null;
    }

    private static byte[] Value(JsonIn kv)
    {
        var text = kv.Text("Value");
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var count)) return bytes[..count];
        kv.Refuse("Value must be base64");
        return [];
    }
}
