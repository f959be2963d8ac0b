namespace Conway.Lot;

internal static class Repository
{
    /// <summary>The folder that holds <c>Conway.slnx</c>.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Conway.slnx")) ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run from the repository's own artifacts folder."));
}
