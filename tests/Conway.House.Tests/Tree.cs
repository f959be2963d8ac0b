namespace Conway.House;

/// <summary>The files of this repository, as they lie in the folder: what git ignores is left out by name.</summary>
internal static class Tree
{
    private static readonly HashSet<string> Ignored =
        [".git", ".conway", ".vs", ".idea", "artifacts", "bin", "obj", "node_modules", "dist", "TestResults", "BenchmarkDotNet.Artifacts"];

    private static readonly HashSet<string> TextEndings =
    [
        ".cs", ".csproj", ".css", ".html", ".js", ".json", ".md", ".mjs", ".proto", ".props", ".slnx", ".sh", ".targets", ".ts", ".tsx", ".txt", ".yaml", ".yml", "",
    ];

    /// <summary>The folder that holds <c>Conway.slnx</c>.</summary>
    public static string Root => RepositoryFolder.Root;

    /// <summary>Every file, relative to <see cref="Root"/>, with <c>/</c>, sorted.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> TextFiles => Files.Where(f => TextEndings.Contains(Path.GetExtension(f)) && Path.GetFileName(f) is not ("package-lock.json" or "packages.lock.json"));

    /// <summary>Whether everything was built before, as <c>./test</c> does it. Otherwise a test finds what happens to be there.</summary>
    public static bool WholeBuild => Environment.GetEnvironmentVariable("CONWAY_TEST_WHOLE") is { Length: > 0 };

    /// <summary>Whether generated texts are to be written instead of compared: <c>./test --accept House</c>.</summary>
    public static bool Accept => Environment.GetEnvironmentVariable("CONWAY_ACCEPT") is { Length: > 0 };

    public static string Read(string file) => File.ReadAllText(Full(file));

    public static string Full(string file) => Path.Combine(Root, file);

    public static bool Exists(string path) => File.Exists(Full(path)) || Directory.Exists(Full(path));

    /// <summary>What was built of a project, in the configuration of this run. Null when it was not built.</summary>
    public static string? Built(string project)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var folder = Full($"artifacts/bin/{project}/{configuration}");
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>Compares a generated text with the file that should hold it, or writes it when asked to.</summary>
    public static void Matches(string file, string generated)
    {
        if (Accept)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Full(file))!);
            File.WriteAllText(Full(file), generated);
        }

        var present = File.Exists(Full(file)) ? Read(file) : "";
        Assert.True(present == generated, $"""
            {file} is not what would be generated now.
                why   It is drawn from the code, and somebody relies on it.
                mend  Run ./test --accept House, and read the difference before you commit it.
            """);
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            if (!Ignored.Contains(Path.GetFileName(inner)))
            {
                foreach (var file in Walk(inner))
                {
                    yield return file;
                }
            }
        }
    }
}
