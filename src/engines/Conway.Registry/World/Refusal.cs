namespace Conway.Registry.World;

/// <summary>Why an edit was not made. A value, because it is the caller's mistake and is told to the caller.</summary>
internal sealed record Refusal(RefusalKind Kind, string Text)
{
    public static Refusal Invalid(string text) => new(RefusalKind.Invalid, text);
    public static Refusal NotFound(string text) => new(RefusalKind.NotFound, text);
    public static Refusal Supervised(string instance) => new(RefusalKind.Forbidden,
        $"'{instance}' is supervised by the node: it was not registered over HTTP and cannot be changed or deregistered over HTTP. It goes when the node stops it.");
    public static Refusal Full(string what, int count) => new(RefusalKind.Full, $"The registry is full: it holds {count} {what}, and that is the limit.");
}

internal enum RefusalKind
{
    /// <summary>The request makes no sense.</summary>
    Invalid,

    /// <summary>What the request names does not exist.</summary>
    NotFound,

    /// <summary>It exists, but is not the caller's to change.</summary>
    Forbidden,

    /// <summary>A limit of size or count.</summary>
    TooLarge,

    /// <summary>No room for one more.</summary>
    Full,

    /// <summary>The change could not be stored, so it was not made.</summary>
    NotStored,
}

/// <summary>How much the registry holds at most, so that no client can eat the machine.</summary>
internal static class Limits
{
    public const int ServicesMax = 200_000;
    public const int ChecksMax = 400_000;
    public const int NodesMax = 50_000;
    public const int SessionsMax = 50_000;
    public const int KvValueBytesMax = 512 * 1024;
    public const long KvTotalBytesMax = 256L * 1024 * 1024;
    public const int KvKeyBytesMax = 4096;
    public const int BodyBytesMax = 2 * 1024 * 1024;
    public const int TransactionOpsMax = 64;
}
