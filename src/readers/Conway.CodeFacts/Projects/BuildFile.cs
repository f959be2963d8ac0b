using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Conway.CodeFacts.Files;

namespace Conway.CodeFacts.Projects;

/// <summary>What a project and the files that it imports say, as far as that can be told without building.</summary>
/// <remarks>Properties are expanded, simple conditions judged, imports of files in the tree followed. Of an item whose condition cannot be
/// judged it is assumed that it is there; of a property, that it is not, unless nothing else sets it.</remarks>
internal sealed partial class BuildFile
{
    private const int BytesMax = 8 << 20;
    private const int ImportsMax = 40;

    /// <summary>Begins a path that is seen from the root of the tree.</summary>
    private const string FromRoot = "\u0001";

    private readonly ISourceTree _tree;
    private readonly HashSet<string> _present;
    private readonly Dictionary<string, string> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _imported = new(StringComparer.Ordinal);

    private BuildFile(ISourceTree tree, HashSet<string> present, string path)
    {
        (_tree, _present, Path) = (tree, present, path);
        _properties["MSBuildProjectName"] = System.IO.Path.GetFileNameWithoutExtension(path);
        _properties["MSBuildProjectFile"] = SourcePath.NameOf(path);
        _properties["MSBuildProjectExtension"] = System.IO.Path.GetExtension(path);
        _properties["Configuration"] = "Debug";
        _properties["Platform"] = "AnyCPU";
    }

    public string Path { get; }

    /// <summary>The project's own SDK: <c>Microsoft.NET.Sdk.Web</c>; null for the style before SDKs.</summary>
    public string? Sdk { get; private set; }

    /// <summary>Why the project file cannot be read; null when it can.</summary>
    public string? Broken { get; private set; }

    /// <summary>Line at which reading broke, from 1.</summary>
    public int BrokenLine { get; private set; } = 1;

    /// <summary>Items in the order in which they are met.</summary>
    public List<BuildItem> Items { get; } = [];

    public string? Property(string name) => _properties.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public bool IsTrue(string name) => Property(name) is { } value && (value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("enable", StringComparison.OrdinalIgnoreCase));

    public IEnumerable<string> Includes(string item) => Items.Where(i => i.Name == item && i.Include is not null).SelectMany(i => Parts(i.Include!));

