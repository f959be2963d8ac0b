using System.Text;

namespace Conway.Artifacts;

/// <summary>A generated file as it goes to disk, with what was kept by hand in its regions.</summary>
/// <param name="Path">In the tree.</param>
/// <param name="Text">All of it.</param>
/// <param name="Origins">Of each line; null for a line that was written by hand in a region.</param>
/// <param name="Lost">Names of regions on disk with something in them that the file has no longer: their content would be lost.</param>
public sealed record WrittenFile(string Path, string Text, IReadOnlyList<Origin?> Origins, IReadOnlyList<string> Lost)
{
    /// <summary>The file with the head it begins with and what stands in the regions of the text that is there.</summary>
    /// <param name="file">As generated.</param>
    /// <param name="environment">Name of the environment; null for none.</param>
    /// <param name="present">The text on disk; null when there is none, or it is not Conway's.</param>
    public static WrittenFile Of(ArtifactFile file, string? environment, string? present)
    {
        var kept = present is null ? [] : Keep.In(present.Split('\n'));
        var text = new StringBuilder(FileHead.Line(file.Path, environment, file.Lines.Select(line => line.Text).Append(""))).Append('\n');
        var origins = new List<Origin?> { new("", ArtifactRules.Head) };
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in file.Lines)
        {
            text.Append(line.Text).Append('\n');
            origins.Add(line.Origin);
            if (Keep.Opened(line.Text) is { } name && used.Add(name) && kept.TryGetValue(name, out var lines))
            {
                foreach (var own in lines)
                {
                    text.Append(own).Append('\n');
                    origins.Add(null);
                }
            }
        }

        return new WrittenFile(file.Path, text.ToString(), origins, [.. kept.Where(region => region.Value.Any(line => line.Trim().Length > 0) && !used.Contains(region.Key)).Select(region => region.Key).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Whether something stands in a region of a text.</summary>
    public static bool HasKept(string text) => Keep.In(text.Split('\n')).Values.Any(lines => lines.Any(line => line.Trim().Length > 0));

    /// <summary>The name of the region that a line opens; null when it opens none.</summary>
    public static string? OpenedRegion(string line) => Keep.Opened(line);

    /// <summary>Whether a line ends a region.</summary>
    public static bool ClosesRegion(string line) => Keep.Closes(line);
}
