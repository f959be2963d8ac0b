using System.Text;

namespace Conway.Reader;

/// <summary>Another tree with some files added or changed in memory: to see what an edit means before it is written.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="below">The tree that is seen where nothing was changed.</param>
/// <param name="changed">Path to text, of what was added or changed.</param>
/// <exception cref="ArgumentException">A path leaves the tree.</exception>
public sealed class OverlayFileTree(IFileTree below, IEnumerable<KeyValuePair<string, string>> changed) : IFileTree
{
    private readonly MemoryFileTree _above = new(changed.Select(f => KeyValuePair.Create(f.Key, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(f.Value))));

    public FileRead Read(string path, int bytesMax) => _above.KindOf(path) == FileKind.File ? _above.Read(path, bytesMax) : below.Read(path, bytesMax);

    public FileKind KindOf(string path) => _above.KindOf(path) is var kind && kind is FileKind.Nothing or FileKind.Outside || TreePath.Normalise(path) is { Length: 0 } ? below.KindOf(path) : kind;

    public IReadOnlyList<string> Glob(string pattern) => [.. below.Glob(pattern).Union(_above.Glob(pattern), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
