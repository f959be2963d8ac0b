using Conway.Findings;
using Conway.Model;
using Conway.Reader;
using Conway.Storming;

namespace Conway.Cli;

/// <summary>A board on disk, as YAML or as a table.</summary>
internal static class BoardFile
{
    private const int BytesMax = 4 << 20;
    private static readonly string[] Kinds = ["event", "command", "actor", "policy", "read-model", "aggregate", "system", "hotspot"];
    private static readonly string[] Columns = ["kind", "words", "on", "by", "after", "context"];

    /// <summary>The board; or the findings, or the sentence, that say why there is none.</summary>
    public static (Board? Board, IReadOnlyList<Finding> Findings, string? Problem) Read(string path, Terminal terminal)
    {
        var full = Path.GetFullPath(path, terminal.CurrentFolder);
        byte[] bytes;
        try
        {
            if (Directory.Exists(full))
            {
                return (null, [], $"'{path}' is a folder. Give the file of the board, .yaml or .csv.");
            }

            if (new FileInfo(full) is { Exists: true, Length: > BytesMax })
            {
                return (null, [], $"'{path}' is larger than 4 MiB, which no board is.");
            }

            bytes = File.ReadAllBytes(full);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, [], $"there is no file '{path}'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, [], $"'{path}' could not be read: {e.Message.TrimEnd('.')}.");
        }

        switch (Path.GetExtension(full).ToLowerInvariant())
        {
            case ".yaml" or ".yml" or ".json":
                var read = DocumentReader.Read<Board>(Path.GetFileName(full), bytes, "the board");
                return read.Findings.Any(f => f.Severity == Severity.Error) ? (null, read.Findings, null) : (read.Value, read.Findings, null);
            case ".csv" or ".tsv":
                return OfTable(path, SystemOf(full), bytes);
            default:
                return (null, [], $"'{path}' is neither .yaml nor .csv.");
        }
    }

    private static (Board?, IReadOnlyList<Finding>, string?) OfTable(string path, string system, byte[] bytes)
    {
        var (rows, problem) = CsvReader.Read(bytes, Board.NotesMax + 1);
        if (problem is not null)
        {
            return (null, [], $"'{path}' cannot be read as a table: {problem}.");
        }

        var head = rows.Count == 0 ? [] : rows[0].Cells.Select(c => c.ToLowerInvariant()).ToArray();
        if (!head.Contains("kind") || !head.Contains("words"))
        {
            return (null, [], $"'{path}' has no columns 'kind' and 'words' in its first row. Its columns may be: {string.Join(", ", Columns)}.");
        }

        if (head.FirstOrDefault(h => h.Length > 0 && !Columns.Contains(h)) is { } unknown)
        {
            return (null, [], $"'{path}' has the column '{unknown}', which a board does not have. {UsageProblem.Hint(unknown, Columns, $"Its columns may be: {string.Join(", ", Columns)}.")}");
        }

        var notes = new List<Note>();
        foreach (var row in rows.Skip(1))
        {
            string? Cell(string column) => Array.IndexOf(head, column) is >= 0 and var at && at < row.Cells.Count && row.Cells[at].Length > 0 ? row.Cells[at] : null;
            var kind = Cell("kind")?.ToLowerInvariant().Replace(' ', '-');
            if (kind is null || !Kinds.Contains(kind))
            {
                return (null, [], $"line {row.Line} of '{path}': {(kind is null ? "the note has no kind" : $"'{kind}' is no kind of note")}. {UsageProblem.Hint(kind ?? "", Kinds, $"It is one of: {string.Join(", ", Kinds)}.")}");
            }

            if (Cell("words") is not { } words)
            {
                return (null, [], $"line {row.Line} of '{path}': the {kind} has no words.");
            }

            notes.Add(Of(kind, words) with { On = Cell("on"), By = Cell("by"), After = new((Cell("after") ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)), Context = Cell("context") });
        }

        return (new Board { System = system, Notes = new(notes) }, [], null);
    }

    private static Note Of(string kind, string words) => kind switch
    {
        "event" => new Note { Event = words },
        "command" => new Note { Command = words },
        "actor" => new Note { Actor = words },
        "policy" => new Note { Policy = words },
        "read-model" => new Note { ReadModel = words },
        "aggregate" => new Note { Aggregate = words },
        "system" => new Note { System = words },
        _ => new Note { Hotspot = words },
    };

    // A table has no room for a name: it is that of the file.
    private static string SystemOf(string full)
    {
        var name = string.Concat(Path.GetFileNameWithoutExtension(full).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return Names.IsName(name) ? name : "system";
    }
}
