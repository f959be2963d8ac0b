namespace Conway.CodeFacts;

/// <summary>The files of one codebase, seen from its folder: the only way in which this room reaches a disk.</summary>
/// <remarks>Paths are relative to the root and use <c>/</c>. No member throws for what is or is not on the disk. Safe for use by several threads.</remarks>
public interface ISourceTree
{
    /// <summary>Name of the root folder, for codebases without a solution.</summary>
    string Name { get; }

    /// <summary>All files worth a look, in ordinal order, and what was left out of the list.</summary>
    /// <remarks>Build output, packages and folders that begin with a dot are not looked into, and no link is followed.</remarks>
    SourceListing List(CancellationToken cancellation);

    /// <summary>The bytes of a file, or why there are none.</summary>
    SourceRead Read(string path, int bytesMax);
}

/// <summary>Files of a tree.</summary>
/// <param name="Files">Ordered by path, ordinal.</param>
/// <param name="Refused">Folders that may not be listed, ordered.</param>
/// <param name="Links">Links that were not followed.</param>
/// <param name="IsCut">There are more files than a tree lists.</param>
public sealed record SourceListing(IReadOnlyList<string> Files, IReadOnlyList<string> Refused, int Links, bool IsCut);

/// <summary>The bytes of a file, or why there are none.</summary>
/// <param name="Bytes">All of them when <paramref name="State"/> is <see cref="SourceState.Read"/>; the first 4 KiB at most when it is
/// <see cref="SourceState.TooLarge"/>; else empty.</param>
/// <param name="Reason">The operating system's words, when it refused.</param>
public readonly record struct SourceRead(SourceState State, ReadOnlyMemory<byte> Bytes = default, string? Reason = null);

/// <summary>How reading a file went.</summary>
public enum SourceState
{
    /// <summary>The bytes are there.</summary>
    Read,

    /// <summary>There is nothing at the path.</summary>
    Missing,

    /// <summary>The file has more bytes than allowed.</summary>
    TooLarge,

    /// <summary>The operating system refused.</summary>
    Refused,
}
