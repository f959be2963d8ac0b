using Conway.Findings;
using Conway.Reader.Yaml;

namespace Conway.Reader.Composition;

/// <summary>Reads the first file of a model and all that it includes.</summary>
internal sealed class ModelFiles(IFileTree tree, string rootFile)
{
    private const int FilesMax = 1000;

    private readonly List<ModelFile> _files = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];

    public List<Finding> Findings { get; } = [];

    /// <summary>What to watch.</summary>
    public SortedSet<string> Watched { get; } = new(StringComparer.Ordinal);

    /// <summary>In the order in which they were included; the first file first.</summary>
    public IReadOnlyList<ModelFile> Files => _files;

    /// <summary>Reads them all; false when the first file is not there.</summary>
    public bool Read()
    {
        Watched.Add(rootFile);
        var (file, read) = ModelFile.Load(tree, rootFile);
        if (file is null)
        {
            Findings.Add(NotRead(rootFile, read, null));
            return false;
        }

        Add(file);
        return true;
    }

    /// <summary>The settings of an environment beside the first file, <c>conway.production.yaml</c>; null when there are none.</summary>
    public ModelFile? Beside(string environment)
    {
        var path = OverlayPath(environment);
        Watched.Add(path);
        return ModelFile.Load(tree, path).File is { } file ? Keep(file) : null;
    }

    /// <summary>Environments that have a file beside the first one.</summary>
    public IReadOnlyList<string> EnvironmentsBeside()
    {
        var (prefix, suffix) = Split();
        Watched.Add(OverlayPath("*"));
        return [.. tree.Glob(OverlayPath("*")).Select(f => f[prefix.Length..^suffix.Length]).Where(Model.Names.IsName)];
    }

    private string OverlayPath(string environment)
    {
        var (prefix, suffix) = Split();
        return prefix + environment + suffix;
    }

    private (string Prefix, string Suffix) Split()
    {
        var dot = rootFile.LastIndexOf('.');
        return dot < 0 ? (rootFile + ".", "") : (rootFile[..dot] + ".", rootFile[dot..]);
    }

    private ModelFile Keep(ModelFile file)
    {
        _read.Add(file.Path);
        _files.Add(file);
        Findings.AddRange(file.Findings);
        return file;
    }

    private void Add(ModelFile file)
    {
        Keep(file);
        _open.Add(file.Path);
        if ((file.Root as MapNode)?.Find("include")?.Value is ListNode includes)
        {
            foreach (var item in includes.Items.OfType<ScalarNode>().Where(i => !i.IsNull))
            {
                Include(file, item);
            }
        }

        _open.RemoveAt(_open.Count - 1);
    }

    private void Include(ModelFile from, ScalarNode item)
    {
        var path = TreePath.Normalise(TreePath.Join(TreePath.FolderOf(from.Path), item.Text.StartsWith('/') ? "../" + item.Text : item.Text));
        if (path is null || item.Text.StartsWith('/'))
        {
            Report(ReaderFindings.IncludeOutside, item, $"'{item.Shown}' leaves the system's folder.", "Move the file into the folder of the first file, and name it from there.");
            return;
        }

        Watched.Add(path);
        if (!TreePath.IsGlob(path))
        {
            IncludeFile(item, path, isNamed: true);
            return;
        }

        // A pattern that also matches the file it stands in, or the settings of an environment, does not mean those.
        var (prefix, suffix) = Split();
        var matched = tree.Glob(path);
        foreach (var match in matched.Where(m => m != rootFile && !(m.StartsWith(prefix, StringComparison.Ordinal) && m.EndsWith(suffix, StringComparison.Ordinal))))
        {
            IncludeFile(item, match, isNamed: false);
        }

        if (matched.Count == 0)
        {
            Report(ReaderFindings.IncludeMatchesNothing, item, $"No file matches '{item.Shown}'.", "Mend the pattern, or remove it until there is such a file.");
        }
    }

    private void IncludeFile(ScalarNode item, string path, bool isNamed)
    {
        if (_open.Contains(path))
        {
            if (isNamed)
            {
                Report(ReaderFindings.IncludeCycle, item, path == _open[^1] ? $"'{path}' includes itself." : $"'{path}' includes this file, so the two go in a circle.", "Remove this line: a file that is included anywhere is part of the model.");
            }

            return;
        }

        if (_read.Contains(path))
        {
            return; // two files may both need a third
        }

        if (_files.Count >= FilesMax)
        {
            Report(ReaderFindings.TooLarge, item, $"A model may have at most {FilesMax} files.", "Join files, or narrow the pattern.");
            return;
        }

        Watched.Add(path);
        var (file, read) = ModelFile.Load(tree, path);
        if (file is null)
        {
            Findings.Add(NotRead(path, read, item));
            return;
        }

        Add(file);
    }

    private Finding NotRead(string path, FileRead read, ScalarNode? item)
    {
        var missing = item is null ? ReaderFindings.FileMissing : ReaderFindings.IncludeMissing;
        var (rule, message, mend) = read.State switch
        {
            FileState.Missing => (missing, $"There is no file '{path}'.", Near(path) is { } near ? $"Write '{near}'." : item is null ? "Run 'conway init' to write one." : "Mend the name, or remove the line."),
            FileState.Folder => (ReaderFindings.NotAFile, $"'{path}' is a folder.", item is null ? "Name a file in it." : $"Write '{path}/*.yaml' to include its files."),
            FileState.Outside => (ReaderFindings.IncludeOutside, $"'{path}' leaves the system's folder, by its text or by a link.", "Move the file into the folder."),
            FileState.TooLarge => (ReaderFindings.TooLarge, $"'{path}' is larger than {ModelFile.BytesMax >> 20} MiB.", "Split it into several files and include them."),
            _ => (ReaderFindings.Unreadable, $"'{path}' cannot be opened: {read.Reason}.", "Give this user the right to read it."),
        };
        return new Finding { Rule = rule, Message = message, Mend = mend, Place = item?.Span };
    }

    private string? Near(string path) => DidYouMean.Closest(path, tree.Glob(TreePath.Join(TreePath.FolderOf(path), "*")).Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".yml", StringComparison.Ordinal)));

    private void Report(FindingRule rule, ScalarNode item, string message, string mend) =>
        Findings.Add(new Finding { Rule = rule, Message = message, Mend = mend, Place = item.Span });
}
