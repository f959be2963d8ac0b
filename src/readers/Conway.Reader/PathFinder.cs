using Conway.Findings;

namespace Conway.Reader;

/// <summary>The folder of a system and the first file of its model.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="File">Relative to the folder.</param>
public sealed record SystemPlace(string Folder, string File)
{
    /// <summary>The files below the folder.</summary>
    public DiskFileTree Tree() => new(Folder);
}

/// <summary>Finds the model that a person means.</summary>
public static class PathFinder
{
    /// <summary>The name of the first file of a model.</summary>
    public const string FileName = "conway.yaml";

    /// <summary>The model at a path (a folder or a file), or, without a path, in the current folder or the nearest one above it.</summary>
    /// <param name="path">What was typed; null for nothing.</param>
    /// <param name="currentFolder">Absolute.</param>
    /// <returns>The place, or the finding that says why there is none.</returns>
    public static (SystemPlace? Place, Finding? Finding) Find(string? path, string currentFolder)
    {
        if (!string.IsNullOrEmpty(path))
        {
            var full = Path.GetFullPath(path, currentFolder);
            if (File.Exists(full))
            {
                return (new SystemPlace(Path.GetDirectoryName(full)!, Path.GetFileName(full)), null);
            }

            if (!Directory.Exists(full))
            {
                return (null, Missing($"There is no '{path}'.", "Give a folder with a conway.yaml, or the file itself."));
            }

            return In(full) is { } found
                ? (found, null)
                : (null, Missing($"There is no {FileName} in '{path}'.", $"Run 'conway init {path}' to write one, or give another folder."));
        }

        for (var folder = currentFolder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (In(folder) is { } found)
            {
                return (found, null);
            }
        }

        return (null, Missing($"There is no {FileName} in this folder or above it.", "Run 'conway init' to write one, or give the path of a system."));
    }

    private static SystemPlace? In(string folder) =>
        File.Exists(Path.Combine(folder, FileName)) ? new SystemPlace(folder, FileName)
        : File.Exists(Path.Combine(folder, "conway.yml")) ? new SystemPlace(folder, "conway.yml")
        : null;

    private static Finding Missing(string message, string mend) => new() { Rule = ReaderFindings.FileMissing, Message = message, Mend = mend };
}
