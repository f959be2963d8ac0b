using Conway.Findings;

namespace Conway.Checks.Drift;

/// <summary>What is known of one service's use of another: what the model declares, what was seen of it, and what the source names.</summary>
/// <param name="From">Who calls, or sends.</param>
/// <param name="To">Who is called, or takes it.</param>
public sealed record DriftEdge(string From, string To)
{
    /// <summary>The protocol that the model declares for the call: <c>http</c>, <c>grpc</c>. Unset: it declares no call.</summary>
    public string? Declared { get; init; }

    /// <summary>Calls and messages that were seen. Unset: nobody looked, or the run saw no request.</summary>
    public long? Seen { get; init; }

    /// <summary>The protocols that were seen, in order of name.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>Only messages were seen, for which nobody waits.</summary>
    public bool IsMessage { get; init; }

    /// <summary>Share of the requests to <see cref="To"/> whose caller was seen, 0 to 1. Unset as <see cref="Seen"/> is.</summary>
    public double? Coverage { get; init; }

    /// <summary>Places in the source of <see cref="From"/> that name <see cref="To"/>. Unset: nobody looked, or no source of it was found.</summary>
    public int? Named { get; init; }

    /// <summary>What the checks say of it, in the order of their codes.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The same that somebody has decided not to be told.</summary>
    public IReadOnlyList<SuppressedFinding> Suppressed { get; init; } = [];

    /// <summary>Where the model, the traffic and the source go apart.</summary>
    public DriftKind Kind { get; init; }
}

/// <summary>How what is declared differs from what is so. Of several, the gravest: a border that was crossed before a call that is missing.</summary>
public enum DriftKind
{
    /// <summary>It is declared, and was seen or stands in the source.</summary>
    Agrees,

    /// <summary>It is declared, and nothing was looked at that could show it.</summary>
    NotJudged,

    /// <summary>It is declared and was not seen, and its caller was not at work: that says nothing.</summary>
    NotSeen,

    /// <summary>It goes apart, and somebody has decided not to be told.</summary>
    Accepted,

    /// <summary>It crosses a border that the context map forbids (CW7104).</summary>
    Forbidden,

    /// <summary>It was seen and is not declared (CW7101).</summary>
    Undeclared,

    /// <summary>It is made in another protocol than declared (CW7103).</summary>
    Protocol,

    /// <summary>The source names it and the model does not (CW7106).</summary>
    UndeclaredInCode,

    /// <summary>It is declared and was not made by a caller that was at work (CW7102).</summary>
    Unexercised,

    /// <summary>It is declared and nothing in the source can make it (CW7107).</summary>
    UnmadeInCode,
}
