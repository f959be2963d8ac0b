namespace Shop.Tests.Support;

internal static class Repository
{
    public static string Root => RepositoryFolder.Root;

    /// <summary>debug or release, as the tests themselves were built.</summary>
    public static string Configuration { get; } = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
}
