namespace Conway.Artifacts.Plans;

/// <summary>The parts of an image's name: <c>ghcr.io/acme/orders</c>, <c>1.4.2</c>, <c>sha256:…</c>.</summary>
/// <param name="Name">Registry and path.</param>
/// <param name="Tag">Empty for none.</param>
/// <param name="Digest">Empty for none.</param>
internal sealed record ImageReference(string Name, string Tag, string Digest)
{
    public static ImageReference Of(string image)
    {
        var at = image.IndexOf('@', StringComparison.Ordinal);
        var (rest, digest) = at < 0 ? (image, "") : (image[..at], image[(at + 1)..]);
        // A colon before a slash is that of the registry's port.
        var colon = rest.LastIndexOf(':');
        return colon <= rest.LastIndexOf('/') ? new(rest, "", digest) : new(rest[..colon], rest[(colon + 1)..], digest);
    }
}
