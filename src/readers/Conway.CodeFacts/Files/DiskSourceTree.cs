using System.Formats.Tar;
using Conway.CodeFacts.Files;

namespace Conway.CodeFacts;

/// <summary>The files below one folder of the disk.</summary>
/// <remarks>Stateless. Links below the folder are not followed: what they lead to is read where it lies, or is none of this codebase.</remarks>
/// <param name="root">The folder.</param>
public sealed class DiskSourceTree(string root) : ISourceTree
{
    /// <summary>A tree lists no more files than this: a folder with more was not meant.</summary>
    public const int FilesMax = 400_000;

    private const string NoFile = "it is a pipe, a socket or a device";

    private const int EntriesMax = 4_000_000;

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    public string Name => Path.GetFileName(_root) is { Length: > 0 } name ? name : "root";

    public SourceListing List(CancellationToken cancellation)
    {
        var files = new List<string>();
        var refused = new List<string>();
        var (links, entries) = (0, 0);
        var folders = new Stack<string>([""]);
        while (folders.TryPop(out var folder) && files.Count < FilesMax && entries < EntriesMax)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                foreach (var entry in new DirectoryInfo(folder.Length == 0 ? _root : Path.Combine(_root, folder)).EnumerateFileSystemInfos())
                {
                    entries++;
                    var isFolder = (entry.Attributes & FileAttributes.Directory) != 0;
                    if (isFolder ? SourcePath.IsSkipped(entry.Name) : !SourcePath.IsOfInterest(entry.Name))
                    {
                        continue;
                    }

                    if (entry.LinkTarget is not null)
                    {
                        links++;
                    }
                    else if (isFolder)
                    {
                        folders.Push(SourcePath.Join(folder, entry.Name));
                    }
                    else
                    {
                        files.Add(SourcePath.Join(folder, entry.Name));
                    }
                }
            }
            catch (Exception e) when (IsOfTheDisk(e))
            {
                refused.Add(folder);
            }
        }

        files.Sort(StringComparer.Ordinal);
        refused.Sort(StringComparer.Ordinal);
        return new(files, refused, links, folders.Count > 0);
    }

    public SourceRead Read(string path, int bytesMax)
    {
        try
        {
            var info = new FileInfo(Path.Combine(_root, path));
            if (!info.Exists)
            {
                return new(SourceState.Missing);
            }

            if (info.Length == 0)
            {
                // A pipe, a socket and a device have no length either; opened, they would block or never end.
                return IsFile(info.FullName) ? new(SourceState.Read) : new(SourceState.Refused, Reason: NoFile);
            }

            using var stream = new FileStream(info.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            if (stream.Length > bytesMax)
            {
                var head = new byte[SourcePath.HeadBytes];
                return new(SourceState.TooLarge, head.AsMemory(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
            }

            var bytes = new byte[(int)stream.Length];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return new(SourceState.Read, bytes.AsMemory(0, count));
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            return new(SourceState.Refused, Reason: e is UnauthorizedAccessException ? "permission denied" : e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Whether what has no length is a file. Nothing else tells the kind of an entry without opening it.</summary>
    private static bool IsFile(string path)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            try
            {
                writer.WriteEntry(path, "entry");
            }
            catch (IOException) when (File.Exists(path))
            {
                return false; // a socket, which no archive holds
            }
        }

        archive.Position = 0;
        using var reader = new TarReader(archive, leaveOpen: true);
        return reader.GetNextEntry()?.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
    }

    private static bool IsOfTheDisk(Exception e) =>
        e is IOException or UnauthorizedAccessException or System.Security.SecurityException or ArgumentException or NotSupportedException;
}
