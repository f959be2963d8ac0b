using System.Text;
using Conway.Reader.Composition;
using Conway.Reader.Editing;
using Conway.Reader.Yaml;

namespace Conway.Reader;

/// <summary>Changes one thing in the files of a model, and leaves comments, order and formatting of everything else byte for byte as they were.</summary>
/// <remarks>An edit is a splice of the text at the marks of the parser. The new text is read again before it is returned: it must hold
/// exactly the change that was asked for. Nothing is written to the disk. Files that cannot be read without findings about their text are not edited.</remarks>
public static class ModelEditor
{
    /// <summary>Adds or replaces the value at a path, in the file that says it or most of the way to it.</summary>
    /// <param name="path"><c>services.orders.calls.catalog</c>, <c>gateway.routes[0].to</c>.</param>
    /// <param name="yaml">The value, on one line or several, not indented. Empty: the key alone, with every default.</param>
    public static EditOutcome Set(IFileTree tree, string rootFile, string path, string yaml) => Edit(tree, rootFile, path, yaml, Change.Set, null);

    /// <summary>The same; of several files that say as much of the way, in the one that says the most of the way to another path.</summary>
    /// <param name="near">What is like it: <c>services.basket</c>.</param>
    public static EditOutcome Set(IFileTree tree, string rootFile, string path, string yaml, string? near) => Edit(tree, rootFile, path, yaml, Change.Set, near);

    /// <summary>Adds an item at the end of the list at a path.</summary>
    public static EditOutcome Append(IFileTree tree, string rootFile, string path, string yaml) => Edit(tree, rootFile, path, yaml, Change.Append, null);

    /// <summary>Removes the key or item at a path.</summary>
    public static EditOutcome Remove(IFileTree tree, string rootFile, string path) => Edit(tree, rootFile, path, "", Change.Remove, null);

    private static EditOutcome Edit(IFileTree tree, string rootFile, string path, string yaml, Change change, string? near)
    {
        if (EditPath.Steps(path) is not { } steps)
        {
            return No($"'{path}' is not a path; write it like services.orders.calls.catalog.");
        }

        var value = ModelFile.Parse("value", Encoding.UTF8.GetBytes(yaml + "\n"));
        if (value.Findings.Count > 0)
        {
            return No($"The value cannot be read: {value.Findings[0].Message}");
        }

        var files = new ModelFiles(tree, rootFile);
        if (!files.Read())
        {
            return No(files.Findings[0].Message);
        }

        // The file that says the thing, or the most of the way to it; of several the first.
        var like = near is null ? null : EditPath.Steps(near);
        var file = files.Files.Where(f => f.Root is MapNode).MaxBy(f => (EditPath.Nodes(f.Root!, steps).Count, like is null ? 0 : EditPath.Nodes(f.Root!, like).Count));
        if (file is null || file.Findings.Count > 0)
        {
            return No(file is null ? "The model has no key yet; write 'conway: 1' and 'system: name' first." : $"{file.Path} cannot be edited before this is mended: {file.Findings[0]}");
        }

        var node = value.Root ?? new ScalarNode(value.Source, 0, 0, "", true);
        var splices = new TreeEdit(file, steps, node, yaml).Splices(change);
        return splices.Problem is { } problem ? No(problem) : Verified(tree, file, Splice.Apply(file.Source.Text, splices.List), steps, node, change);
    }

    /// <summary>The new text, when it holds the change and nothing else.</summary>
    private static EditOutcome Verified(IFileTree tree, ModelFile file, string text, List<string> steps, Node value, Change change)
    {
        var bytes = tree.Read(file.Path, ModelFile.BytesMax).Bytes;
        var original = Encoding.UTF8.GetString(bytes.Span);
        if (original.TrimStart('\uFEFF') != file.Source.Text)
        {
            return No($"{file.Path} has line ends or characters that would not survive an edit; save it with ordinary line ends first.");
        }

        var edited = ModelFile.Parse(file.Path, Encoding.UTF8.GetBytes(text));
        return edited.Findings.Count > 0 || !EditCheck.Holds(file.Root!, edited.Root, steps, value, change)
            ? No($"{file.Path} is written in a way that cannot be edited safely at '{string.Join('.', steps)}'; edit it by hand.")
            : new EditOutcome(file.Path, original.StartsWith('\uFEFF') ? "\uFEFF" + text : text, null);
    }

    private static EditOutcome No(string problem) => new(null, null, problem);
}

/// <summary>What is done at a path.</summary>
internal enum Change
{
    Set,
    Append,
    Remove,
}
