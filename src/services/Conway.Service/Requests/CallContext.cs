namespace Conway.Service.Requests;

/// <summary>What of the request being served travels on with the calls it makes.</summary>
/// <param name="RequestId">The id the gateway gave, or null.</param>
/// <param name="Deadline">When the answer is no longer wanted, or null.</param>
internal sealed record CallContext(string? RequestId, Deadline? Deadline)
{
    private static readonly AsyncLocal<CallContext?> Ambient = new();

    /// <summary>The context of the request this code runs for; null in background work.</summary>
    public static CallContext? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }
}
