namespace Conway.CodeFacts.Bench;

/// <summary>A tree without the files that the truth was taken from.</summary>
internal sealed class VeiledTree(ISourceTree inner, Func<string, bool> isVeiled) : ISourceTree
{
    public string Name => inner.Name;

    public SourceListing List(CancellationToken cancellation)
    {
        var listing = inner.List(cancellation);
        return listing with { Files = [.. listing.Files.Where(f => !isVeiled(f))] };
    }

    public SourceRead Read(string path, int bytesMax) => isVeiled(path) ? new(SourceState.Missing) : inner.Read(path, bytesMax);
}
