namespace Conway.Builds;

/// <summary>The turn to build what lies in one tree: of several runs on the same sources one builds at a time. The operating system takes it back however a run ends.</summary>
internal static class BuildTurn
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the turn; disposing gives it on. Where no lock can be kept, the build goes ahead: what is wrong with the disk is for the build to tell.</summary>
    public static async Task<IDisposable?> TakeAsync(string file, TimeProvider clock, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (File.Exists(file) && e.HResult is not (28 or 30)) // ENOSPC, EROFS
            {
                await Task.Delay(Pause, clock, cancel).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
