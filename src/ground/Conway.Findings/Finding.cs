namespace Conway.Findings;

/// <summary>Something a person should know or mend: what, where, why, and how to mend it.</summary>
/// <remarks>Findings are values. Readers and thinkers return all of them; they never throw for a user's mistake.</remarks>
public sealed record Finding
{
    /// <summary>The kind of finding.</summary>
    public required FindingRule Rule { get; init; }

    /// <summary>What is wrong here, in one sentence with the present values.
    /// <c>'checkout' waits up to 2 s for 'pricing', but its own budget is 800 ms.</c></summary>
    public required string Message { get; init; }

    /// <summary>What to write or do instead, in one sentence.</summary>
    public required string Mend { get; init; }

    /// <summary>Where it stands in the model: <c>services.orders.calls.catalog.timeout</c>. Unset when it is about text that never became model.</summary>
    public string? ModelPath { get; init; }

    /// <summary>Where it stands in a file. Unset until <see cref="SourceMap"/> has looked the model path up, and for models without text.</summary>
    public SourceSpan? Place { get; init; }

    /// <summary>The whole line of <see cref="Place"/>, for the caret. Unset when there is no text.</summary>
    public string? SourceLine { get; init; }

    /// <summary>Overrides the rule's severity. Unset: the rule decides.</summary>
    public Severity? Weight { get; init; }

    /// <summary>What this finding weighs.</summary>
    public Severity Severity => Weight ?? Rule.Severity;

    /// <summary><see cref="FindingRule.Code"/></summary>
    public string Code => Rule.Code;

    /// <summary>One line, without caret: <c>conway.yaml:41:7 CW2104 'checkout' waits …</c></summary>
    public override string ToString() => Place is { } place ? $"{place} {Code} {Message}" : $"{Code} {Message}";
}
