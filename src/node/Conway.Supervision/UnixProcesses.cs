using System.Globalization;
using System.Runtime.InteropServices;

namespace Conway.Supervision;

/// <summary>Signals and process look-ups of the operating system.</summary>
/// <remarks>Environments are read from <c>/proc</c>, so finding a run's processes works on Linux; elsewhere only process groups are reached.</remarks>
public static partial class UnixProcesses
{
    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    /// <summary>Sends a signal to the whole group that <paramref name="pid"/> leads.</summary>
    /// <returns>Whether there was such a group: not when it has gone, and not yet in the moment after a start.</returns>
    public static bool SignalGroup(int pid, int signal) => !OperatingSystem.IsWindows() && Kill(-pid, signal) == 0;

    /// <summary>Sends a signal to one process; no error when it has gone.</summary>
    public static void Signal(int pid, int signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(pid, signal);
        }
    }

    /// <summary>Whether a process with this id exists (a zombie does not count).</summary>
    public static bool Exists(int pid)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(pid);
                return !process.HasExited;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        return Kill(pid, 0) == 0 && !IsZombie(pid);
    }

    /// <summary>Processes whose environment at their start held exactly this variable with this value, the caller left out.</summary>
    /// <remarks>Processes of other users cannot be looked into and are left out; a run's are always the caller's own.</remarks>
    public static IReadOnlyList<int> Carrying(string variable, string value)
    {
        if (!Directory.Exists("/proc"))
        {
            return [];
        }

        var wanted = System.Text.Encoding.UTF8.GetBytes($"{variable}={value}");
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && pid != Environment.ProcessId && Carries(folder, wanted) && !IsZombie(pid))
            {
                found.Add(pid);
            }
        }

        return found;
    }

    private static bool Carries(string folder, byte[] wanted)
    {
        byte[] environment;
        try
        {
            environment = File.ReadAllBytes(folder + "/environ");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it ended meanwhile, or is not ours
        }

        ReadOnlySpan<byte> rest = environment;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)0);
            var variable = end < 0 ? rest : rest[..end];
            if (variable.SequenceEqual(wanted))
            {
                return true;
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return false;
    }

    private static bool IsZombie(int pid)
    {
        try
        {
            // 4711 (a name) Z …: the state follows the last parenthesis, since names may hold any character.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var close = stat.LastIndexOf(')');
            return close >= 0 && close + 2 < stat.Length && stat[close + 2] is 'Z' or 'X';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
