using System.Text;
using Conway.GitFacts;
using Conway.Reader;

namespace Conway.Cli;

/// <summary>The files of a system at a commit, for the reader of the model. Links are followed as far as they stay in the system's folder.</summary>
internal sealed class GitFileTree(GitSnapshot snapshot) : IFileTree
{
    private const int LinksMax = 16;
    private const int LinkBytesMax = 4096;

    // Names alone; it knows what a glob and a folder are.
    private readonly MemoryFileTree _names = new(snapshot.Entries.Select(e => KeyValuePair.Create(e.Key, ReadOnlyMemory<byte>.Empty)));

    public FileKind KindOf(string path)
    {
        if (Resolve(path) is not { } target)
        {
            return FileKind.Outside;
        }

        // Of a submodule nothing is known but that it is there; what a model names in it is taken as there, too.
        return Above(target).Any(p => snapshot.Entries.GetValueOrDefault(p) is { Kind: GitEntryKind.Module }) ? FileKind.Folder : _names.KindOf(target);
    }

    public FileRead Read(string path, int bytesMax)
    {
        if (Resolve(path) is not { } target)
        {
            return new FileRead(FileState.Outside);
        }

        if (snapshot.Entries.GetValueOrDefault(target) is not { Kind: not GitEntryKind.Module } entry)
        {
            return new FileRead(_names.KindOf(target) == FileKind.Folder ? FileState.Folder : FileState.Missing);
        }

        if (entry.Size > bytesMax)
        {
            return new FileRead(FileState.TooLarge);
        }

        var (bytes, problem) = snapshot.Read(entry);
        return bytes is null ? new FileRead(FileState.Refused, Reason: problem) : new FileRead(FileState.Read, bytes);
    }

    public IReadOnlyList<string> Glob(string pattern) => _names.Glob(pattern);

    /// <summary>Where a path leads when all links on it are followed; null when it leaves the folder, or goes round.</summary>
    private string? Resolve(string path)
    {
        for (var count = 0; count < LinksMax; count++)
        {
            if (TreePath.Normalise(path) is not { } clean)
            {
                return null;
            }

            if (Above(clean).FirstOrDefault(p => snapshot.Entries.GetValueOrDefault(p) is { Kind: GitEntryKind.Link }) is not { } link)
            {
                return clean;
            }

            var entry = snapshot.Entries[link];
            if (entry.Size > LinkBytesMax || snapshot.Read(entry).Bytes is not { } bytes || Encoding.UTF8.GetString(bytes) is not { Length: > 0 } target || target[0] == '/')
            {
                return null;
            }

            var slash = link.LastIndexOf('/');
            path = $"{(slash < 0 ? "" : link[..(slash + 1)])}{target}{clean[link.Length..]}";
        }

        return null;
    }

    /// <summary>The path and every folder above it, outermost first.</summary>
    private static IEnumerable<string> Above(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }

        yield return path;
    }
}
