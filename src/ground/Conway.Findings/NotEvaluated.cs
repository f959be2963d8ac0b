namespace Conway.Findings;

/// <summary>A rule that could not be judged for want of something to look at. It is neither kept nor broken.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Needs">What was missing, each a word: <c>traces</c>, <c>git</c>.</param>
/// <param name="Detail">What is known beyond that, as a sentence. Unset: nothing.</param>
public sealed record NotEvaluated(FindingRule Rule, IReadOnlyList<string> Needs, string? Detail = null)
{
    /// <summary><c>not evaluated: needs traces and git</c></summary>
    public override string ToString() => $"not evaluated: needs {string.Join(" and ", Needs)}{(Detail is null ? "" : $". {Detail}")}";
}

/// <summary>A finding that somebody has decided not to be told.</summary>
/// <param name="Finding">What.</param>
/// <param name="Reason">Why, as they wrote it.</param>
/// <param name="Until">When it is told again. Unset: never.</param>
public sealed record SuppressedFinding(Finding Finding, string Reason, DateOnly? Until);
