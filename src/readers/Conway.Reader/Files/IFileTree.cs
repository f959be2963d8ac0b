namespace Conway.Reader;

/// <summary>The files of one system, seen from its folder: the only way in which readers reach a disk.</summary>
/// <remarks>Paths are relative to the system's folder and use <c>/</c>. Nothing outside that folder can be reached, not by <c>..</c>
/// and not by a symbolic link. No member throws for what is or is not on the disk. Safe for use by several threads.</remarks>
public interface IFileTree
{
    /// <summary>The bytes of a file, or why there are none.</summary>
    FileRead Read(string path, int bytesMax);

    /// <summary>What is at a path.</summary>
    FileKind KindOf(string path);

    /// <summary>Files that match a glob (<c>*</c> and <c>?</c> within a name, <c>**</c> over folders), in ordinal order.
    /// Dot folders and <c>bin</c>, <c>obj</c>, <c>node_modules</c> are not looked into.</summary>
    IReadOnlyList<string> Glob(string pattern);
}

/// <summary>What is at a path.</summary>
public enum FileKind
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>The path leaves the system's folder, by its text or by a link.</summary>
    Outside,
}

/// <summary>How reading a file went.</summary>
public enum FileState
{
    /// <summary>The bytes are there.</summary>
    Read,

    /// <summary>There is nothing at the path.</summary>
    Missing,

    /// <summary>There is a folder at the path.</summary>
    Folder,

    /// <summary>The path leaves the system's folder.</summary>
    Outside,

    /// <summary>The file has more bytes than allowed.</summary>
    TooLarge,

    /// <summary>The operating system refused.</summary>
    Refused,
}

/// <summary>The bytes of a file, or why there are none.</summary>
/// <param name="Reason">The operating system's words, when it refused.</param>
public sealed record FileRead(FileState State, ReadOnlyMemory<byte> Bytes = default, string? Reason = null);
