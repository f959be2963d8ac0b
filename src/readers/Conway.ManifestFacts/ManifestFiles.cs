namespace Conway.ManifestFacts;

/// <summary>Which files are manifests, and where they lie.</summary>
public static class ManifestFiles
{
    /// <summary>Larger files are passed over: nobody writes such a manifest by hand.</summary>
    public const int BytesMax = 1 << 20;

    /// <summary>Most files that are read.</summary>
    public const int FilesMax = 500;

    private const int DepthMax = 8;

    private static readonly HashSet<string> Skipped = new(["node_modules", "bin", "obj", "artifacts", "dist", "target", "vendor", "packages", "templates", ".conway"], StringComparer.OrdinalIgnoreCase);

    /// <summary><c>compose.yaml</c>, <c>docker-compose.override.yml</c></summary>
    public static bool IsCompose(string file)
    {
        var name = Path.GetFileName(file);
        return IsYaml(name) && (name.StartsWith("compose", StringComparison.OrdinalIgnoreCase) || name.StartsWith("docker-compose", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A definition of a pipeline, by its usual name.</summary>
    public static bool IsPipeline(string file)
    {
        var path = "/" + file.Replace('\\', '/');
        return (path.Contains("/.github/workflows/", StringComparison.Ordinal) && IsYaml(path))
            || path.EndsWith("/.gitlab-ci.yml", StringComparison.Ordinal) || path.EndsWith("/azure-pipelines.yml", StringComparison.Ordinal)
            || path.EndsWith("/Jenkinsfile", StringComparison.Ordinal) || path.EndsWith("/.circleci/config.yml", StringComparison.Ordinal);
    }

    /// <summary>Texts of everything below a folder that may be a manifest or a pipeline, at most <see cref="FilesMax"/>, in order of their names.</summary>
    /// <param name="folder">Absolute.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <remarks>Links are not followed, what cannot be read is passed over.</remarks>
    public static IReadOnlyList<(string File, string Text)> Find(string folder, CancellationToken cancellationToken)
    {
        var found = new List<(string, string)>();
        var open = new Queue<(string Path, int Depth)>([(folder, 0)]);
        while (open.TryDequeue(out var at) && found.Count < FilesMax)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // Without length: a pipe or a device, which would block or never end if opened.
                foreach (var file in new DirectoryInfo(at.Path).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal))
                {
                    var name = Path.GetRelativePath(folder, file.FullName).Replace('\\', '/');
                    if ((IsYaml(name) || IsPipeline(name)) && file is { Length: > 0 and <= BytesMax, LinkTarget: null } && found.Count < FilesMax)
                    {
                        found.Add((name, File.ReadAllText(file.FullName)));
                    }
                }

                foreach (var below in new DirectoryInfo(at.Path).EnumerateDirectories().Where(d => d.LinkTarget is null && IsEntered(d.Name) && at.Depth < DepthMax).OrderBy(d => d.Name, StringComparer.Ordinal))
                {
                    open.Enqueue((below.FullName, at.Depth + 1));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What cannot be read is not there for us.
            }
        }

        return found;
    }

    private static bool IsEntered(string name) => (name[0] != '.' || name is ".github" or ".circleci") && !Skipped.Contains(name);

    private static bool IsYaml(string file) => file.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
}
