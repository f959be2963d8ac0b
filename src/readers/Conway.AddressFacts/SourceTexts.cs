namespace Conway.AddressFacts;

/// <summary>Which files are source that runs, and where they lie.</summary>
public static class SourceTexts
{
    /// <summary>Larger files are passed over: a tool wrote them.</summary>
    public const int BytesMax = 1 << 20;

    /// <summary>Most files that are read.</summary>
    public const int FilesMax = 50_000;

    private const int DepthMax = 32;

    private static readonly HashSet<string> Endings = new(
        [".cs", ".fs", ".vb", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".tsx", ".go", ".rs", ".java", ".kt", ".scala", ".groovy", ".php", ".swift", ".c", ".cc", ".cpp", ".h", ".hpp", ".dart",
         ".py", ".rb", ".ex", ".exs", ".pl", ".sh", ".r", ".jl"], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Configurations = ["appsettings", "ocelot", "yarp", "config.", "launchSettings."];

    private static readonly HashSet<string> Skipped = new(
        ["node_modules", "bin", "obj", "artifacts", "dist", "build", "target", "vendor", "packages", "docs", "test", "tests", "testing", "__tests__", "spec", "specs", "e2e", "testdata", "fixtures", "venv", "__pycache__"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>A file of configuration that lies beside the source and names others: <c>appsettings.Development.json</c>, <c>ocelot.json</c>, <c>launchSettings.json</c>.</summary>
    public static bool IsConfiguration(string file)
    {
        var name = Path.GetFileName(file);
        return name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && Configurations.Any(c => name.StartsWith(c, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A file in a usual language that is neither a test nor written by a tool, by its name.</summary>
    public static bool IsSource(string file)
    {
        var name = Path.GetFileName(file);
        var bare = Path.GetFileNameWithoutExtension(name);
        return Endings.Contains(Path.GetExtension(name))
            && !bare.EndsWith(".min", StringComparison.OrdinalIgnoreCase) && !bare.EndsWith(".g", StringComparison.Ordinal) && !bare.EndsWith(".designer", StringComparison.OrdinalIgnoreCase)
            && !bare.EndsWith(".test", StringComparison.OrdinalIgnoreCase) && !bare.EndsWith(".spec", StringComparison.OrdinalIgnoreCase)
            && !bare.EndsWith("_test", StringComparison.OrdinalIgnoreCase) && !bare.StartsWith("test_", StringComparison.Ordinal)
            && !bare.EndsWith("Tests", StringComparison.Ordinal) && !bare.EndsWith("Test", StringComparison.Ordinal);
    }

    /// <summary>Names and texts of all source below a folder, one after another; only one text is held at a time.</summary>
    /// <param name="folder">Absolute.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <remarks>Links are not followed, folders of tests and of what tools wrote are not entered, what cannot be read is passed over.</remarks>
    public static IEnumerable<(string File, string Text)> Find(string folder, CancellationToken cancellationToken)
    {
        var left = FilesMax;
        var open = new Stack<(string Path, int Depth)>([(folder, 0)]);
        while (left > 0 && open.TryPop(out var at))
        {
            var (files, below) = Look(at.Path);
            foreach (var file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (left > 0 && Text(file) is { } text)
                {
                    left--;
                    yield return (Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), text);
                }
            }

            foreach (var next in below.Where(_ => at.Depth < DepthMax))
            {
                open.Push((next.FullName, at.Depth + 1));
            }
        }
    }

    private static (IReadOnlyList<FileInfo> Files, IReadOnlyList<DirectoryInfo> Below) Look(string folder)
    {
        try
        {
            var here = new DirectoryInfo(folder);
            return (
                [.. here.EnumerateFiles().Where(f => (IsSource(f.Name) || IsConfiguration(f.Name)) && f is { LinkTarget: null, Length: > 0 and <= BytesMax }).OrderBy(f => f.Name, StringComparer.Ordinal)],
                [.. here.EnumerateDirectories().Where(d => d.LinkTarget is null && IsEntered(d.Name)).OrderByDescending(d => d.Name, StringComparer.Ordinal)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ([], []);
        }
    }

    private static string? Text(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsEntered(string name) =>
        name[0] != '.' && !Skipped.Contains(name) && !name.EndsWith(".Tests", StringComparison.Ordinal) && !name.EndsWith(".Test", StringComparison.Ordinal);
}
