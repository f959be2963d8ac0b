using System.Globalization;

namespace Conway.Supervision.Databases;

/// <summary>The user of the operating system that the server runs as: PostgreSQL refuses to run as root.</summary>
/// <param name="User">Id of the user; null: the one that runs Conway.</param>
/// <param name="Group">Id of the group.</param>
public sealed record PostgresAccount(int? User, int Group)
{
    // Not runuser: that stays as the parent of the server, so that a signal would reach it instead.
    private const string Setpriv = "/usr/bin/setpriv";

    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <summary>What lets a process through folders that are closed to it, the weaker first, with its bit (capability.h of Linux).</summary>
    private static readonly (string Name, int Bit)[] Passes = [("dac_read_search", 2), ("dac_override", 1)];

    /// <summary>The account for this process.</summary>
    /// <param name="owner">Id of the user that owns data of an earlier run; null when there is none.</param>
    /// <exception cref="InvalidOperationException">Conway runs as root, and there is no other user or no setpriv.</exception>
    public static PostgresAccount Find(int? owner)
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            return new PostgresAccount(null, 0);
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(parts => parts.Length > 3).ToArray();
        var user = (owner is > 0 ? users.FirstOrDefault(parts => parts[2] == Text(owner.Value)) : null)
            ?? Candidates.Select(name => users.FirstOrDefault(parts => parts[0] == name)).FirstOrDefault(found => found is not null)
            ?? throw new InvalidOperationException("PostgreSQL refuses to run as root, and this machine has neither a user 'postgres' nor 'nobody' to run it as. Run Conway as another user than root.");
        return File.Exists(Setpriv)
            ? new PostgresAccount(int.Parse(user[2], CultureInfo.InvariantCulture), int.Parse(user[3], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"PostgreSQL refuses to run as root, and there is no '{Setpriv}' to run it as '{user[0]}'. Run Conway as another user than root, or install util-linux.");
    }

    /// <summary>The line that runs a program as this user, in the very process that is started.</summary>
    /// <param name="folder">What it works in. Where its user could not come to it, as below <c>/root</c>, the program may pass closed folders.</param>
    /// <exception cref="InvalidOperationException">It cannot come there, and nobody here can let it.</exception>
    public IReadOnlyList<string> Line(string folder, string program, params IEnumerable<string> arguments)
    {
        if (User is not { } user)
        {
            return [program, .. arguments];
        }

        string[] line = [Setpriv, $"--reuid={Text(user)}", $"--regid={Text(Group)}", "--clear-groups"];
        if (IsOpen(folder))
        {
            return [.. line, program, .. arguments];
        }

        var mine = Mine();
        var pass = Passes.Where(one => (mine >> one.Bit & 1) != 0).Select(one => one.Name).FirstOrDefault()
            ?? throw new InvalidOperationException($"PostgreSQL refuses to run as root, and no other user can come to '{folder}'. Run Conway as another user than root, or in a folder that all may enter.");
        return [.. line, $"--inh-caps=+{pass}", $"--ambient-caps=+{pass}", program, .. arguments];
    }

    /// <summary>Whether everybody may pass the folders above.</summary>
    private static bool IsOpen(string folder)
    {
        for (var above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(above).HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What this process may do and hand on, a bit each.</summary>
    private static ulong Mine()
    {
        const string Key = "CapPrm:";
        return File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } line
            ? ulong.Parse(line.AsSpan(Key.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
