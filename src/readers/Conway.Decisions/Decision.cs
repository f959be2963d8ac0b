using Conway.Findings;

namespace Conway.Decisions;

/// <summary>A decision record (Nygard, "Documenting Architecture Decisions", 2011).</summary>
/// <param name="Number">From its file's name: <c>0004-one-broker.md</c> is 4.</param>
/// <param name="Title">Of its first heading, without a number.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Date">As written; null when none is.</param>
/// <param name="Decides">Paths of the model, each with its place: <c>services.orders.calls</c>.</param>
/// <param name="Supersedes">Numbers of those that it takes the place of, each with its place.</param>
/// <param name="SupersededBy">The number of the one that took its place, with its place; null when none did.</param>
/// <param name="Place">Its first line.</param>
public sealed record Decision(
    int Number,
    string Title,
    DecisionStatus Status,
    string? Date,
    IReadOnlyList<(string Path, SourceSpan Place)> Decides,
    IReadOnlyList<(int Number, SourceSpan Place)> Supersedes,
    (int Number, SourceSpan Place)? SupersededBy,
    SourceSpan Place)
{
    /// <summary>Whether it is what the system is held to today.</summary>
    public bool Holds => Status == DecisionStatus.Accepted;

    public string File => Place.File;
}

/// <summary>Where a decision stands.</summary>
public enum DecisionStatus
{
    /// <summary>It is not said.</summary>
    Unknown,

    /// <summary>Not decided yet.</summary>
    Proposed,

    /// <summary>It holds.</summary>
    Accepted,

    /// <summary>It was decided against.</summary>
    Rejected,

    /// <summary>It holds no longer, and nothing took its place.</summary>
    Deprecated,

    /// <summary>Another took its place.</summary>
    Superseded,
}
