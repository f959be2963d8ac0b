using System.Globalization;

namespace Conway.Cli;

/// <summary>Limits of the operating system that a system of services reaches first. Linux only.</summary>
internal static class LimitFacts
{
    // A watcher is one instance; a service of ordinary size has some hundred folders.
    private const long WatchesWanted = 8192;
    private const long InstancesWanted = 64;
    private const long FilesWanted = 4096;

    public static DoctorFact? Watches()
    {
        if (Read("/proc/sys/fs/inotify/max_user_watches") is not { } watches || Read("/proc/sys/fs/inotify/max_user_instances") is not { } instances)
        {
            return null;
        }

        var text = $"{watches} folders, {instances} watchers";
        return watches < WatchesWanted || instances < InstancesWanted
            ? new DoctorFact("file watch", DoctorState.Odd, text, "Changes may be missed: sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512.")
            : DoctorFact.Good("file watch", text);
    }

    public static DoctorFact? OpenFiles()
    {
        // Max open files            1024                 524288               files
        string? line;
        try
        {
            line = File.Exists("/proc/self/limits") ? File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The hard limit counts: .NET raises the soft one to it by itself.
        var hard = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(4);
        return hard is null ? null
            : long.TryParse(hard, CultureInfo.InvariantCulture, out var files) && files < FilesWanted
                ? new DoctorFact("open files", DoctorState.Odd, $"{files} at most", $"Connections may fail under load: ulimit -n {FilesWanted * 16}.")
                : DoctorFact.Good("open files", $"{hard} at most");
    }

    private static long? Read(string file)
    {
        try
        {
            return File.Exists(file) && long.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var value) ? value : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
