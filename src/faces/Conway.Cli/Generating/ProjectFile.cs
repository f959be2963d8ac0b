using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Conway.Cli;

/// <summary>What a project file and the settings above it say, as far as it can be told without running MSBuild.</summary>
internal sealed partial class ProjectFile
{
    private const int BytesMax = 1 << 20;
    private const int DepthMax = 8;

    private static readonly string[] Settings = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "NuGet.config", "nuget.config", "NuGet.Config", "global.json"];

    private readonly Dictionary<string, string> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _read = [];
    private readonly List<(string File, XElement Root)> _roots = [];

    private ProjectFile(string path)
    {
        Path = path;
        _properties["MSBuildProjectName"] = System.IO.Path.GetFileNameWithoutExtension(path);
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The files that a restore of it reads, absolute.</summary>
    public IReadOnlyList<string> RestoreFiles => _read;

    /// <summary>What a build of it reads beside its own folder and <see cref="RestoreFiles"/>, absolute: linked sources, files of analyzers, keys. A name that ends with <c>/**</c> is a folder.</summary>
    public IEnumerable<string> OtherFiles =>
        _roots.SelectMany(one => one.Root.Descendants().SelectMany(element => Named(element).SelectMany(text => text.Split(';')).Select(text => Resolved(text.Trim(), one.File)))).OfType<string>().Distinct();

    public bool HasLock { get; private init; }

    /// <summary>The nearest <c>global.json</c> above it; null for none.</summary>
    public string? GlobalJson => _read.FirstOrDefault(file => System.IO.Path.GetFileName(file) == "global.json");

    public string Sdk => _roots[0].Root.Attribute("Sdk")?.Value ?? "";

    public IEnumerable<string> References =>
        _roots[0].Root.Descendants().Where(element => element.Name.LocalName == "ProjectReference").Select(element => element.Attribute("Include")?.Value).OfType<string>()
            .Select(reference => System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, reference.Replace('\\', '/'))));

    public bool NeedsWeb => Sdk.StartsWith("Microsoft.NET.Sdk.Web", StringComparison.Ordinal)
        || _roots[0].Root.Descendants().Any(element => element.Name.LocalName == "FrameworkReference" && element.Attribute("Include")?.Value == "Microsoft.AspNetCore.App");

    /// <summary>Null when there is none, or it is none; <paramref name="problem"/> is a sentence.</summary>
    /// <param name="path">A project file, or a folder that holds one.</param>
    public static ProjectFile? Read(string path, out string problem)
    {
        problem = "";
        var file = path;
        if (Directory.Exists(path))
        {
            var projects = Directory.GetFiles(path, "*.csproj").Concat(Directory.GetFiles(path, "*.fsproj")).Order(StringComparer.Ordinal).ToArray();
            if (projects.Length != 1)
            {
                problem = projects.Length == 0 ? "holds no project file" : $"holds {projects.Length} project files";
                return null;
            }

            file = projects[0];
        }

        if (!File.Exists(file))
        {
            problem = "is not there";
            return null;
        }

        var project = new ProjectFile(file) { HasLock = File.Exists(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, "packages.lock.json")) };
        return project.Load(file, 0, out problem) && project.LoadSettings(out problem) ? project : null;
    }

    /// <summary>The value of a property; null when it is not set, or only MSBuild can tell.</summary>
    public string? Property(string name)
    {
        var value = _properties.GetValueOrDefault(name);
        for (var depth = 0; value is not null && value.Contains("$(", StringComparison.Ordinal) && depth < DepthMax; depth++)
        {
            value = Reference().Replace(value, match => _properties.GetValueOrDefault(match.Groups[1].Value) ?? match.Value);
        }

        return value is null || value.Contains("$(", StringComparison.Ordinal) ? null : value;
    }

    /// <summary>Whether a property is set under a condition, or to what only MSBuild can tell.</summary>
    public bool IsUncertain(string name) =>
        _roots.SelectMany(root => root.Root.Descendants()).Any(element => element.Name.LocalName == name && element.AncestorsAndSelf().Any(around => around.Attribute("Condition") is not null))
        || (_properties.ContainsKey(name) && Property(name) is null);

    private bool LoadSettings(out string problem)
    {
        problem = "";
        var settings = Settings.Select(name => Above(name)).OfType<string>().Distinct().ToArray();
        foreach (var file in settings)
        {
            if (System.IO.Path.GetFileName(file) is "Directory.Build.props" or "Directory.Build.targets" or "Directory.Packages.props")
            {
                if (!Load(file, 0, out problem))
                {
                    return false;
                }
            }
            else
            {
                _read.Add(file);
                _read.AddRange(LocalPackages(file));
            }
        }

        if (HasLock)
        {
            _read.Add(System.IO.Path.Combine(Folder, "packages.lock.json"));
        }

        return true;
    }

    private bool Load(string file, int depth, out string problem)
    {
        problem = "";
        if (depth > DepthMax || _read.Contains(file))
        {
            return true;
        }

        try
        {
            if (new FileInfo(file).Length > BytesMax)
            {
                problem = $"reads {System.IO.Path.GetFileName(file)}, which is larger than 1 MiB";
                return false;
            }

            var root = Xml(file).Root!;
            _read.Add(file);
            _roots.Add((file, root));
            foreach (var property in root.Elements().Where(element => element.Name.LocalName == "PropertyGroup").Elements())
            {
                // The project is read before the settings above it, and wins over them.
                _properties.TryAdd(property.Name.LocalName, property.Value.Trim());
            }

            foreach (var import in root.Elements().Where(element => element.Name.LocalName == "Import").Select(element => element.Attribute("Project")?.Value).OfType<string>())
            {
                if (Imported(import, file) is { } other && !Load(other, depth + 1, out problem))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read: {e.Message.TrimEnd('.')}";
            return false;
        }
    }

    /// <summary>Packages in the folders that a <c>nuget.config</c> names as sources by a path below its own folder.</summary>
    private static IEnumerable<string> LocalPackages(string file)
    {
        if (!System.IO.Path.GetFileName(file).Equals("nuget.config", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        try
        {
            if (new FileInfo(file).Length > BytesMax)
            {
                return [];
            }

            var folder = System.IO.Path.GetDirectoryName(file)!;
            return [.. Xml(file).Descendants("packageSources").Elements("add").Select(source => source.Attribute("value")?.Value).OfType<string>()
                .Where(source => source.Length is > 0 and <= 1024 && !source.Contains(':', StringComparison.Ordinal) && !source.Contains('\0', StringComparison.Ordinal))
                .Select(source => System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, source.Replace('\\', '/')))))
                .Where(source => source.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal) && Directory.Exists(source))
                .SelectMany(source => Directory.GetFiles(source, "*.nupkg").Order(StringComparer.Ordinal))];
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            // A restore will tell what is wrong with it.
            return [];
        }
    }

    // Nothing but the file itself is read, whatever it names.
    private static XDocument Xml(string file)
    {
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XDocument.Load(reader);
    }

    // The two usual forms: a path beside the file, and the same settings one folder further up.
    private static string? Imported(string project, string from)
    {
        var folder = System.IO.Path.GetDirectoryName(from)!;
        if (FileAbove().Match(project) is { Success: true } above)
        {
            return Above(above.Groups[1].Value, System.IO.Path.GetDirectoryName(folder));
        }

        var path = project.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal).Replace('\\', '/');
        var full = path.Contains("$(", StringComparison.Ordinal) ? null : System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, path));
        return full is not null && File.Exists(full) ? full : null;
    }

    private static IEnumerable<string> Named(XElement element) =>
        element.Attribute("Include")?.Value is { } include ? [include] : element.HasElements || element.Parent?.Name.LocalName != "PropertyGroup" ? [] : [element.Value];

    /// <summary>The file or folder outside of the project's own that a text names; null when it names none, or only MSBuild can tell.</summary>
    private string? Resolved(string text, string from)
    {
        var path = text.Replace("$(MSBuildThisFileDirectory)", System.IO.Path.GetDirectoryName(from) + "/", StringComparison.Ordinal)
            .Replace("$(MSBuildProjectDirectory)", Folder, StringComparison.Ordinal).Replace('\\', '/');
        if (path.Length is 0 or > 1024 || path.AsSpan().ContainsAny("\n\0") || path.Contains("$(", StringComparison.Ordinal) || path.Contains("@(", StringComparison.Ordinal))
        {
            return null;
        }

        var wild = path.IndexOfAny(['*', '?']);
        var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, wild < 0 ? path : path[..(path.LastIndexOf('/', wild) + 1)]));
        return full.StartsWith(Folder + "/", StringComparison.Ordinal) || full == Folder || _read.Contains(full) ? null
            : wild < 0 ? (File.Exists(full) ? full : null)
            : Directory.Exists(full) && !Folder.StartsWith(full.TrimEnd('/') + "/", StringComparison.Ordinal) ? full.TrimEnd('/') + "/**" : null;
    }

    private string? Above(string name) => Above(name, Folder);

    private static string? Above(string name, string? folder)
    {
        for (; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, name)))
            {
                return System.IO.Path.Combine(folder, name);
            }
        }

        return null;
    }

    [GeneratedRegex(@"\$\(([A-Za-z_][A-Za-z0-9_.]*)\)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\$\(\[MSBuild\]::GetPathOfFileAbove\('?([A-Za-z.]+)'?")]
    private static partial Regex FileAbove();
}
