using Conway.Findings;
using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader.Binding;

/// <summary>Looks whether there is something at a path that the model names.</summary>
internal static class PathRule
{
    public static Problem? Problem(IFileTree tree, PropertyShape property, ScalarNode scalar, string subject)
    {
        if (property.Exists is not { } exists || scalar.Text.Contains("${", StringComparison.Ordinal))
        {
            return null;
        }

        return tree.KindOf(scalar.Text) switch
        {
            FileKind.Outside => new Problem(ReaderFindings.PathOutside, $"{subject} is '{scalar.Shown}', which leaves the system's folder.", "Name a path below the folder of the first file, or move that file up."),
            FileKind.Nothing => Missing(tree, scalar, subject, exists.Needed),
            _ => null,
        };
    }

    private static Problem Missing(IFileTree tree, ScalarNode scalar, string subject, bool isNeeded)
    {
        var mend = scalar.Text.Contains('\\', StringComparison.Ordinal) ? $"Write '{scalar.Shown.Replace('\\', '/')}'."
            : Near(tree, scalar.Text) is { } near ? $"Write '{near}'."
            : "Mend the path; it is relative to the folder of the first file.";
        return new Problem(ReaderFindings.PathMissing, $"{subject} is '{scalar.Shown}', and nothing is there.", mend) { Weight = isNeeded ? null : Severity.Warning };
    }

    /// <summary>Something beside it, or a project anywhere, whose name is close.</summary>
    private static string? Near(IFileTree tree, string path)
    {
        var clean = TreePath.Normalise(path) ?? path;
        var folder = TreePath.FolderOf(clean);
        var projects = tree.Glob("**/*.csproj").SelectMany(p => new[] { p, TreePath.FolderOf(p) });
        return DidYouMean.Closest(clean, tree.Glob(TreePath.Join(folder, "*")).Concat(tree.Glob(TreePath.Join(folder, "*/*")).Select(TreePath.FolderOf)).Concat(projects).Where(p => p.Length > 0).Distinct());
    }
}
