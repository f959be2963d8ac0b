namespace Conway.Reader.Scanning;

/// <summary>Where a project listens, and whom its settings name.</summary>
/// <param name="Ports">From its launch settings.</param>
/// <param name="Named">HTTP addresses in its other settings.</param>
internal sealed record Addresses(IReadOnlySet<int> Ports, IReadOnlyList<NamedAddress> Named)
{
    private const int BytesMax = 1 << 20;

    public static Addresses None { get; } = new(new HashSet<int>(), []);

    public static Addresses OfDotNet(IFileTree tree, string folder)
    {
        var ports = Of(tree, TreePath.Join(folder, "Properties/launchSettings.json")).Select(a => a.Port).ToHashSet();
        return new Addresses(ports, [.. new[] { "appsettings.json", "appsettings.Development.json" }.SelectMany(f => Of(tree, TreePath.Join(folder, f)))]);
    }

    private static List<NamedAddress> Of(IFileTree tree, string file)
    {
        using var document = Settings.Json(tree.Read(file, BytesMax));
        return document is null ? [] :
            [.. Settings.Texts(document.RootElement)
                .SelectMany(t => t.Split(';'))
                .Where(t => t.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(t, UriKind.Absolute, out _))
                .Select(t => new Uri(t))
                .Where(u => u.Scheme is "http" or "https")
                .Select(u => new NamedAddress(u.Host, u.Port, file))];
    }
}

/// <summary>An address in a settings file.</summary>
internal sealed record NamedAddress(string Host, int Port, string File)
{
    public bool IsLocal => Host is "localhost" or "127.0.0.1" or "[::1]";
}
