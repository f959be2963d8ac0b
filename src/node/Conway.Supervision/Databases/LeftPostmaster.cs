using System.Globalization;
using System.Text;

namespace Conway.Supervision.Databases;

/// <summary>A server that still runs on a data folder though its run has ended, and the file that says so.</summary>
internal static class LeftPostmaster
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Ends the server that <c>postmaster.pid</c> names. Where another program has its number by now, the file is taken away: the next
    /// server would take that program for the old one. What the file says of shared memory the server finds out by itself.</summary>
    /// <param name="data">The data folder, which nobody else may start a server on meanwhile.</param>
    public static async Task EndAsync(string data, TimeProvider clock, CancellationToken cancel)
    {
        var file = Path.Combine(data, "postmaster.pid");
        if (!File.Exists(file))
        {
            return;
        }

        // Empty where the disk was full.
        var isRead = int.TryParse((await File.ReadAllLinesAsync(file, cancel).ConfigureAwait(false)).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid);
        if (!isRead || (Directory.Exists("/proc") && UnixProcesses.Exists(pid) && !IsServerOf(pid, data)))
        {
            File.Delete(file);
            return;
        }

        if (!Directory.Exists("/proc") || !UnixProcesses.Exists(pid))
        {
            return; // the server looks after the rest
        }

        UnixProcesses.Signal(pid, UnixProcesses.SigQuit);
        var began = clock.GetTimestamp();
        while (UnixProcesses.Exists(pid) && IsServerOf(pid, data))
        {
            if (clock.GetElapsedTime(began) > Patience)
            {
                UnixProcesses.Signal(pid, UnixProcesses.SigKill);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), clock, cancel).ConfigureAwait(false);
        }
    }

    private static bool IsServerOf(int pid, string data)
    {
        try
        {
            var line = File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline"));
            return line.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"-D\0{data}\0")) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it ended meanwhile
        }
    }
}
