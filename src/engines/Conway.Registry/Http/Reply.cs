using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary>What an endpoint answers: a value, written to the wire in one place.</summary>
internal sealed record Reply
{
    public int Status { get; private init; } = 200;

    /// <summary>Written as JSON when set.</summary>
    public object? Json { get; private init; }

    /// <summary>Written as text/plain when set.</summary>
    public string? Text { get; private init; }

    /// <summary>A stored value, written as it is, shielded against being taken for a page.</summary>
    public byte[]? Raw { get; private init; }

    /// <summary>X-Consul-Index, for answers that can be waited for.</summary>
    public ulong? Index { get; init; }

    /// <summary>X-Consul-ContentHash, for answers that can be waited for by hash.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The methods that a 405 offers instead.</summary>
    public string? Allow { get; init; }

    public bool IsJson { get; private init; }

    public static Reply Empty { get; } = new();

    public static Reply Of(object? json) => Of(json, 200);

    public static Reply Of(object? json, int status) => new() { Json = json, Status = status, IsJson = true };

    public static Reply Plain(string text, int status = 200) => new() { Text = text, Status = status };

    public static Reply Bytes(byte[] raw) => new() { Raw = raw };

    public static Reply Status404 { get; } = new() { Status = 404 };

    public static Reply Bad(string text) => Plain(text, 400);

    public static Reply TooManyWaiting { get; } = Plain("Too many blocking queries wait already. Let some end, or raise the registry's limit.", 429);

    public static Reply From(Refusal refusal) => Plain(refusal.Text, refusal.Kind switch
    {
        RefusalKind.Invalid => 400,
        RefusalKind.NotFound => 404,
        RefusalKind.Forbidden => 403,
        RefusalKind.TooLarge => 413,
        RefusalKind.Full => 507,
        _ => 500,
    });
}
