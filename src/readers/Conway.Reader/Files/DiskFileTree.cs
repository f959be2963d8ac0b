namespace Conway.Reader;

/// <summary>The files below one folder of the disk.</summary>
/// <remarks>Stateless after construction. Links are followed as long as they stay in the folder.</remarks>
public sealed class DiskFileTree : IFileTree
{
    private const int LinksMax = 40;

    /// <summary>A glob stops here: a folder with more entries was not meant.</summary>
    private const int EntriesMax = 200_000;

    private readonly string _root;

    /// <param name="root">The system's folder.</param>
    public DiskFileTree(string root)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        _root = RealPath(Root) ?? Root;
    }

    /// <summary>The folder, absolute, as it was given.</summary>
    public string Root { get; }

    public FileRead Read(string path, int bytesMax)
    {
        try
        {
            if (Locate(path) is not { } full)
            {
                return new(FileState.Outside);
            }

            if (Directory.Exists(full))
            {
                return new(FileState.Folder);
            }

            var info = new FileInfo(full);
            if (!info.Exists)
            {
                return new(FileState.Missing);
            }

            if (info.Length == 0)
            {
                return new(FileState.Read); // also a pipe or a device, which would block or never end if opened
            }

            using var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > bytesMax)
            {
                return new(FileState.TooLarge);
            }

            var bytes = new byte[(int)stream.Length];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return new(FileState.Read, bytes.AsMemory(0, count));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.SecurityException or ArgumentException or NotSupportedException)
        {
            return new(FileState.Refused, Reason: e is UnauthorizedAccessException ? "permission denied" : e.Message.TrimEnd('.'));
        }
    }

    public FileKind KindOf(string path)
    {
        try
        {
            return Locate(path) is not { } full ? FileKind.Outside
                : File.Exists(full) ? FileKind.File
                : Directory.Exists(full) ? FileKind.Folder
                : FileKind.Nothing;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.SecurityException or ArgumentException or NotSupportedException)
        {
            return FileKind.Nothing;
        }
    }

    public IReadOnlyList<string> Glob(string pattern)
    {
        if (TreePath.Normalise(pattern) is not { } clean)
        {
            return [];
        }

        // Only the part of the tree below the fixed folders of the pattern has to be walked, and only as deep as the pattern goes.
        var parts = clean.Split('/');
        var fixedParts = parts.TakeWhile((part, i) => i < parts.Length - 1 && !TreePath.IsGlob(part)).ToArray();
        var depthMax = parts.Contains("**") || parts[^1].Contains("**", StringComparison.Ordinal) ? int.MaxValue : parts.Length - fixedParts.Length;
        var found = new List<string>();
        var left = EntriesMax;
        Walk(string.Join('/', fixedParts), depthMax, [], clean, found, ref left);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private void Walk(string folder, int depthMax, HashSet<string> above, string glob, List<string> found, ref int left)
    {
        if (depthMax == 0 || Locate(folder) is not { } full || RealPath(full) is not { } real || !above.Add(real))
        {
            return; // outside, or a link back to a folder that is being walked
        }

        try
        {
            foreach (var entry in new DirectoryInfo(full).EnumerateFileSystemInfos())
            {
                if (--left < 0)
                {
                    break;
                }

                var path = TreePath.Join(folder, entry.Name);
                if ((entry.Attributes & FileAttributes.Directory) == 0)
                {
                    if (TreePath.Matches(glob, path) && Locate(path) is not null)
                    {
                        found.Add(path);
                    }
                }
                else if (!TreePath.IsSkipped(entry.Name))
                {
                    Walk(path, depthMax - 1, above, glob, found, ref left);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that may not be listed holds nothing that may be read.
        }

        above.Remove(real);
    }

    /// <summary>The absolute path, or null when it leaves the folder by its text or by a link.</summary>
    private string? Locate(string path)
    {
        if (TreePath.Normalise(path) is not { } clean)
        {
            return null;
        }

        var full = clean.Length == 0 ? _root : Path.Combine(_root, clean);
        return RealPath(full) is { } real && (real == _root || real.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) ? full : null;
    }

    /// <summary>The path with every link in it resolved, whether or not anything is there; null when links go in a circle.</summary>
    private static string? RealPath(string path)
    {
        var links = 0;
        for (var at = Path.GetPathRoot(path)!.Length; at <= path.Length;)
        {
            var end = path.IndexOf(Path.DirectorySeparatorChar, at);
            end = end < 0 ? path.Length : end;
            var target = new FileInfo(path[..end]).LinkTarget;
            if (target is null)
            {
                at = end + 1;
            }
            else if (++links > LinksMax)
            {
                return null;
            }
            else
            {
                path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path[..end])!, target) + path[end..]);
                at = Path.GetPathRoot(path)!.Length;
            }
        }

        return Path.TrimEndingDirectorySeparator(path);
    }
}
