using Conway.ManifestLint;

namespace Conway.Cli;

/// <summary>Dockerfiles below folders.</summary>
internal static class DockerFolder
{
    private const long BytesMax = 1 << 20;
    private const int FilesMax = 5_000;

    /// <summary>Null when all was looked at; else a sentence on what was given wrongly. What cannot be read is among the texts, with its problem.</summary>
    public static string? Read(IEnumerable<string> given, string currentFolder, CancellationToken cancellationToken, out IReadOnlyList<DockerText> texts)
    {
        var found = new SortedDictionary<string, DockerText>(StringComparer.Ordinal);
        texts = [];
        foreach (var path in given)
        {
            var full = Path.GetFullPath(path, currentFolder);
            if (!Path.Exists(full))
            {
                return $"there is no folder or file '{path}'.";
            }

            foreach (var file in Directory.Exists(full) ? ManifestFolder.Below(full).Where(f => IsDockerfile(f.Name)) : [new FileInfo(full)])
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (found.Count >= FilesMax)
                {
                    return $"there are more than {FilesMax:N0} Dockerfiles below '{path}'. Lint them folder by folder.";
                }

                var name = GeneratedFiles.Shown(file.FullName, currentFolder).Replace('\\', '/');
                found.TryAdd(name, Read(name, file));
            }
        }

        texts = [.. found.Values];
        return null;
    }

    /// <summary><c>Dockerfile</c>, <c>api.Dockerfile</c>, <c>Dockerfile.debug</c>, <c>Containerfile</c>; not what says what they leave out.</summary>
    private static bool IsDockerfile(string name) =>
        !name.EndsWith(".dockerignore", StringComparison.OrdinalIgnoreCase)
        && new[] { "Dockerfile", "Containerfile" }.Any(n => name.Equals(n, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + n, StringComparison.OrdinalIgnoreCase) || name.StartsWith(n + ".", StringComparison.OrdinalIgnoreCase));

    private static DockerText Read(string name, FileInfo file)
    {
        try
        {
            // What has no length may be a pipe, which would block.
            return file.Length > BytesMax ? new DockerText(name, "") { Problem = "it is larger than 1 MiB" } : new DockerText(name, file.Length == 0 ? "" : File.ReadAllText(file.FullName), IsGuarded(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DockerText(name, "") { Problem = e is UnauthorizedAccessException ? "it may not be read by this user" : e.Message.TrimEnd('.') };
        }
    }

    // Which folder is sent to the builder is not written in the file: it is this one or one above it, up to the root of the repository.
    private static bool IsGuarded(FileInfo file)
    {
        if (File.Exists(file.FullName + ".dockerignore"))
        {
            return true;
        }

        for (var folder = file.Directory; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, ".dockerignore")) || File.Exists(Path.Combine(folder.FullName, ".containerignore")))
            {
                return true;
            }

            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                return false;
            }
        }

        return false;
    }
}
