using System.Text;
using System.Text.RegularExpressions;

namespace Conway.Reader;

/// <summary>Paths inside a file tree, as text.</summary>
internal static class TreePath
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

    /// <summary>A test for whole paths. Linear in the length of the path.</summary>
    public static Func<string, bool> Matcher(string glob)
    {
        var text = new StringBuilder("^");
        for (var i = 0; i < glob.Length; i++)
        {
            if (glob[i] == '*' && i + 1 < glob.Length && glob[i + 1] == '*')
            {
                i++;
                var wholeFolder = i + 1 < glob.Length && glob[i + 1] == '/';
                i += wholeFolder ? 1 : 0;
                text.Append(wholeFolder ? "(.*/)?" : ".*");
            }
            else
            {
                text.Append(glob[i] switch { '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
            }
        }

        var expression = new Regex(text.Append(@"\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);
        return expression.IsMatch;
    }
}
