using Conway.Model;

namespace Conway.Checks.History;

/// <summary>Where the sources of services lie.</summary>
internal static class ServiceFolders
{
    /// <summary>For each service its folder with a final <c>/</c>, relative to the system's. Services whose folder is that of the whole system, or of
    /// another service, are left out: nothing can be told apart there.</summary>
    public static IReadOnlyDictionary<string, string> Of(SystemModel model)
    {
        var folders = model.Services.Select(s => (s.Key, Folder: FolderOf(s.Value))).Where(s => s.Folder.Length > 0).ToArray();
        return folders.Where(s => folders.Count(o => o.Folder == s.Folder) == 1).ToDictionary(s => s.Key, s => s.Folder, StringComparer.Ordinal);
    }

    /// <summary>The service in whose folder a file lies, the innermost one; null for a file in none.</summary>
    public static string? ServiceOf(IReadOnlyDictionary<string, string> folders, string path)
    {
        string? service = null;
        var longest = 0;
        foreach (var (name, folder) in folders)
        {
            if (folder.Length > longest && path.StartsWith(folder, StringComparison.Ordinal))
            {
                (service, longest) = (name, folder.Length);
            }
        }

        return service;
    }

    private static string FolderOf(Service service)
    {
        var path = (service.Project ?? service.Directory ?? "").Replace('\\', '/').TrimEnd('/');
        while (path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[2..];
        }

        // src/Orders/Orders.csproj
        if (service.Project is not null && path.EndsWith("proj", StringComparison.Ordinal))
        {
            var slash = path.LastIndexOf('/');
            path = slash < 0 ? "" : path[..slash];
        }

        return path is "" or "." || path.StartsWith("../", StringComparison.Ordinal) ? "" : path + "/";
    }
}
