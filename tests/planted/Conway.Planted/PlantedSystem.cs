using System.Text;
using System.Text.Json;
using Conway.Planted.History;
using Conway.Planted.Truth;

namespace Conway.Planted;

/// <summary>A system, and everything that is true about it because it was made so.</summary>
/// <remarks>Types are named in full as in metadata: <c>Planted.Services.InvoiceService+Details</c>.</remarks>
/// <param name="Files">Sorted by path.</param>
/// <param name="Types">All of them, sorted; also those that stand within another.</param>
/// <param name="References">Between types of modules and contested types, each pair once; those to shared and technical types are not among them.</param>
public sealed record PlantedSystem(
    PlantedSettings Settings,
    IReadOnlyList<PlantedFile> Files,
    TruthFile Truth,
    IReadOnlyList<string> Types,
    IReadOnlyList<PlantedReference> References,
    IReadOnlyList<PlantedEntity> Entities,
    IReadOnlyList<PlantedRelation> Relations,
    IReadOnlyList<PlantedEntryPoint> EntryPoints,
    IReadOnlyList<PlantedHandler> Handlers,
    IReadOnlyList<PlantedTransaction> Transactions,
    IReadOnlyList<PlantedJoin> Joins,
    IReadOnlyList<PlantedLoop> Loops,
    IReadOnlyList<PlantedCommit> Commits)
{
    public int Lines => Files.Sum(f => f.Text.AsSpan().Count('\n'));

    /// <summary>Writes the sources, <c>truth.yaml</c> and <c>history.jsonl</c> (a commit a line: at, author, message, files).</summary>
    public void WriteTo(string folder)
    {
        foreach (var file in Files)
            Write(folder, file.Path, file.Text);
        Write(folder, "truth.yaml", TruthWriter.Write(Truth));
        var history = new StringBuilder();
        foreach (var commit in Commits)
            history.Append(JsonSerializer.Serialize(new { at = commit.At, author = commit.Author, message = commit.Message, files = commit.Files })).Append('\n');
        Write(folder, "history.jsonl", history.ToString());
    }

    /// <summary>The same sources and commits for <c>git fast-import</c>: after the last commit the tree holds exactly <see cref="Files"/>.</summary>
    public void WriteFastImport(Stream stream) => FastImport.Write(this, stream);

    private static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}

/// <param name="Path">From the root, with <c>/</c>.</param>
public sealed record PlantedFile(string Path, string Text);

/// <param name="IsCross">Whether it goes from one module to another; never set where a contested type is at either end.</param>
public sealed record PlantedReference(string From, string To, bool IsCross);

/// <param name="Table">The one it is mapped to; none without a database.</param>
public sealed record PlantedEntity(string Type, string Table);

/// <summary>An entity's navigation to another.</summary>
public sealed record PlantedRelation(string From, string To, string Property, bool IsCross);

/// <summary>An action of a controller.</summary>
/// <param name="Verb">GET or POST.</param>
/// <param name="Route">From the root, with <c>/</c>.</param>
/// <param name="Reads">Tables that are read by it and by all that it calls, sorted.</param>
/// <param name="Writes">Tables that are written by it and by all that it calls, sorted.</param>
public sealed record PlantedEntryPoint(string Type, string Method, string Verb, string Route, IReadOnlyList<string> Reads, IReadOnlyList<string> Writes);

/// <param name="Command">The type that it handles.</param>
public sealed record PlantedHandler(string Type, string Command);

/// <summary>A method that writes entities of several modules at once.</summary>
public sealed record PlantedTransaction(string Type, string Method, IReadOnlyList<string> Entities);

/// <summary>A method that joins tables of two modules by SQL text.</summary>
public sealed record PlantedJoin(string Type, string Method, IReadOnlyList<string> Tables);

/// <summary>A method that calls another module in a loop.</summary>
public sealed record PlantedLoop(string Type, string Method, string Callee);

/// <param name="At">In UTC; later than that of the commit before.</param>
/// <param name="Files">Sorted; at least one. The first commit has all.</param>
public sealed record PlantedCommit(DateTime At, string Author, string Message, IReadOnlyList<string> Files);
