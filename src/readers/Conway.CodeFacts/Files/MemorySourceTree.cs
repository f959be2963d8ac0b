using System.Text;
using Conway.CodeFacts.Files;

namespace Conway.CodeFacts;

/// <summary>Files that exist only in memory: for tests, and for code that is tried before it is written.</summary>
/// <remarks>Immutable.</remarks>
public sealed class MemorySourceTree : ISourceTree
{
    private readonly SortedDictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal);

    /// <param name="name">Name of the root folder.</param>
    /// <param name="files">Path to text, kept as UTF-8.</param>
    public MemorySourceTree(string name, IEnumerable<KeyValuePair<string, string>> files)
        : this(name, files.Select(f => KeyValuePair.Create(f.Key, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(f.Value))))
    {
    }

    /// <param name="name">Name of the root folder.</param>
    /// <param name="files">Path to bytes.</param>
    /// <exception cref="ArgumentException">A path leaves the tree.</exception>
    public MemorySourceTree(string name, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files)
    {
        Name = name;
        foreach (var (path, bytes) in files)
        {
            _files[SourcePath.Resolve("", path) ?? throw new ArgumentException($"'{path}' leaves the tree.", nameof(files))] = bytes;
        }
    }

    public string Name { get; }

    public SourceListing List(CancellationToken cancellation) =>
        new([.. _files.Keys.Where(f => SourcePath.IsOfInterest(f) && !SourcePath.FolderOf(f).Split('/').Any(SourcePath.IsSkipped))], [], 0, IsCut: false);

    public SourceRead Read(string path, int bytesMax) =>
        !_files.TryGetValue(path, out var bytes) ? new(SourceState.Missing)
        : bytes.Length > bytesMax ? new(SourceState.TooLarge, bytes[..Math.Min(bytes.Length, SourcePath.HeadBytes)])
        : new(SourceState.Read, bytes);
}
