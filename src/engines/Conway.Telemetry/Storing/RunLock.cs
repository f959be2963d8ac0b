namespace Conway.Telemetry.Storing;

/// <summary>Keeps a second node from writing the same run: a file held open without sharing.</summary>
internal static class RunLock
{
    private const string Name = "writer.lock";

    /// <summary>Takes the lock, creating the folder; null when another process has it.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    /// <exception cref="IOException">The folder cannot be made, or the disk is full.</exception>
    public static FileStream? TryTake(string run)
    {
        Directory.CreateDirectory(run);
        var path = Path.Combine(run, Name);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Whether somebody writes the run now.</summary>
    public static bool IsTaken(string run)
    {
        var path = Path.Combine(run, Name);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
