using System.IO.Enumeration;

namespace Conway.CodeFacts.Files;

/// <summary>Paths within a tree: relative, with <c>/</c>, without <c>.</c> and <c>..</c>.</summary>
internal static class SourcePath
{
    /// <summary>As much of a file that is too large is looked at.</summary>
    public const int HeadBytes = 4096;

    private static readonly HashSet<string> SkippedFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "bin", "obj", "node_modules", "bower_components", "TestResults", "__pycache__",
    };

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".cs", ".csproj", ".vbproj", ".fsproj", ".projitems", ".sln", ".slnx", ".props", ".targets", ".proto",
        ".cshtml", ".razor", ".aspx", ".ascx", ".asmx", ".svc", ".edmx", ".dbml",
    };

    /// <summary>Whether a folder of this name holds nothing that people wrote.</summary>
    public static bool IsSkipped(string folder) => folder.StartsWith('.') || SkippedFolders.Contains(folder);

    /// <summary>Whether a file of this name can say something about the code.</summary>
    public static bool IsOfInterest(string name) =>
        Extensions.Contains(Path.GetExtension(name)) || name.EndsWith(".hbm.xml", StringComparison.OrdinalIgnoreCase);

    public static string FolderOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash];
    }

    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    public static string Join(string folder, string name) => folder.Length == 0 ? name : folder + "/" + name;

    /// <summary>Whether a path lies in a folder or below it.</summary>
    public static bool IsIn(string path, string folder) =>
        folder.Length == 0 || (path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>A path as project files write it, seen from a folder; null when it leaves the tree or is absolute.</summary>
    public static string? Resolve(string folder, string written)
    {
        var text = written.Trim().Replace('\\', '/');
        if (text.StartsWith('/') || (text.Length > 1 && text[1] == ':'))
        {
            return null;
        }

        var parts = folder.Length == 0 ? [] : folder.Split('/').ToList();
        foreach (var part in text.Split('/'))
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

    /// <summary>Whether a path matches a glob of a project file: <c>*</c> and <c>?</c> within a name, <c>**</c> over folders; case does not matter.</summary>
    public static bool Matches(string glob, string path) => Matches(glob.Split('/'), path.Split('/'));

    private static bool Matches(ReadOnlySpan<string> glob, ReadOnlySpan<string> path)
    {
        // After a ** everything before it is settled, so only the last one ever has to take another folder.
        int g = 0, p = 0, starGlob = -1, starPath = 0;
        while (p < path.Length)
        {
            if (g < glob.Length && glob[g] == "**")
            {
                (starGlob, starPath) = (g++, p);
            }
            else if (g < glob.Length && MatchesName(glob[g], path[p]))
            {
                (g, p) = (g + 1, p + 1);
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

        return g == glob.Length || (g == glob.Length - 1 && glob[g] == "**");
    }

    // A backslash would take the meaning from the sign after it. Here it is a sign like any other, and so stands as the one sign that no name has.
    private static bool MatchesName(string glob, string name) => FileSystemName.MatchesSimpleExpression(glob.Replace('\\', '/'), name.Replace('\\', '/'), ignoreCase: true);
}
