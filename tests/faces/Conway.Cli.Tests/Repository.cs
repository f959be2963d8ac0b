namespace Conway.Cli.Tests;

/// <summary>The folder of the repository, and what was built in it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The built <c>conway</c>: beside these tests, since they reference its project.</summary>
    public static string Conway { get; } = Path.Combine(AppContext.BaseDirectory, "conway");

    public static string Page(string name) => File.ReadAllText(Path.Combine(Root, "docs", "reference", name));

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Conway.slnx")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"Conway.slnx is nowhere above {AppContext.BaseDirectory}.");
    }
}
