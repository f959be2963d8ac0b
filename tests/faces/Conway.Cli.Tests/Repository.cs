namespace Conway.Cli.Tests;

/// <summary>The folder of the repository, and what was built in it.</summary>
internal static class Repository
{
    public static string Root => RepositoryFolder.Root;

    /// <summary>The built <c>conway</c>: beside these tests, since they reference its project.</summary>
    public static string Conway { get; } = Path.Combine(AppContext.BaseDirectory, "conway");

    public static string Page(string name) => File.ReadAllText(Path.Combine(Root, "docs", "reference", name));
}
