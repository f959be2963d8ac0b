using System.Security.Cryptography;

namespace Conway.Node;

/// <summary>What passwords at the run's PostgreSQL server follow from: <c>.conway/postgresql/secret</c>, readable by its owner only.</summary>
/// <remarks>It lies beside the data, so that both are kept or deleted together: the server knows its superuser by it.</remarks>
internal static class PostgresSecret
{
    /// <param name="keep">Whether one that is made now is to be the same next time.</param>
    /// <exception cref="IOException">It could not be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static string Of(string stateFolder, bool keep)
    {
        var folder = RunDatabases.FolderOf(stateFolder);
        var file = Path.Combine(folder, "secret");
        if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } there)
        {
            return there;
        }

        var made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        if (keep)
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(file, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(made + "\n")), isPrivate: true);
        }

        return made;
    }
}
