using System.IO.Enumeration;

namespace Conway.Reader;

/// <summary>Paths inside a file tree, as text.</summary>
public static class TreePath
{
    /// <summary>Folders that no glob looks into: they hold what tools made, in great numbers.</summary>
    public static bool IsSkipped(string folder) => folder is "bin" or "obj" or "node_modules" || (folder.Length > 0 && folder[0] == '.');

    /// <summary>The path without <c>.</c> and <c>..</c>; null when it is absolute or leaves the tree. The tree itself is the empty text.</summary>
    public static string? Normalise(string path)
    {
        if (path.StartsWith('/') || path.Contains('\0') || (path.Length > 1 && path[1] == ':') || path.StartsWith('~'))
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count == 0)
            {
                return null;
            }
            else
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>The folder of a file; empty for the tree itself.</summary>
    public static string FolderOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash];
    }

    public static string Join(string folder, string path) => folder.Length == 0 ? path : folder + "/" + path;

    public static bool IsGlob(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>Whether a whole path matches a glob. At most the product of both lengths in steps.</summary>
    public static bool Matches(string glob, string path) => Matches(glob.Split('/'), path.Split('/'));

    private static bool Matches(ReadOnlySpan<string> glob, ReadOnlySpan<string> path)
    {
        // After a ** everything before it is settled, so only the last one ever has to take another folder.
        int g = 0, p = 0, starGlob = -1, starPath = 0;
        while (p < path.Length)
        {
            if (g < glob.Length && glob[g] == "**" && g < glob.Length - 1)
            {
                (starGlob, starPath) = (g++, p);
            }
            else if (g < glob.Length && (glob[g] == "**" || MatchesName(glob[g], path[p])))
            {
                p = glob[g] == "**" ? path.Length : p + 1;
                g++;
            }
            else if (starGlob >= 0)
            {
                (g, p) = (starGlob + 1, ++starPath);
            }
            else
            {
                return false;
            }
        }

        return g == glob.Length;
    }

    // A backslash would take the meaning from the sign after it. Here it is a sign like any other, and so stands as the one sign that no name has.
    private static bool MatchesName(string glob, string name) => FileSystemName.MatchesSimpleExpression(glob.Replace('\\', '/'), name.Replace('\\', '/'), ignoreCase: false);
}
