namespace Conway.Model;

/// <summary>How container images are written (the reference grammar of github.com/distribution/reference).</summary>
internal static class ImageName
{
    private const string Path = "([a-zA-Z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*";
    private const string Tag = ":[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";
    private const string Digest = "@sha256:[a-f0-9]{64}";

    /// <summary>An image with a tag, a digest, or both.</summary>
    public const string Fixed = "^" + Path + "(" + Tag + "|(" + Tag + ")?" + Digest + ")$";
    public const string FixedSays = "an image with its tag or digest, such as ghcr.io/acme/orders:1.4.2";

    /// <summary>An image of any version.</summary>
    public const string Untagged = "^" + Path + "$";

    /// <summary>A registry, with the path in it.</summary>
    public const string Registry = "^[a-zA-Z0-9.-]+(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$";

    /// <summary>A tag alone.</summary>
    public const string Version = "^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$";

    /// <summary>A name in a cluster (a DNS label).</summary>
    public const string Label = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";
    public const string LabelSays = "a name of at most 63 lower-case letters, digits and hyphens";

    /// <summary>A block of addresses, of an IPv4 or an IPv6 network.</summary>
    public const string Block = "^([0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*/[0-9]{1,3})$";
}
