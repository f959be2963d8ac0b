using System.Globalization;

namespace Conway.Supervision.Databases;

/// <summary>Where this machine keeps the programs of a PostgreSQL server.</summary>
public static class PostgresPrograms
{
    /// <summary>Names the folder of the programs; wins over every other place.</summary>
    public const string Variable = "CONWAY_POSTGRES_BIN";

    private static readonly string[] Needed = ["initdb", "postgres", "psql"];

    /// <summary>The folder that has all programs; null when there is none.</summary>
    /// <param name="wanted">The value of <see cref="Variable"/>. When set, no other folder is looked at.</param>
    /// <param name="path">The value of <c>PATH</c>.</param>
    /// <param name="packages">Where Debian's packages put each version: <c>/usr/lib/postgresql</c>.</param>
    public static string? Find(string? wanted, string? path, string packages)
    {
        if (!string.IsNullOrEmpty(wanted))
        {
            return IsWhole(wanted) ? wanted : null;
        }

        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Concat(Versions(packages)).FirstOrDefault(IsWhole);
    }

    /// <summary>By number, since 9.6 and 15 are no texts to be compared.</summary>
    private static IEnumerable<string> Versions(string packages) =>
        Directory.Exists(packages)
            ? Directory.GetDirectories(packages)
                .Select(folder => (folder, version: decimal.TryParse(Path.GetFileName(folder), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : -1))
                .OrderByDescending(one => one.version)
                .Select(one => Path.Combine(one.folder, "bin"))
            : [];

    private static bool IsWhole(string folder) => Path.IsPathRooted(folder) && Needed.All(name => File.Exists(Path.Combine(folder, name)));
}
