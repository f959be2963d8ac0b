namespace Conway.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class RepositoryFolder
{
    /// <summary>The folder that holds <c>Conway.slnx</c>.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "Conway.slnx")) ? folder
        : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"Conway.slnx is nowhere above {AppContext.BaseDirectory}."));
}
