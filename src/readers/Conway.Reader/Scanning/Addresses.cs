namespace Conway.Reader.Scanning;

/// <summary>Where a project listens, and whom its settings name.</summary>
/// <param name="Ports">From its launch settings.</param>
/// <param name="Named">HTTP addresses in its other settings, and in the variables of its launch settings.</param>
internal sealed record Addresses(IReadOnlySet<int> Ports, IReadOnlyList<NamedAddress> Named)
{
    private const int BytesMax = 1 << 20;

    public static Addresses None { get; } = new(new HashSet<int>(), []);

    public static Addresses OfDotNet(IFileTree tree, string folder)
    {
        var launch = TreePath.Join(folder, "Properties/launchSettings.json");
        var ports = Of(tree, launch, key => key == "applicationUrl").Select(a => a.Port).ToHashSet();
        string[] files = [TreePath.Join(folder, "appsettings.json"), TreePath.Join(folder, "appsettings.Development.json"), launch];
        return new Addresses(ports, [.. files.SelectMany(f => Of(tree, f, key => key is not ("applicationUrl" or "launchUrl")))]);
    }

    private static List<NamedAddress> Of(IFileTree tree, string file, Func<string, bool> of)
    {
        using var document = Settings.Json(tree.Read(file, BytesMax));
        return document is null ? [] :
            [.. Settings.Texts(document.RootElement, of)
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
