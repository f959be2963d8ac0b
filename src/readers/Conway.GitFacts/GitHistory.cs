using System.Collections.Immutable;
using Conway.Findings;

namespace Conway.GitFacts;

/// <summary>What the history of a folder tells: which files changed together, when, and by whom.</summary>
/// <remarks>Ids are indexes into the tables here. Files are those that exist in the commit that was read from; a file that was renamed is one
/// file under its present path. The same commit gives the same value, byte for byte. Immutable.</remarks>
public sealed record GitHistory
{
    /// <summary>Id of the commit that was read from, 40 or 64 hexadecimal digits; empty when there is no history.</summary>
    public required string Head { get; init; }

    /// <summary>Ordered by path, ordinal.</summary>
    public ImmutableArray<GitFile> Files { get; init; } = [];

    /// <summary>Ordered by name, then e-mail.</summary>
    public ImmutableArray<GitAuthor> Authors { get; init; } = [];

    /// <summary>Newest first, as git walks them; merges are left out.</summary>
    public ImmutableArray<GitCommit> Commits { get; init; } = [];

    /// <summary>Pairs of files that changed in the same commit, ordered by both.</summary>
    public ImmutableArray<CoChange> CoChanges { get; init; } = [];

    /// <summary>Who changed a file how often, ordered by file, then author.</summary>
    public ImmutableArray<Authorship> Authorships { get; init; } = [];

    /// <summary>Commits were left out because a bound was reached, or the clone is shallow; a finding says which.</summary>
    public bool IsCut { get; init; }

    /// <summary>What could not be read, or only in part.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}

/// <summary>A file of the history.</summary>
/// <param name="Path">Relative to the folder that was read, with <c>/</c>: the same path as in the facts of the code.</param>
/// <param name="Changes">Commits that changed it.</param>
/// <param name="CoChangeCommits">Of those, how many count for pairs: with as many C# files as <see cref="CoChange.FilesMin"/> to <see cref="CoChange.FilesMax"/>.</param>
/// <param name="LastChanged">When it was changed last, by the clock of whoever committed.</param>
public sealed record GitFile(string Path, int Changes, int CoChangeCommits, DateTimeOffset LastChanged);

/// <summary>Somebody who changed files, after the repository's <c>.mailmap</c>.</summary>
public sealed record GitAuthor(string Name, string Email);

/// <summary>A commit that changed files that still exist.</summary>
/// <param name="Id">40 or 64 hexadecimal digits.</param>
/// <param name="Author">Id of the author.</param>
/// <param name="When">When it was committed.</param>
/// <param name="Files">Ids of the files it changed, ascending. Files that are gone are not among them.</param>
public sealed record GitCommit(string Id, int Author, DateTimeOffset When, ImmutableArray<int> Files);

/// <summary>Two C# files that changed in the same commit.</summary>
/// <param name="A">Id of the first file; less than <paramref name="B"/>.</param>
/// <param name="B">Id of the second file.</param>
/// <param name="Commits">In how many commits.</param>
/// <param name="Units">The sum over these commits of 1/(files - 1), times <see cref="Unit"/>: a whole number, so that no machine sums it differently.</param>
/// <remarks>Only commits with 2 to 25 C# files count: larger ones are moves, formats and merges, and say nothing of the files.</remarks>
public readonly record struct CoChange(int A, int B, int Commits, long Units)
{
    /// <summary>Commits with fewer C# files count for no pair.</summary>
    public const int FilesMin = 2;

    /// <summary>Commits with more C# files count for no pair.</summary>
    public const int FilesMax = 25;

    /// <summary>The least common multiple of 1 to 24, by which every 1/(files - 1) is whole.</summary>
    public const long Unit = 5_354_228_880;

    /// <summary>The sum of 1/(files - 1) over the commits of the pair.</summary>
    public double Weight => Units / (double)Unit;

    /// <summary>The weight divided by the square root of the product of how often each file changed: rarely changed pairs count as much as busy ones.</summary>
    public double Strength(GitHistory history) =>
        Weight / Math.Sqrt((double)history.Files[A].CoChangeCommits * history.Files[B].CoChangeCommits);
}

/// <summary>How often one author changed one file.</summary>
public readonly record struct Authorship(int File, int Author, int Changes);
