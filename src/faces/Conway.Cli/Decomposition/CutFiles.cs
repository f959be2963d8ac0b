namespace Conway.Cli;

/// <summary>The files of a decomposition.</summary>
internal static class CutFiles
{
    public const string Page = "report.html";
    public const string Document = "proposal.json";
    public const string Model = ModelLocation.DefaultFile;

    // What each of them has near its beginning, whoever made it. See CutModel, CutPage and CutJson.
    private static readonly Dictionary<string, string> Marks = new()
    {
        [Page] = "<meta name=\"generator\" content=\"conway decompose\">",
        [Document] = "\"format\": \"conway.decomposition/",
        [Model] = CutModel.Mark,
    };

    /// <summary>The name of a file in the folder that decompose did not write; null when all may be written.</summary>
    public static string? Foreign(string folder) => Marks.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => GeneratedFiles.IsForeign(Path.Combine(folder, name), Marks[name]));

    /// <summary>Makes the folder of the constraints, and the file with examples if there is none.</summary>
    /// <param name="folder">The folder that is read; what lies in its state folder keeps itself out of git.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Prepare(string folder, CutConstraints constraints)
    {
        var location = new ModelLocation(folder, ModelLocation.DefaultFile);
        if (constraints.Path.StartsWith(location.StateFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            StateFolder.Create(location);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(constraints.Path)!);
        if (constraints.IsMissing)
        {
            GeneratedFiles.WriteNew(constraints.Path, CutConstraints.Examples);
        }
    }
}
