using System.Text;

namespace Conway.Reader;

/// <summary>Files that exist only in memory: for tests, simulations and edits that are tried before they are written.</summary>
/// <remarks>Immutable.</remarks>
public sealed class MemoryFileTree : IFileTree
{
    private readonly SortedDictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal);

    /// <param name="files">Path to text.</param>
    public MemoryFileTree(IEnumerable<KeyValuePair<string, string>> files)
        : this(files.Select(f => KeyValuePair.Create(f.Key, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(f.Value))))
    {
    }

    /// <param name="files">Path to bytes.</param>
    /// <exception cref="ArgumentException">A path leaves the tree.</exception>
    public MemoryFileTree(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files)
    {
        foreach (var (path, bytes) in files)
        {
            _files[TreePath.Normalise(path) ?? throw new ArgumentException($"'{path}' leaves the tree.", nameof(files))] = bytes;
        }
    }

    public FileRead Read(string path, int bytesMax) =>
        KindOf(path) switch
        {
            FileKind.Outside => new(FileState.Outside),
            FileKind.Folder => new(FileState.Folder),
            FileKind.Nothing => new(FileState.Missing),
            _ when _files[TreePath.Normalise(path)!] is var bytes => bytes.Length > bytesMax ? new(FileState.TooLarge) : new(FileState.Read, bytes),
            _ => new(FileState.Missing),
        };

    public FileKind KindOf(string path) =>
        TreePath.Normalise(path) is not { } clean ? FileKind.Outside
        : _files.ContainsKey(clean) ? FileKind.File
        : clean.Length == 0 || _files.Keys.Any(f => f.StartsWith(clean + "/", StringComparison.Ordinal)) ? FileKind.Folder
        : FileKind.Nothing;

    public IReadOnlyList<string> Glob(string pattern)
    {
        if (TreePath.Normalise(pattern) is not { } clean)
        {
            return [];
        }

        return [.. _files.Keys.Where(f => !TreePath.FolderOf(f).Split('/').Any(TreePath.IsSkipped) && TreePath.Matches(clean, f))];
    }
}
