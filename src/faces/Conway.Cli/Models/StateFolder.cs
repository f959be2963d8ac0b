namespace Conway.Cli;

/// <summary><c>.conway/</c>: everything in it can be thrown away, so it ignores itself in git.</summary>
internal static class StateFolder
{
    public static void Create(ModelLocation location)
    {
        if (Directory.Exists(location.StateFolder))
        {
            return;
        }

        Directory.CreateDirectory(location.StateFolder);
        File.WriteAllText(Path.Combine(location.StateFolder, ".gitignore"), "*\n");
    }
}
