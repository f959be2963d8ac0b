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

    private static readonly string[] PipelineFolders = [".github/workflows", ".gitea/workflows", ".forgejo/workflows", ".circleci", ".buildkite", ".azuredevops", ".azure-pipelines", ".pipelines", ".tekton", ".teamcity"];

    private static readonly string[] BuildFolders = ["build", "ci", "pipelines", "eng", "deploy"];

    private static readonly HashSet<string> PipelineNames = new([".gitlab-ci", ".travis", ".drone", ".woodpecker", "bitbucket-pipelines", "appveyor", ".appveyor", "cloudbuild", "buildspec"], StringComparer.Ordinal);

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
        var name = path[(path.LastIndexOf('/') + 1)..];
        return (IsYaml(path) && PipelineFolders.Any(f => path.Contains($"/{f}/", StringComparison.Ordinal)))
            || (IsYaml(name) && (name.StartsWith("azure-pipelines", StringComparison.Ordinal) || PipelineNames.Contains(name[..name.LastIndexOf('.')])))
            || name.StartsWith("Jenkinsfile", StringComparison.Ordinal) || path.EndsWith("/.teamcity/settings.kts", StringComparison.Ordinal);
    }

    /// <summary>Names of the pipelines of a repository, from its root: those of usual names at the root, in the folders of the usual hosts, and in folders for builds.</summary>
    /// <param name="root">Absolute.</param>
    /// <remarks>Nothing else is searched: the rest of a large repository has no pipelines and takes long to walk through.</remarks>
    public static IReadOnlyList<string> FindPipelines(string root)
    {
        var found = new List<string>();
        foreach (var (folder, depth) in PipelineFolders.Concat(BuildFolders).Select(f => (Path.Combine(root, f), 2)).Prepend((root, 0)))
        {
            try
            {
                found.AddRange(Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = depth > 0, MaxRecursionDepth = depth, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true })
                    .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/')).Where(IsPipeline));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A folder that is not there has none.
            }
        }

        return [.. found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
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
