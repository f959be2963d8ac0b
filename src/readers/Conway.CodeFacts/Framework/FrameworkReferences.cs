using Microsoft.CodeAnalysis;

namespace Conway.CodeFacts.Framework;

/// <summary>Finds what the compiler needs to know of .NET itself: the reference assemblies of the SDK, else the assemblies that Conway runs on.</summary>
internal static class FrameworkReferences
{
    private static readonly string[] Frameworks = ["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"];

    /// <summary>References for .NET and ASP.NET Core; empty when neither can be found.</summary>
    /// <param name="roots">Folders in which .NET may be installed, best first.</param>
    public static IReadOnlyList<MetadataReference> Find(IEnumerable<string> roots)
    {
        foreach (var root in roots)
        {
            var files = Frameworks.SelectMany(f => Pack(root, f) ?? Shared(root, f) ?? []).ToArray();
            if (files.Length > 0)
            {
                // Both frameworks carry some of the same assemblies; one of each name is enough.
                return [.. files.DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase).Select(f => MetadataReference.CreateFromFile(f))];
            }
        }

        return [];
    }

    /// <summary>Where .NET may be installed on this machine: what runs us, what the environment says, the usual places.</summary>
    public static IEnumerable<string> Roots()
    {
        // …/dotnet/shared/Microsoft.NETCore.App/10.0.0/
        var runtime = Path.TrimEndingDirectorySeparator(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        string?[] places =
        [
            Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(runtime))),
            Environment.GetEnvironmentVariable("DOTNET_ROOT"),
            "/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet",
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet"),
        ];
        return places.OfType<string>().Where(p => p.Length > 0).Distinct(StringComparer.Ordinal);
    }

    // packs/Microsoft.NETCore.App.Ref/10.0.0/ref/net10.0/*.dll
    private static string[]? Pack(string root, string framework) =>
        Newest(Path.Combine(root, "packs", framework + ".Ref")) is { } version && Newest(Path.Combine(version, "ref")) is { } target ? Assemblies(target) : null;

    private static string[]? Shared(string root, string framework) => Newest(Path.Combine(root, "shared", framework)) is { } version ? Assemblies(version) : null;

    private static string? Newest(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetDirectories(folder).OrderBy(d => VersionOf(Path.GetFileName(d))).ThenBy(d => d, StringComparer.Ordinal).LastOrDefault() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Version VersionOf(string name) =>
        Version.TryParse(name.TrimStart("netcoreap".ToCharArray()).Split('-')[0], out var version) ? version : new Version(0, 0);

    private static string[]? Assemblies(string folder)
    {
        try
        {
            var files = Directory.GetFiles(folder, "*.dll").Where(f => IsManaged(Path.GetFileName(f))).Order(StringComparer.Ordinal).ToArray();
            return files.Length > 0 ? files : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Beside the shared framework's assemblies lie native libraries with the same ending on Windows.</summary>
    private static bool IsManaged(string file) =>
        file.StartsWith("System.", StringComparison.Ordinal) && !file.EndsWith(".Native.dll", StringComparison.Ordinal)
        || (file.StartsWith("Microsoft.", StringComparison.Ordinal) && !file.StartsWith("Microsoft.DiaSymReader", StringComparison.Ordinal))
        || file is "mscorlib.dll" or "netstandard.dll" or "WindowsBase.dll";
}
