using System.Text;

namespace Conway.Cli;

/// <summary>The files of a decomposition: each written whole or not at all, and only over what an earlier decomposition wrote.</summary>
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

    private const int HeadBytes = 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The name of a file in the folder that decompose did not write; null when all may be written.</summary>
    public static string? Foreign(string folder) => Marks.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => IsForeign(Path.Combine(folder, name), Marks[name]));

    /// <summary>Writes all of them: beside first, then each takes its place.</summary>
    /// <exception cref="IOException">The disk refused; what was there before is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, string> texts)
    {
        Directory.CreateDirectory(folder);
        var beside = texts.Keys.Order(StringComparer.Ordinal).Select(name => (Name: name, Beside: Path.Combine(folder, $".{name}.{Environment.ProcessId}.new"))).ToArray();
        try
        {
            foreach (var (name, file) in beside)
            {
                File.WriteAllText(file, texts[name], Utf8);
            }

            foreach (var (name, file) in beside)
            {
                File.Move(file, Path.Combine(folder, name), overwrite: true);
            }
        }
        finally
        {
            foreach (var (_, file) in beside)
            {
                Remove(file);
            }
        }
    }

    /// <summary>Makes the file of constraints if there is none: never over another, whoever made it in the meantime.</summary>
    public static void WriteConstraints(CutConstraints constraints)
    {
        var beside = $"{constraints.Path}.{Environment.ProcessId}.new";
        try
        {
            File.WriteAllText(beside, CutConstraints.Examples, Utf8);
            File.Move(beside, constraints.Path, overwrite: false);
        }
        catch (IOException) when (File.Exists(constraints.Path))
        {
            // Somebody else was quicker; theirs stays.
        }
        finally
        {
            Remove(beside);
        }
    }

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
            WriteConstraints(constraints);
        }
    }

    /// <summary>As a person in the current folder would write it.</summary>
    public static string Shown(string path, string currentFolder)
    {
        var relative = Path.GetRelativePath(currentFolder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }

    private static bool IsForeign(string path, string mark)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[HeadBytes];
        var count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return count > 0 && !Encoding.UTF8.GetString(head, 0, count).Contains(mark, StringComparison.Ordinal);
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The fault that led here is told; a file beside that cannot even be removed adds nothing to it.
        }
    }
}
