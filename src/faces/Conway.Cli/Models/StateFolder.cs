namespace Conway.Cli;

/// <summary><c>.conway/</c>: everything in it can be thrown away, so it ignores itself in git.</summary>
internal static class StateFolder
{
    /// <summary>Makes it, and the folder of the run that is meant.</summary>
    public static void Create(ModelLocation location)
    {
        CreateWhole(location);
        Directory.CreateDirectory(location.RunFolder);
    }

    private static void CreateWhole(ModelLocation location)
    {
        if (Directory.Exists(location.StateFolder))
        {
            return;
        }

        Directory.CreateDirectory(location.StateFolder);
        File.WriteAllText(Path.Combine(location.StateFolder, ".gitignore"), "*\n");
    }
}
