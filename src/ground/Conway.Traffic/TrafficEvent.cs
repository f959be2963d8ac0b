namespace Conway.Traffic;

/// <summary>Something about a callee that an operator wants to see on a timeline.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Pool">Whose pool, <c>orders → catalog</c>.</param>
/// <param name="Endpoint">Which endpoint; null when it concerns the pool.</param>
/// <param name="Reason">Why, in words that can be shown.</param>
/// <param name="For">How long it lasts, when that is known.</param>
public readonly record struct TrafficEvent(TrafficEventKind Kind, string Pool, string? Endpoint, string Reason, TimeSpan? For = null);

/// <summary>Kinds of <see cref="TrafficEvent"/>.</summary>
public enum TrafficEventKind
{
    /// <summary>An endpoint was set aside.</summary>
    Ejected,

    /// <summary>An endpoint may be picked again.</summary>
    Unejected,

    /// <summary>A retry was due but the budget was used up. Told at most once a second for a pool.</summary>
    RetryBudgetExhausted,

    /// <summary>Too few endpoints are left: ejections are disregarded.</summary>
    PanicEntered,

    /// <summary>Enough endpoints are back.</summary>
    PanicLeft,
}
