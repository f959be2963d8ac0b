using Conway.Reader.Binding;
using Conway.Reader.Scanning;

namespace Conway.Reader;

/// <summary>Finds what could be a service in a folder, for a first model. Reads project and settings files only; builds and runs nothing.</summary>
public static class ProjectScan
{
    /// <summary>More than this is not one system.</summary>
    private const int ServicesMax = 500;

    private static readonly string[] Generic = ["Api", "WebApi", "Service", "Host", "Web", "Worker", "Server", "App"];

    /// <param name="folderName">Name of the folder, for the system's name.</param>
    public static ScanResult Scan(IFileTree tree, string folderName)
    {
        var projects = tree.Glob("**/*.csproj").Where(IsOrdinary).Select(p => DotNetProject.Read(tree, p)).OfType<DotNetProject>()
            .GroupBy(p => TreePath.FolderOf(p.File), StringComparer.Ordinal).SelectMany(Meant).ToList();
        var folders = projects.Where(p => p.Kind == ScannedKind.DotNetWeb).Select(p => TreePath.FolderOf(p.File)).ToList();
        var packages = tree.Glob("**/package.json").Where(IsOrdinary)
            .Where(p => !folders.Any(f => f.Length > 0 && p.StartsWith(f + "/", StringComparison.Ordinal))) // the page of a web project
            .Select(p => NodePackage.Read(tree, p)).OfType<NodePackage>().ToList();

        var shared = SharedSegments([.. projects.Select(p => p.AssemblyName.Split('.'))]);
        var system = NameProposal.For(folderName, isPascal: false) ?? (Model.Names.IsName(folderName) ? folderName : "system");
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<(ScannedService Service, Addresses Addresses)>();
        foreach (var project in projects.Take(ServicesMax))
        {
            var isAlone = projects.Count(p => TreePath.FolderOf(p.File) == TreePath.FolderOf(project.File)) == 1 && TreePath.FolderOf(project.File).Length > 0;
            var name = Unique(NameOf(project.AssemblyName.Split('.')[shared..]), taken);
            found.Add((new ScannedService(name, project.Kind, isAlone ? TreePath.FolderOf(project.File) : project.File), Addresses.OfDotNet(tree, TreePath.FolderOf(project.File))));
        }

        foreach (var package in packages.Take(ServicesMax - found.Count))
        {
            var service = new ScannedService(Unique(package.Name.StartsWith(system + "-", StringComparison.Ordinal) ? package.Name[(system.Length + 1)..] : package.Name, taken), ScannedKind.Node, TreePath.FolderOf(package.File)) { Command = package.Command, Build = package.Build };
            found.Add((service, Addresses.None));
        }

        return new ScanResult(system, [.. found.Select(f => f.Service with { Calls = Calls(f.Service, f.Addresses, found) }).OrderBy(s => s.Path, StringComparer.Ordinal)]);
    }

    /// <summary>A first model that says what was found; it reads without errors.</summary>
    public static string Starter(ScanResult scan) => StarterText.Write(scan);

    /// <summary>Of several projects in one folder, which all take in the same files, the one that is named like the folder; all when there is none such.</summary>
    private static IEnumerable<DotNetProject> Meant(IGrouping<string, DotNetProject> folder)
    {
        var name = folder.Key[(folder.Key.LastIndexOf('/') + 1)..];
        var named = folder.Where(p => Path.GetFileNameWithoutExtension(p.File).Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        return named.Length > 0 ? named : folder;
    }

    private static bool IsOrdinary(string path) =>
        !TreePath.FolderOf(path).Split('/').Any(f => f.ToUpperInvariant() is "TEST" or "TESTS" or "__TESTS__" or "TESTDATA" or "BENCHMARKS" or "ARTIFACTS");

    private static int SharedSegments(IReadOnlyList<string[]> names)
    {
        if (names.Count < 2)
        {
            return names.Count == 1 ? names[0].Length - 1 - (names[0].Length > 1 && Generic.Contains(names[0][^1]) ? 1 : 0) : 0;
        }

        var shared = 0;
        while (names.All(n => n.Length > shared + 1 && n[shared] == names[0][shared]))
        {
            shared++;
        }

        return shared;
    }

    private static string NameOf(string[] segments)
    {
        var meant = segments.Length > 1 && Generic.Contains(segments[^1]) ? segments[..^1] : segments;
        return string.Join('-', meant);
    }

    private static string Unique(string text, HashSet<string> taken)
    {
        var name = Model.Names.IsName(text) ? text : NameProposal.For(text, isPascal: false) ?? "service";
        name = name.Length > 55 ? name[..55].TrimEnd('-') : name;
        for (var (unique, number) = (name, 2); ; unique = $"{name}-{number++}")
        {
            if (taken.Add(unique))
            {
                return unique;
            }
        }
    }

    private static IReadOnlyList<(string, string)> Calls(ScannedService caller, Addresses addresses, List<(ScannedService Service, Addresses Addresses)> all) =>
        [.. addresses.Named
            .SelectMany(n => all.Where(a => a.Service.Name != caller.Name && (a.Addresses.Ports.Contains(n.Port) && n.IsLocal || a.Service.Name == n.Host)).Select(a => (a.Service.Name, n.File)))
            .DistinctBy(c => c.Name)
            .OrderBy(c => c.Name, StringComparer.Ordinal)];
}
