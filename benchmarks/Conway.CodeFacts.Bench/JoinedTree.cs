namespace Conway.CodeFacts.Bench;

/// <summary>Several folders as one tree, each below its own name: a system as large as one likes.</summary>
internal sealed class JoinedTree(IReadOnlyList<string> folders) : ISourceTree
{
    private readonly DiskSourceTree[] _trees = [.. folders.Select(f => new DiskSourceTree(f))];

    public string Name => string.Join('+', _trees.Select(t => t.Name));

    public SourceListing List(CancellationToken cancellation)
    {
        var listings = _trees.Select(t => t.List(cancellation)).ToArray();
        return new(
            [.. listings.SelectMany((l, i) => l.Files.Select(f => At(i, f))).Order(StringComparer.Ordinal)],
            [.. listings.SelectMany((l, i) => l.Refused.Select(f => At(i, f))).Order(StringComparer.Ordinal)],
            listings.Sum(l => l.Links), listings.Any(l => l.IsCut));
    }

    public SourceRead Read(string path, int bytesMax)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && int.TryParse(path.AsSpan(0, slash), out var tree) && tree < _trees.Length ? _trees[tree].Read(path[(slash + 1)..], bytesMax) : new(SourceState.Missing);
    }

    private static string At(int tree, string path) => $"{tree}/{path}";
}
