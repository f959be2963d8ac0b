namespace Conway.Cli;

/// <summary>What tells that source was changed, without reading it: how many files there are, how large, and when the last was written.</summary>
internal readonly record struct SourceState(int Files, long Bytes, DateTime Last)
{
    // Where no source of a person's is.
    private static readonly HashSet<string> Left = new(StringComparer.Ordinal) { "bin", "obj", ".git", "node_modules", ".conway", ".vs", "artifacts" };

    public static SourceState Of(string folder)
    {
        var (files, bytes, last) = (0, 0L, DateTime.MinValue);
        var todo = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        while (todo.TryPop(out var at))
        {
            foreach (var entry in at.EnumerateFileSystemInfos("*", options))
            {
                if (entry is DirectoryInfo inner)
                {
                    if (!Left.Contains(inner.Name))
                    {
                        todo.Push(inner);
                    }
                }
                else if (entry is FileInfo file)
                {
                    (files, bytes) = (files + 1, bytes + file.Length);
                    last = file.LastWriteTimeUtc > last ? file.LastWriteTimeUtc : last;
                }
            }
        }

        return new SourceState(files, bytes, last);
    }
}
