using System.Xml;
using System.Xml.Linq;

namespace Conway.Builds;

/// <summary>What can be read off a .NET project file without building it.</summary>
public static class ProjectFile
{
    /// <summary>The project file that a model's <c>project:</c> means: the file itself, or the only one in the folder.</summary>
    /// <returns>Absolute path; null when there is none, or more than one.</returns>
    public static string? Find(string folder, string project)
    {
        var path = Path.GetFullPath(Path.Combine(folder, project));
        if (File.Exists(path))
        {
            return path.EndsWith("proj", StringComparison.Ordinal) ? path : null;
        }

        if (!Directory.Exists(path))
        {
            return null;
        }

        var files = Directory.GetFiles(path, "*.*proj");
        return files.Length == 1 ? files[0] : null;
    }

    /// <summary>This project and every project it references, directly or not. Files that cannot be read are left out; the build will say why.</summary>
    public static IReadOnlyList<string> Closure(string project)
    {
        var seen = new List<string>();
        var open = new Queue<string>([Path.GetFullPath(project)]);
        while (open.TryDequeue(out var next))
        {
            if (!seen.Contains(next))
            {
                seen.Add(next);
                foreach (var reference in References(next))
                {
                    open.Enqueue(reference);
                }
            }
        }

        return seen;
    }

    /// <summary>Whether the project, or one it references, has a reference to this package or project.</summary>
    public static bool Uses(string project, string library) => Closure(project).Any(file =>
        Path.GetFileNameWithoutExtension(file) == library || Elements(file, "PackageReference").Any(e => (string?)e.Attribute("Include") == library));

    /// <summary>Whether the project names files outside its own folder, or such that only MSBuild can tell where they are.</summary>
    internal static bool ReadsElsewhere(string project) => Elements(project, null)
        .Where(e => e.Name.LocalName is not ("ProjectReference" or "PackageReference" or "FrameworkReference"))
        .SelectMany(e => new[] { (string?)e.Attribute("Include"), (string?)e.Attribute("Project") })
        .Any(path => path is not null && (path.Contains("..", StringComparison.Ordinal) || path.Contains("$(", StringComparison.Ordinal) || Path.IsPathRooted(path)));

    private static IReadOnlyList<XElement> Elements(string project, string? name)
    {
        try
        {
            return [.. XDocument.Load(project).Descendants().Where(e => name is null || e.Name.LocalName == name)];
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<string> References(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        return Elements(project, "ProjectReference")
            .Select(e => (string?)e.Attribute("Include"))
            .Where(include => include is not null && !include.Contains("$(", StringComparison.Ordinal))
            .Select(include => Path.GetFullPath(Path.Combine(folder, include!.Replace('\\', '/'))))
            .Where(File.Exists);
    }
}
