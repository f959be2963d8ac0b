using System.Text;
using Conway.Decisions;
using Conway.Findings;
using Conway.Reader;

namespace Conway.Cli;

/// <summary>The folder of decision records beside a model.</summary>
internal sealed class DecisionFolder
{
    // Where teams keep them; the first is where a new one goes.
    private static readonly string[] Usual = ["decisions", "docs/decisions", "docs/adr", "doc/adr", "adr"];

    private const int FilesMax = 5000;
    private const int BytesMax = 1 << 20;

    private readonly DiskFileTree _tree;

    /// <param name="location">Of the model.</param>
    public DecisionFolder(ModelLocation location)
    {
        _tree = new DiskFileTree(location.Folder);
        Shown = Usual.FirstOrDefault(one => _tree.KindOf(one) == FileKind.Folder) ?? Usual[0];
        Path = System.IO.Path.Combine(location.Folder, Shown);
    }

    /// <summary>Absolute. May not be there yet.</summary>
    public string Path { get; }

    /// <summary>As it is seen from the model's folder.</summary>
    public string Shown { get; }

    /// <summary>All that can be read; what cannot, leaves the system's folder, or is larger than a megabyte, is no decision.</summary>
    public DecisionLog Read()
    {
        var files = _tree.Glob($"{Shown}/*.md").Where(file => DecisionReader.IsDecision(file[(file.LastIndexOf('/') + 1)..])).Take(FilesMax);
        return DecisionLog.Read(files.Select(file => (File: file, Read: _tree.Read(file, BytesMax))).Where(one => one.Read.State == FileState.Read).Select(one => (one.File, Encoding.UTF8.GetString(one.Read.Bytes.Span))));
    }

    /// <summary>What is wrong with the decisions of a model.</summary>
    public static IEnumerable<Finding> Judge(ModelLocation location, ReadResult read)
    {
        var log = new DecisionFolder(location).Read();
        return log.Decisions.Count == 0 ? [] : log.Findings.Concat(log.Judge(path => IsDeclared(read, path)));
    }

    /// <summary>Whether a path was written in the model.</summary>
    public static bool IsDeclared(ReadResult read, string path) => read.Map.IsWritten(path);
}
