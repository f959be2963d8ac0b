using Conway.Model;
using Conway.Reader;
using Conway.Review;

namespace Conway.Cli;

/// <summary>One of the two states that a review compares, and how to read it.</summary>
/// <param name="Label">For people: <c>main (3f2a1c9d04)</c>, <c>the working tree</c>.</param>
/// <param name="Commit">Id of the commit; null for files on disk.</param>
/// <param name="Tree">Its files; null when there is no model in this state.</param>
/// <param name="File">Name of the first file of the model.</param>
/// <param name="Prefix">The way from the root of the repository to the system's folder, <c>services/shop/</c>; empty for the root and outside of any.</param>
internal sealed record ReviewSide(string Label, string? Commit, IFileTree? Tree, string File, string Prefix)
{
    /// <summary>Reads the model with the settings of an environment; an empty one when there is none.</summary>
    public ReadResult Read(string? environment, Terminal terminal) =>
        Tree is null ? new ReadResult(new SystemModel(), Findings.SourceMap.Empty, [], [])
        : ModelReader.Read(Tree, File, new ReadOptions { Environment = environment, GetEnvironmentVariable = terminal.Variable });

    /// <summary>What the reviewer compares.</summary>
    public static ReviewedState State(ReadResult read) => new(read.Model, read.Map);
}
