namespace Conway.Decomposition.Tests;

/// <summary>The folder of the repository, for tests that read its documents.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

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
