using Conway.Findings;

namespace Conway.Review;

/// <summary>A kind of change.</summary>
/// <param name="Id">Stable, in lower case with hyphens: <c>cross-team-dependency</c>. Never used for anything else.</param>
/// <param name="Severity">What a change of it weighs: an error breaks somebody or a decision that was made, a warning needs a yes, an info is good to know.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Why">Why it matters, in one sentence.</param>
/// <param name="Ask">What to ask, or to do before it is merged.</param>
/// <param name="Decides">Who decides, in words: for the reference and for help; each change names the teams themselves.</param>
public sealed record ChangeClass(string Id, Severity Severity, string Title, string Why, string Ask, string Decides)
{
    /// <summary>Somebody else stops working because of it: a contract is gone or differs.</summary>
    public bool IsBreak { get; init; }
}
