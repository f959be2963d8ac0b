using System.Text;
using Conway.Artifacts;

namespace Conway.Cli;

/// <summary>A file that is generated, beside what is on disk.</summary>
/// <param name="Path">In the tree.</param>
/// <param name="State">How the two compare.</param>
/// <param name="Present">The text on disk; null for none.</param>
/// <param name="Wanted">The text that belongs there; null for none.</param>
/// <param name="Lost">Regions whose content has no place any more.</param>
internal sealed record ArtifactChange(string Path, ArtifactState State, string? Present, string? Wanted, IReadOnlyList<string> Lost);

/// <summary>A folder that is generated into.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="Root">Absolute: where files lie that others look for at the root of the repository.</param>
internal sealed record ArtifactFolder(string Folder, string Root)
{
    private const int BytesMax = 64 << 20;
    private const int HeadChars = 512;

    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>What would change, by path.</summary>
    /// <param name="files">All of the targets.</param>
    /// <param name="targets">Names of the targets; each is a folder in which files that are no longer needed are looked for.</param>
    /// <param name="environment">Name of the environment; null for none.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public IReadOnlyList<ArtifactChange> Compare(IReadOnlyList<ArtifactFile> files, IEnumerable<string> targets, string? environment)
    {
        var wanted = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return [.. files.Select(file => Compare(file, environment)).Concat(targets.SelectMany(target => Old(target, environment)).Where(path => !wanted.Contains(path)).Select(Gone)).OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    /// <summary>Writes what is new or stale, and removes what is gone.</summary>
    public void Apply(IReadOnlyList<ArtifactChange> changes)
    {
        foreach (var group in changes.Where(change => change.Wanted is not null && change.State != ArtifactState.Same).GroupBy(change => Path.GetDirectoryName(Full(change.Path))!))
        {
            GeneratedFiles.Write(group.Key, group.ToDictionary(change => Path.GetFileName(change.Path), change => change.Wanted!, StringComparer.Ordinal));
        }

        foreach (var change in changes.Where(change => change.State == ArtifactState.Gone))
        {
            File.Delete(Full(change.Path));
            for (var folder = Path.GetDirectoryName(Full(change.Path))!; folder.Length > Folder.Length && folder.StartsWith(Folder, StringComparison.Ordinal) && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
            }
        }
    }

    public string Full(string path) => Path.Combine(RepositoryPlace.Holds(path) ? Root : Folder, path);

    /// <summary>Every file below a folder that generate made, absolute, by name.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static IEnumerable<string> Generated(string folder) =>
        Directory.EnumerateFiles(folder, "*", Below).Where(file => HeadOf(file) is not null).Order(StringComparer.Ordinal);

    private ArtifactChange Compare(ArtifactFile file, string? environment)
    {
        if (Directory.Exists(Full(file.Path)))
        {
            throw new IOException($"'{file.Path}' is a folder");
        }

        if (!File.Exists(Full(file.Path)))
        {
            return new(file.Path, ArtifactState.New, null, WrittenFile.Of(file, environment, null).Text, []);
        }

        var present = Read(Full(file.Path));
        if (present is null || FileHead.Of(present) is null)
        {
            // An empty file is nobody's.
            return new(file.Path, present?.Length == 0 ? ArtifactState.Stale : ArtifactState.Foreign, present, WrittenFile.Of(file, environment, null).Text, []);
        }

        var written = WrittenFile.Of(file, environment, present);
        var state = written.Text == present ? ArtifactState.Same
            : written.Lost.Count > 0 || !FileHead.IsUnedited(present) ? ArtifactState.Edited
            : ArtifactState.Stale;
        return new(file.Path, state, present, written.Text, written.Lost);
    }

    // The root of the repository holds files of other environments, too.
    private IEnumerable<string> Old(string target, string? environment) => Old(Folder, target, _ => true)
        .Concat(target == RepositoryPlace.Target ? Old(Root, RepositoryPlace.Workflows, head => head.Environment == environment) : []).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Old(string root, string folder, Func<FileHead, bool> isMeant) =>
        !Directory.Exists(Path.Combine(root, folder)) ? []
        : Directory.EnumerateFiles(Path.Combine(root, folder), "*", Below).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(path => HeadOf(Path.Combine(root, path)) is { } head && head.Path == path && isMeant(head));

    private ArtifactChange Gone(string path)
    {
        var present = Read(Full(path));
        return new(path, present is not null && FileHead.IsUnedited(present) && !WrittenFile.HasKept(present) ? ArtifactState.Gone : ArtifactState.GoneEdited, present, null, []);
    }

    private static FileHead? HeadOf(string file)
    {
        if (IsWithoutLength(file))
        {
            return null;
        }

        using var reader = new StreamReader(file, Encoding.UTF8);
        var head = new char[HeadChars];
        return FileHead.Of(new string(head, 0, reader.ReadBlock(head)));
    }

    /// <summary>Null when it is too large to be one of ours.</summary>
    public static string? Read(string file) => IsWithoutLength(file) ? "" : new FileInfo(file).Length > BytesMax ? null : File.ReadAllText(file, Encoding.UTF8);

    // What has no length may be a pipe, which would block until somebody writes into it.
    private static bool IsWithoutLength(string file) => new FileInfo(file).Length == 0;
}
