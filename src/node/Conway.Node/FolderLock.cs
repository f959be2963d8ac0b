namespace Conway.Node;

/// <summary>Holds a system's folder for one node: <c>.conway/lock</c>. The operating system lets go of it however the node ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _stream;

    private FolderLock(FileStream stream) => _stream = stream;

    /// <summary>Null when another node holds it.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static FolderLock? TryTake(string stateFolder)
    {
        var file = Path.Combine(stateFolder, "lock");
        try
        {
            return new FolderLock(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(file) && !DiskIsFull(e))
        {
            return null;
        }
    }

    public void Dispose() => _stream.Dispose();

    private static bool DiskIsFull(IOException e) => e.HResult is 28 or 30; // ENOSPC, EROFS
}
