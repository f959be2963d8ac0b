using Conway.ManifestFacts;

namespace Conway.Cli;

/// <summary>Everything below folders that may be a manifest.</summary>
/// <param name="Texts">Names as a person would type them from the current folder, and texts, in the order of names.</param>
/// <param name="Unread">What was passed over, and why.</param>
internal sealed record ManifestFolder(IReadOnlyList<(string File, string Text)> Texts, IReadOnlyList<UnreadManifest> Unread)
{
    // A bundle of all custom resources of a large operator is some 10 MiB.
    private const long BytesMax = 32 << 20;
    private const long AllBytesMax = 256 << 20;
    private const int FilesMax = 20_000;
    private const int DepthMax = 32;

    private static readonly HashSet<string> Skipped = new(["node_modules", "bin", "obj"], StringComparer.Ordinal);

    /// <summary>Null when all was read; else a sentence on what was given wrongly.</summary>
    public static string? Read(IEnumerable<string> given, string currentFolder, CancellationToken cancellationToken, out ManifestFolder found)
    {
        var (texts, unread) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new List<UnreadManifest>());
        found = new ManifestFolder([], []);
        long bytes = 0;
        foreach (var path in given)
        {
            var full = Path.GetFullPath(path, currentFolder);
            if (!Path.Exists(full))
            {
                return $"there is no folder or file '{path}'.";
            }

            foreach (var file in Directory.Exists(full) ? Below(full).Where(f => f.Length > 0 && f.Extension.ToLowerInvariant() is ".yaml" or ".yml" or ".json") : [new FileInfo(full)])
            {
                cancellationToken.ThrowIfCancellationRequested();
                var name = GeneratedFiles.Shown(file.FullName, currentFolder).Replace('\\', '/');
                if (texts.ContainsKey(name))
                {
                    continue;
                }

                if (texts.Count >= FilesMax || bytes + file.Length > AllBytesMax || file.Length > BytesMax)
                {
                    unread.Add(new UnreadManifest(name, file.Length > BytesMax ? "it is larger than 32 MiB" : "there are more manifests than one lint takes, 20,000 files or 256 MiB; lint them folder by folder"));
                    continue;
                }

                try
                {
                    texts.Add(name, File.ReadAllText(file.FullName));
                    bytes += file.Length;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    unread.Add(new UnreadManifest(name, $"it could not be read: {e.Message.TrimEnd('.')}"));
                }
            }
        }

        found = new ManifestFolder([.. texts.Select(t => (t.Key, t.Value))], unread);
        return null;
    }

    /// <summary>All files below a folder, but for those that are hidden or made by builds. What has no length may be a pipe or a device, and would block.</summary>
    // Links are not followed: they may lead round in a circle, or out.
    internal static IEnumerable<FileInfo> Below(string folder)
    {
        var open = new Stack<(DirectoryInfo Folder, int Depth)>([(new DirectoryInfo(folder), 0)]);
        while (open.TryPop(out var at))
        {
            FileSystemInfo[] inside;
            try
            {
                inside = at.Folder.GetFileSystemInfos();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            foreach (var one in inside.Where(i => i.LinkTarget is null))
            {
                if (one is FileInfo file)
                {
                    yield return file;
                }
                else if (one is DirectoryInfo below && at.Depth < DepthMax && below.Name[0] != '.' && !Skipped.Contains(below.Name))
                {
                    open.Push((below, at.Depth + 1));
                }
            }
        }
    }
}