    public static IEnumerable<string> Parts(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A path of an item as a path of the tree; null when it leaves the tree. Items are seen from the project, whoever adds them.</summary>
    public string? Resolve(string written) => Resolve(SourcePath.FolderOf(Path), written);

    private static string? Resolve(string folder, string written) =>
        written.StartsWith(FromRoot, StringComparison.Ordinal) ? SourcePath.Resolve("", written[FromRoot.Length..]) : SourcePath.Resolve(folder, written);

    /// <summary>Reads a project with what stands above it.</summary>
    /// <param name="present">All paths of the tree.</param>
    public static BuildFile Read(ISourceTree tree, HashSet<string> present, string path)
    {
        var file = new BuildFile(tree, present, path);
        var folder = SourcePath.FolderOf(path);
        file.Above(folder, "Directory.Build.props");
        file.Above(folder, "Directory.Packages.props");
        file.Take(path, isProject: true);
        file.Above(folder, "Directory.Build.targets");
        return file;
    }

    /// <summary>The nearest file of that name; a further one only if the nearest imports it, as the build does it.</summary>
    private void Above(string folder, string name)
    {
        for (var at = folder; ; at = SourcePath.FolderOf(at))
        {
            if (SourcePath.Join(at, name) is var path && _present.Contains(path))
            {
                Take(path, isProject: false);
                return;
            }

            if (at.Length == 0)
            {
                return;
            }
        }
    }

    private void Take(string path, bool isProject)
    {
        if (_imported.Count >= ImportsMax || !_imported.Add(path))
        {
            return;
        }

        var read = _tree.Read(path, BytesMax);
        if (read.State != SourceState.Read)
        {
            Broken ??= isProject ? read.State == SourceState.TooLarge ? "it is larger than 8 MiB" : read.Reason ?? "it is not there" : null;
            return;
        }

        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = BytesMax };
            using var stream = new MemoryStream(read.Bytes.ToArray());
            using var reader = XmlReader.Create(stream, settings);
            var root = XDocument.Load(reader).Root!;
            if (isProject)
            {
                Sdk = (string?)root.Attribute("Sdk") ?? Children(root).Where(e => e.Name.LocalName == "Sdk").Select(e => (string?)e.Attribute("Name")).FirstOrDefault()
                    ?? Children(root).Where(e => e.Name.LocalName == "Import").Select(e => (string?)e.Attribute("Sdk")).FirstOrDefault(s => s is not null);
            }

            Walk(root, SourcePath.FolderOf(path));
        }
        catch (XmlException e)
        {
            if (isProject)
            {
                (Broken, BrokenLine) = (e.Message.TrimEnd('.'), Math.Max(1, e.LineNumber));
            }
        }
    }

    private static IEnumerable<XElement> Children(XElement element) => element.Elements();

    // A stack of our own: nothing stops a project file from nesting <Choose> a thousand deep.
    private void Walk(XElement root, string folder)
    {
        var left = new Stack<XElement>(Children(root).Reverse());
        while (left.TryPop(out var element))
        {
            var holds = BuildCondition.Holds((string?)element.Attribute("Condition"), t => Expand(t, folder));
            switch (element.Name.LocalName)
            {
                case "PropertyGroup" when holds != false:
                    foreach (var property in Children(element))
                    {
                        Set(property, folder, isSure: holds == true);
                    }

                    break;
                case "ItemGroup" when holds != false:
                    foreach (var item in Children(element))
                    {
                        if (BuildCondition.Holds((string?)item.Attribute("Condition"), t => Expand(t, folder)) is var itself and not false)
                        {
                            Add(item, folder, isSure: holds == true && itself == true);
                        }
                    }

                    break;
                case "Choose" or "When" or "Otherwise" or "ImportGroup" when holds != false:
                    foreach (var child in Children(element).Reverse())
                    {
                        left.Push(child);
                    }

                    break;
                case "Import" when holds != false && element.Attribute("Sdk") is null:
                    Import((string?)element.Attribute("Project") ?? "", folder);
                    break;
            }
        }
    }

    private void Set(XElement property, string folder, bool isSure)
    {
        var holds = BuildCondition.Holds((string?)property.Attribute("Condition"), t => Expand(t, folder));
        var name = property.Name.LocalName;

        // A project that is taken for a test by mistake is lost as a whole.
        if (holds == false || ((holds is null || !isSure) && (_properties.ContainsKey(name) || name is "IsTestProject")))
        {
            return;
        }

        _properties[name] = Expand(property.Value.Trim(), folder);
    }

    private void Add(XElement item, string folder, bool isSure)
    {
        string? Text(string name) =>
            ((string?)item.Attribute(name) ?? Children(item).Where(e => e.Name.LocalName == name).Select(e => e.Value).FirstOrDefault()) is { } text ? Expand(text.Trim(), folder) : null;

        Items.Add(new(item.Name.LocalName, Text("Include"), Text("Remove"), Text("Exclude"), Text("Alias"), Text("Static"), isSure));
    }

    private void Import(string project, string folder)
    {
        if (project.Contains("GetPathOfFileAbove", StringComparison.Ordinal))
        {
            var name = FileName().Match(project) is { Success: true } match ? match.Value : "Directory.Build.props";
            if (folder.Length > 0)
            {
                Above(SourcePath.FolderOf(folder), name);
            }
        }
        else if (Resolve(folder, Expand(project, folder)) is { } path && _present.Contains(path))
        {
            Take(path, isProject: false);
        }
    }

    /// <summary>Puts in known properties; unknown ones stay as they are written.</summary>
    private string Expand(string text, string folder)
    {
        if (!text.Contains("$(", StringComparison.Ordinal))
        {
            return text;
        }

        return PropertyUse().Replace(text, use => use.Groups[1].Value switch
        {
            "MSBuildThisFileDirectory" => FromRoot + (folder.Length == 0 ? "" : folder + "/"),
            "MSBuildProjectDirectory" => FromRoot + SourcePath.FolderOf(Path),
            "SolutionDir" => FromRoot,
            var name when _properties.TryGetValue(name, out var value) => value,
            var name => IsEmptyUnlessSet(name) ? "" : use.Value,
        });
    }

    /// <summary>Properties of people are empty when nobody sets them; those of the build tools are not known here.</summary>
    private static bool IsEmptyUnlessSet(string name) =>
        !name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) && name is not ("TargetFramework" or "OS" or "RuntimeIdentifier");

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex PropertyUse();

    [GeneratedRegex(@"[\w.]+\.(?:props|targets)")]
    private static partial Regex FileName();
}

/// <summary>An item of a project file, as written, properties put in.</summary>
/// <param name="IsSure">It has no condition that could not be judged.</param>
internal sealed record BuildItem(string Name, string? Include, string? Remove, string? Exclude, string? Alias, string? Static, bool IsSure);
