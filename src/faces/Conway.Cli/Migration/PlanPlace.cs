using Conway.Migration.Pieces;
using Conway.Migration.Plans;

namespace Conway.Cli;

/// <summary>Where a plan is kept: one file, or a folder with the plan, its page and its pieces.</summary>
/// <param name="Plan">The plan's file, absolute.</param>
/// <param name="Folder">The folder for everything; null when only the file is kept.</param>
/// <param name="Shown">As it was named.</param>
internal sealed record PlanPlace(string Plan, string? Folder, string Shown)
{
    /// <summary>What the first lines of its files hold, whoever wrote them.</summary>
    private const string Mark = "conway migrate";

    /// <summary>A name that ends in .yaml or .yml is the plan's file; anything else a folder.</summary>
    public static PlanPlace Of(string path, string shown) =>
        Path.GetExtension(path) is ".yaml" or ".yml" && !Directory.Exists(path) ? new(path, null, shown) : new(Path.Combine(path, PlanFile.Name), path, shown);

    /// <summary>What is written, in order.</summary>
    public IReadOnlyList<string> Written => Folder is null ? [Plan] : [Plan, Path.Combine(Folder, PlanMarkdown.Name)];

    /// <summary>A file that is in the way and not migrate's; null when there is none.</summary>
    public string? Foreign() => Written.FirstOrDefault(f => Directory.Exists(f) || GeneratedFiles.IsForeign(f, Mark));

    /// <summary>Writes the plan, and in a folder its page and its pieces: each whole or not at all.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Write(MigrationPlan plan, IReadOnlyList<Piece> pieces)
    {
        var folder = Path.GetDirectoryName(Plan)!;
        GeneratedFiles.Write(folder, new Dictionary<string, string> { [Path.GetFileName(Plan)] = PlanFile.Write(plan) });
        if (Folder is not null)
        {
            GeneratedFiles.Write(Folder, new Dictionary<string, string> { [PlanMarkdown.Name] = $"<!-- written by conway migrate plan from {PlanFile.Name}; written anew by the next run -->\n{PlanMarkdown.Of(plan)}" });
            foreach (var folderOf in pieces.GroupBy(p => Path.GetDirectoryName(p.Path)!))
            {
                GeneratedFiles.Write(Path.Combine(Folder, folderOf.Key), folderOf.ToDictionary(p => Path.GetFileName(p.Path), p => p.Text));
            }
        }
    }

    /// <summary>Pieces that people have edited, or that somebody else wrote, by their paths in the folder.</summary>
    public IReadOnlyList<string> Edited(IReadOnlyList<Piece> pieces) =>
        Folder is null ? [] : [.. pieces.Select(p => p.Path).Where(p => Path.Combine(Folder, p) is var file && (Directory.Exists(file) || (File.Exists(file) && !PlanPieces.IsUntouched(File.ReadAllText(file)))))];
}
