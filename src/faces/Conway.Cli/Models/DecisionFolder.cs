using System.Text;
using Conway.Decisions;
using Conway.Findings;
using Conway.Reader;

namespace Conway.Cli;

/// <summary>The folder of decision records beside a model.</summary>
/// <param name="Path">Absolute. May not be there yet.</param>
/// <param name="Shown">As it is seen from the model's folder.</param>
internal sealed record DecisionFolder(string Path, string Shown)
{
    // Where teams keep them; the first is where a new one goes.
    private static readonly string[] Usual = ["decisions", "docs/decisions", "docs/adr", "doc/adr", "adr"];

    private const int FilesMax = 5000;
    private const long BytesMax = 1 << 20;

    public static DecisionFolder Of(ModelLocation location)
    {
        var shown = Usual.FirstOrDefault(one => Directory.Exists(System.IO.Path.Combine(location.Folder, one))) ?? Usual[0];
        return new DecisionFolder(System.IO.Path.Combine(location.Folder, shown), shown);
    }

    /// <summary>All that can be read; what cannot, or is larger than a megabyte, is no decision.</summary>
    public DecisionLog Read()
    {
        if (!Directory.Exists(Path))
        {
            return DecisionLog.Empty;
        }

        var files = new DirectoryInfo(Path).EnumerateFiles("*.md", new EnumerationOptions { IgnoreInaccessible = true })
            .Where(file => DecisionReader.IsDecision(file.Name)).OrderBy(file => file.Name, StringComparer.Ordinal).Take(FilesMax);
        return DecisionLog.Read(files.Select(file => (File: $"{Shown}/{file.Name}", Text: TextOf(file))).Where(one => one.Text is not null).Select(one => (one.File, one.Text!)));
    }

    /// <summary>What is wrong with the decisions of a model.</summary>
    public static IEnumerable<Finding> Judge(ModelLocation location, ReadResult read)
    {
        var log = Of(location).Read();
        return log.Decisions.Count == 0 ? [] : log.Findings.Concat(log.Judge(path => IsDeclared(read, path)));
    }

    /// <summary>Whether a path was written in the model.</summary>
    public static bool IsDeclared(ReadResult read, string path) => read.Map.IsWritten(path);

    private static string? TextOf(FileInfo file)
    {
        try
        {
            // Never a pipe or a device under that name.
            return file.Length > BytesMax || (file.Attributes & FileAttributes.Device) != 0 || file.UnixFileMode == UnixFileMode.None ? null : File.ReadAllText(file.FullName, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
