namespace Conway.Cli;

/// <summary>The repository that a system stands in.</summary>
internal static class RepositoryRoot
{
    /// <summary>The root of the repository around a folder; null outside of any.</summary>
    public static string? Of(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            // A worktree and a submodule have a file of this name.
            if (Path.Exists(Path.Combine(at, ".git")))
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>From the root of the repository to a folder in it, <c>services/shop/</c>; empty for the root itself and outside of any repository.</summary>
    public static string WayFrom(string folder)
    {
        var way = Path.GetRelativePath(Of(folder) ?? folder, folder).Replace('\\', '/');
        return way == "." ? "" : way + "/";
    }
}
