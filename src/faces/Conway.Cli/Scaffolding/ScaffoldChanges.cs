using System.Text;
using Conway.Reader;
using Conway.Scaffolding;

namespace Conway.Cli;

/// <summary>What a plan means for the files of one system: new texts, and what was there already. Nothing is written.</summary>
internal sealed class ScaffoldChanges
{
    private const int BytesMax = 4 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string?> _before = new(StringComparer.Ordinal);

    private ScaffoldChanges(IFileTree disk) => Disk = disk;

    public IFileTree Disk { get; }

    /// <summary>New text of each file that is made or changed.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Files, and paths of the model, that were there and are left as they are.</summary>
    public List<string> Kept { get; } = [];

    /// <summary>Files as they would be.</summary>
    public IFileTree Tree => new OverlayFileTree(Disk, _texts);

    /// <summary>The text of a file before; null for one that is made.</summary>
    public string? Before(string file) => _before[file];

    /// <summary>Works a plan out.</summary>
    /// <returns>Null when it cannot be carried out; <paramref name="problem"/> says why, and what can be done by hand.</returns>
    public static ScaffoldChanges? Of(ScaffoldPlan plan, IFileTree disk, string modelFile, out string problem)
    {
        var changes = new ScaffoldChanges(disk);
        problem = plan.Files.Select(changes.Make).FirstOrDefault(p => p is not null)
            ?? plan.Edits.Select(changes.Edit).FirstOrDefault(p => p is not null)
            ?? plan.Model.Select(edit => changes.Say(edit, modelFile)).FirstOrDefault(p => p is not null)
            ?? "";
        return problem.Length == 0 ? changes : null;
    }

    private string? Make(NewFile file)
    {
        switch (Disk.KindOf(file.Path))
        {
            case FileKind.Nothing:
                _texts[file.Path] = file.Text;
                _before[file.Path] = null;
                return null;
            case FileKind.File when file.IsShared:
                return null;
            case FileKind.File:
                Kept.Add(file.Path);
                return null;
            case FileKind.Folder:
                return $"'{file.Path}' is a folder, and a file of that name is needed. Nothing was written.";
            default:
                return $"'{file.Path}' leads out of the system's folder by a link. Nothing was written.";
        }
    }

    private string? Edit(FileEdit edit)
    {
        var (text, problem) = Text(edit.File);
        if (text is null)
        {
            return $"{problem} Nothing was written. By hand it would be, in a file of its own:\n{edit.Text}";
        }

        if (edit.Apply(text) is not { } edited)
        {
            return $"{edit.File} has no place any more for what must be added {edit.Where}. Nothing was written. Add it by hand, and give the command again:\n{edit.Text}";
        }

        Change(edit.File, text, edited);
        return null;
    }

    private string? Say(ModelEdit edit, string modelFile)
    {
        var read = ModelReader.Read(Tree, modelFile, new ReadOptions());
        if (!edit.IsItem && read.Map.IsWritten(edit.Path))
        {
            Kept.Add($"{edit.Path} in {read.Map.Find(edit.Path)?.File ?? modelFile}");
            return null;
        }

        // The first of its kind is written over several lines, as the next ones will be, not into one with the key above it.
        var (path, yaml) = edit.Path.Split('.') is [var above, var name] && edit.Yaml.Contains('\n', StringComparison.Ordinal) && !read.Map.IsWritten(above)
            ? (above, $"{name}:\n  {edit.Yaml.Replace("\n", "\n  ", StringComparison.Ordinal)}") : (edit.Path, edit.Yaml);
        var outcome = edit.IsItem ? ModelEditor.Append(Tree, modelFile, edit.Path, edit.Yaml) : ModelEditor.Set(Tree, modelFile, path, yaml, edit.Near);
        if (!outcome.IsDone)
        {
            return $"{outcome.Problem!.TrimEnd('.')}. Nothing was written. By hand it would be, at {edit.Path}:\n{edit.Yaml}";
        }

        Change(outcome.File!, Text(outcome.File!).Text!, outcome.Text!);
        return null;
    }

    private void Change(string file, string text, string edited)
    {
        if (text != edited)
        {
            _before.TryAdd(file, text);
            _texts[file] = edited;
        }
    }

    private (string? Text, string Problem) Text(string file)
    {
        if (_texts.TryGetValue(file, out var text))
        {
            return (text, "");
        }

        var read = Disk.Read(file, BytesMax);
        if (read.State != FileState.Read)
        {
            return (null, read.State == FileState.Missing ? $"There is no {file}." : $"{file} cannot be read.");
        }

        try
        {
            return (Utf8.GetString(read.Bytes.Span), "");
        }
        catch (ArgumentException)
        {
            return (null, $"{file} is not UTF-8.");
        }
    }
}
