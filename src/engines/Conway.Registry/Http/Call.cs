using System.Globalization;
using System.Text.Json;
using Conway.Registry.Watching;
using Conway.Registry.World;
using Microsoft.AspNetCore.Http;

namespace Conway.Registry.Http;

/// <summary>One request, as an endpoint sees it.</summary>
/// <param name="Rest">What the path says beyond the route, percent-decoded: an ID, a name, a key.</param>
internal sealed record Call(HttpContext Context, Ledger Ledger, RegistryOptions Options, AgentFacts Agent, Random Random, string Rest)
{
    public CancellationToken Cancellation => Context.RequestAborted;

    public IQueryCollection Query => Context.Request.Query;

    public bool Has(string name) => Query.ContainsKey(name);

    public string Param(string name) => Query.TryGetValue(name, out var values) ? values[0] ?? "" : "";

    /// <summary>A switch that is on when named, unless it says otherwise: <c>?passing</c>, <c>?passing=1</c>, <c>?passing=false</c>.</summary>
    public bool? Switch(string name) => !Has(name) ? false : Param(name) switch
    {
        "" or "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };

    /// <summary>Answers a query, waiting for a change when the request asks so.</summary>
    public async Task<Reply> AnswerAsync<T>(string[] topics, Func<WorldState, Answer<T>> query, Func<T, Reply> tell)
    {
        if (!TryPatience(out var patience, out var fault)) return Reply.Bad(fault);
        if (await Ledger.AskAsync(patience, topics, query, Cancellation) is not { } answer) return Reply.TooManyWaiting;
        return tell(answer.Value) with { Index = answer.Index };
    }

    public bool TryPatience(out Patience patience, out string fault)
    {
        patience = default;
        fault = "";
        var (index, wait) = (0UL, TimeSpan.Zero);
        if (Has("index") && !ulong.TryParse(Param("index"), NumberStyles.None, CultureInfo.InvariantCulture, out index)) fault = "Invalid index";
        else if (Has("wait") && !Durations.TryParse(Param("wait"), out wait)) fault = "Invalid wait time";
        else if (Has("stale") && Has("consistent")) fault = "Cannot specify ?stale with ?consistent, conflicting semantics.";
        patience = new Patience(index, Patience.Spread(wait, Random.NextDouble()));
        return fault.Length == 0;
    }

    public bool TryUnsigned(string name, out ulong value) =>
        ulong.TryParse(Param(name), NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>The whole body, or a refusal when it is larger than allowed.</summary>
    public async Task<(byte[] Body, Reply? Refused)> BodyAsync(int bytesMax)
    {
        if (Context.Request.ContentLength > bytesMax) return ([], TooLarge(bytesMax));
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await Context.Request.Body.ReadAsync(chunk, Cancellation)) > 0)
        {
            if (buffer.Length + read > bytesMax) return ([], TooLarge(bytesMax));
            buffer.Write(chunk, 0, read);
        }
        return (buffer.ToArray(), null);
    }

    /// <summary>The body as JSON, or a refusal that says what is wrong with it.</summary>
    public async Task<(JsonElement Json, Reply? Refused)> JsonAsync(bool emptyIsObject = false)
    {
        var (body, refused) = await BodyAsync(Limits.BodyBytesMax);
        if (refused is not null) return (default, refused);
        if (body.Length == 0 && emptyIsObject) body = "{}"u8.ToArray();
        try
        {
            using var document = JsonDocument.Parse(body);
            return IsText(document.RootElement)
                ? (document.RootElement.Clone(), null)
                : (default, Reply.Bad("Request decode failed: a string contains half a surrogate pair, which is no text"));
        }
        catch (JsonException error)
        {
            return (default, Reply.Bad($"Request decode failed: {error.Message}"));
        }
    }

    /// <summary>JSON may escape half a character ("\ud800"); the parser takes it, but no string can hold it. Depth is bounded by the parser.</summary>
    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() is not null,
                JsonValueKind.Array => element.EnumerateArray().All(IsText),
                JsonValueKind.Object => element.EnumerateObject().All(static property => property.Name.Length >= 0 && IsText(property.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static Reply TooLarge(int bytesMax) => Reply.Plain($"Request body too large, max size: {bytesMax} bytes", 413);
}

/// <summary>What the agent says of itself, fixed at start.</summary>
internal sealed record AgentFacts(string NodeId, string Address, int Port, int? DnsPort);
