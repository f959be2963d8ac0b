namespace Conway.Testing.Steps;

/// <summary>What an answer means for its step.</summary>
internal enum VerdictKind
{
    /// <summary>All holds.</summary>
    Met,

    /// <summary>What the step waits for does not hold yet: ask again.</summary>
    NotYet,

    /// <summary>The answer is not what was expected.</summary>
    Failed,
}

/// <summary>What an answer means for its step, and what it lacked.</summary>
internal readonly record struct StepVerdict(VerdictKind Kind, string? Detail)
{
    public static StepVerdict Met { get; } = new(VerdictKind.Met, null);

    public static StepVerdict NotYet(string detail) => new(VerdictKind.NotYet, detail);

    public static StepVerdict Failed(string detail) => new(VerdictKind.Failed, detail);
}
