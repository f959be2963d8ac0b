using Conway.Node;

namespace Conway.Cli;

/// <summary>Where the model of a system is.</summary>
/// <param name="Folder">Absolute; the system's folder.</param>
/// <param name="File">Name of the root file in it.</param>
public sealed record ModelLocation(string Folder, string File)
{
    public const string DefaultFile = "conway.yaml";

    /// <summary>Which of several runs on the same folder is meant; null for the one without a name.</summary>
    public string? Isolated { get; init; }

    /// <summary>Where Conway keeps what it writes about the system.</summary>
    public string StateFolder => NodeOptions.StateFolderOf(Folder, isolated: null);

    /// <summary>Where the run that is meant keeps what it writes; the same unless it is isolated.</summary>
    public string RunFolder => NodeOptions.StateFolderOf(Folder, Isolated);

    /// <summary>Finds the model: at <paramref name="path"/>, or from the current folder upward.</summary>
    /// <returns>Null when there is none; <paramref name="problem"/> says why in a sentence.</returns>
    public static ModelLocation? Find(string? path, string currentFolder, out string problem)
    {
        problem = "";
        if (path is null)
        {
            for (var folder = currentFolder; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (IsFile(Path.Combine(folder, DefaultFile)))
                {
                    return new ModelLocation(folder, DefaultFile);
                }
            }

            problem = $"there is no {DefaultFile} in this folder or above it. 'conway init' writes one.";
            return null;
        }

        var full = Path.GetFullPath(path, currentFolder);
        if (IsFile(full))
        {
            return new ModelLocation(Path.GetDirectoryName(full)!, Path.GetFileName(full));
        }

        if (!Directory.Exists(full))
        {
            problem = $"there is no file or folder '{path}'.";
            return null;
        }

        if (IsFile(Path.Combine(full, DefaultFile)))
        {
            return new ModelLocation(Path.TrimEndingDirectorySeparator(full), DefaultFile);
        }

        problem = $"there is no {DefaultFile} in '{path}'. 'conway init {path}' writes one.";
        return null;
    }

    private static bool IsFile(string path) => System.IO.File.Exists(path);
}
