using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Conway.Console.Page;

/// <summary>The page as it was built into the assembly, or nothing when it was not.</summary>
internal sealed class EmbeddedPage
{
    private const string Prefix = "page/";
    private readonly FrozenDictionary<string, PageFile> _files;

    private EmbeddedPage(FrozenDictionary<string, PageFile> files) => _files = files;

    /// <summary>What every address without a file of its own is answered with; null when the page was not built.</summary>
    public PageFile? Index => Find("index.html");

    public static EmbeddedPage Load() => From(typeof(EmbeddedPage).Assembly);

    public PageFile? Find(string path) => _files.GetValueOrDefault(path);

    internal static EmbeddedPage From(Assembly assembly) => new(assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => Read(assembly, name), StringComparer.Ordinal));

    private static PageFile Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(bytes, TypeOf(name), $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"", name.StartsWith(Prefix + "assets/", StringComparison.Ordinal));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        ".json" => "application/json",
        _ => "application/octet-stream",
    };
}
