using System.Collections.Immutable;
using System.Globalization;
using Conway.CodeFacts.Files;
using Conway.Findings;

namespace Conway.CodeFacts.Projects;

/// <summary>Finds the projects of a tree and gives every C# file to the one that compiles it.</summary>
internal sealed class ProjectDiscovery
{
    private readonly ISourceTree _tree;
    private readonly SourceListing _listing;
    private readonly HashSet<string> _present;
    private readonly List<Finding> _findings = [];

    private ProjectDiscovery(ISourceTree tree, SourceListing listing)
    {
        (_tree, _listing) = (tree, listing);
        _present = [.. listing.Files];
    }

    public static ProjectLayout Find(ISourceTree tree, string? solution, CancellationToken cancellation) =>
        new ProjectDiscovery(tree, tree.List(cancellation)).Find(solution, cancellation);

    private ProjectLayout Find(string? solution, CancellationToken cancellation)
    {
        SayWhatWasNotListed();
        var solutions = Solutions(solution);
        var all = _listing.Files.Where(f => HasExtension(f, ".csproj")).ToArray();
        var built = solutions.SelectMany(s => s.Projects).Where(_present.Contains).ToHashSet(StringComparer.Ordinal);
        var isAnyBuilt = built.Any(p => HasExtension(p, ".csproj"));
        var files = Built(isAnyBuilt ? all.Where(built.Contains) : all, cancellation);
        string[] chosen = [.. files.Select(f => f.Path)];
        SayLeftOut(all, chosen, solutions);
        SayOtherLanguages(isAnyBuilt ? built : null);

        var name = solutions.Count > 0 ? solutions[0].Name : _tree.Name;
        var sources = _listing.Files.Where(f => HasExtension(f, ".cs")).ToArray();
        var other = _listing.Files.Where(f => !HasExtension(f, ".cs")).ToImmutableArray();
        if (files.Count == 0)
        {
            return OfFolder(name, sources, other);
        }

        var owners = Owners(all, chosen, files, sources);
        var projects = Projects(files);
        return new(name, projects, [.. files.Select((f, i) => new ProjectDialect(ImplicitUsings.Of(f), FrameworkSymbols.Of(f, projects[i].Frameworks)))],
            [.. owners], other, [.. _findings]);
    }

    /// <summary>Projects and what they refer to, which is built with them though no solution may name it; in order of path.</summary>
    private List<BuildFile> Built(IEnumerable<string> named, CancellationToken cancellation)
    {
        var files = new SortedDictionary<string, BuildFile>(StringComparer.Ordinal);
        var left = new Queue<string>(named);
        while (left.TryDequeue(out var path))
        {
            cancellation.ThrowIfCancellationRequested();
            if (files.ContainsKey(path))
            {
                continue;
            }

            var file = files[path] = BuildFile.Read(_tree, _present, path);
            foreach (var other in file.Includes("ProjectReference").Select(file.Resolve).OfType<string>().Where(p => HasExtension(p, ".csproj") && _present.Contains(p)))
            {
                left.Enqueue(other);
            }
        }

        foreach (var file in files.Values.Where(f => f.Broken is not null))
        {
            Say(CodeFindings.ProjectUnreadable, file.Path, file.BrokenLine, $"'{file.Path}' cannot be read: {file.Broken}.", "Mend the file; until then every C# file below its folder is taken as its own.");
        }

        return [.. files.Values];
    }

    private static bool HasExtension(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>The solution that was asked for; else those beside the root; else the only one.</summary>
    private List<SolutionFile> Solutions(string? asked)
    {
        var all = _listing.Files.Where(f => HasExtension(f, ".sln") || HasExtension(f, ".slnx")).ToArray();
        string[] chosen = asked is not null ? [asked]
            : all.Where(f => !f.Contains('/')).ToArray() is { Length: > 0 } beside ? beside
            : all.Length == 1 ? all : [];
        var read = new List<SolutionFile>();
        foreach (var solution in chosen.Select(path => SolutionFile.Read(_tree, path)))
        {
            if (solution.Broken is { } broken)
            {
                Say(CodeFindings.SolutionUnreadable, solution.Path, 1, $"'{solution.Path}' does not tell which projects it builds: {broken}.", "Mend the solution, or name another one.");
            }
            else
            {
                read.Add(solution);
            }
        }

        return read;
    }

    private ProjectLayout OfFolder(string name, string[] sources, ImmutableArray<string> other)
    {
        var project = new CodeProject(0, "", name, CodeProjectKind.Library, [], [], []);
        return sources.Length == 0
            ? new(name, [], [], [], other, [.. _findings])
            : new(name, [project], [new(ImplicitUsings.ForAnybody, ["NET", "NETCOREAPP", "TRACE"])], [.. sources.Select(s => (s, 0))], other, [.. _findings]);
    }

    private static ImmutableArray<CodeProject> Projects(List<BuildFile> files)
    {
        var ids = files.Select((f, i) => (f.Path, i)).ToDictionary(p => p.Path, p => p.i, StringComparer.OrdinalIgnoreCase);
        var projects = files.Select((f, i) => new CodeProject(
            i, f.Path, f.Property("AssemblyName") is { } name && !name.Contains("$(", StringComparison.Ordinal) ? name : Path.GetFileNameWithoutExtension(f.Path), ProjectKinds.Of(f),
            [.. f.Includes("ProjectReference").Select(f.Resolve).OfType<string>().Where(ids.ContainsKey).Select(r => ids[r]).Where(r => r != i).Distinct().Order()],
            [.. f.Includes("PackageReference").Concat(f.Includes("Reference")).Concat(f.Includes("FrameworkReference")).Select(p => p.Split(',')[0].Trim()).Concat(Outside(f, ids)).Where(p => p.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. BuildFile.Parts(f.Property("TargetFrameworks") ?? f.Property("TargetFramework") ?? f.Property("TargetFrameworkVersion") ?? "").Where(t => !t.Contains("$(", StringComparison.Ordinal))])).ToArray();

        // A library in a folder of tests that only tests refer to is a part of the tests.
        var usedByOthers = projects.Where(p => p.Kind != CodeProjectKind.Test).SelectMany(p => p.References).ToHashSet();
        return [.. projects.Select(p => p.Kind == CodeProjectKind.Library && !usedByOthers.Contains(p.Id) && SourcePath.FolderOf(p.Path).Split('/').Any(ProjectKinds.IsTestFolder)
            ? p with { Kind = CodeProjectKind.Test } : p)];
    }

    /// <summary>Names of projects that lie outside of what is read: to this codebase they are packages.</summary>
    private static IEnumerable<string> Outside(BuildFile file, Dictionary<string, int> ids) =>
        file.Includes("ProjectReference").Where(r => HasExtension(r, ".csproj") && (file.Resolve(r) is not { } path || !ids.ContainsKey(path)))
            .Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/'))).Where(n => !n.Contains("$(", StringComparison.Ordinal));

    /// <summary>C# files with the project that compiles them, in order of path.</summary>
    private List<(string Path, int Project)> Owners(string[] all, string[] chosen, List<BuildFile> files, string[] sources)
    {
        var ids = chosen.Select((path, i) => (path, i)).ToDictionary(p => p.path, p => p.i, StringComparer.Ordinal);
        var byFolder = all.GroupBy(SourcePath.FolderOf, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        var rules = files.Select(f => new CompileRules(f)).ToArray();
        var owner = new Dictionary<string, int>(StringComparer.Ordinal);
        var (nobodys, dropped) = (new List<string>(), new List<string>());
        foreach (var path in sources)
        {
            var near = Nearest(path, byFolder);
            var claims = (near ?? []).Where(ids.ContainsKey).Select(p => ids[p]).Where(id => rules[id].Compiles(path)).ToArray();
            if (claims.Length > 0)
            {
                owner[path] = claims[0];
            }
            else if (near is null || near.Any(ids.ContainsKey))
            {
                (near is null ? nobodys : dropped).Add(path);
            }
        }

        // What another project links in belongs to it when nobody nearer compiles it.
        foreach (var (rule, id) in rules.Select((r, i) => (r, i)))
        {
            foreach (var path in rule.Linked(sources).Where(p => !owner.ContainsKey(p)))
            {
                owner[path] = id;
            }
        }

        SayNotCompiled([.. nobodys.Where(p => !owner.ContainsKey(p))], "no project has them below its folder");
        SayNotCompiled([.. dropped.Where(p => !owner.ContainsKey(p))], "the project of their folder leaves them out");
        return [.. owner.Select(o => (o.Key, o.Value)).OrderBy(o => o.Key, StringComparer.Ordinal)];
    }

    private static string[]? Nearest(string path, Dictionary<string, string[]> byFolder)
    {
        for (var folder = SourcePath.FolderOf(path); ; folder = SourcePath.FolderOf(folder))
        {
            if (byFolder.TryGetValue(folder, out var projects))
            {
                return projects;
            }

            if (folder.Length == 0)
            {
                return null;
            }
        }
    }

    private void SayWhatWasNotListed()
    {
        foreach (var folder in _listing.Refused)
        {
            Say(CodeFindings.FolderRefused, folder.Length == 0 ? "." : folder, 1, $"'{(folder.Length == 0 ? "." : folder)}' may not be listed.", "Give this user the right to read it, or leave it if nothing of the system lies there.");
        }

        if (_listing.Links > 0)
        {
            Say(CodeFindings.LinksNotFollowed, ".", 1, $"{Count(_listing.Links, "link")} not followed.", "Nothing, if what the links lead to lies in this folder too; else read that folder by its own path.");
        }

        if (_listing.IsCut)
        {
            Say(CodeFindings.ListCut, ".", 1, string.Create(CultureInfo.InvariantCulture, $"There are more than {DiskSourceTree.FilesMax:N0} files; the others were not listed."), "Name a folder that holds one system.");
        }
    }

    private void SayLeftOut(string[] all, string[] chosen, List<SolutionFile> solutions)
    {
        var left = all.Except(chosen, StringComparer.Ordinal).ToArray();
        if (left.Length > 0)
        {
            Say(CodeFindings.ProjectLeftOut, solutions[0].Path, 1, $"{Count(left.Length, "project")} left out, for example '{left[0]}'.", "Add what belongs to the system to the solution.");
        }
    }

    private void SayOtherLanguages(HashSet<string>? built)
    {
        foreach (var path in _listing.Files.Where(f => HasExtension(f, ".vbproj") || HasExtension(f, ".fsproj")).Where(f => built is null || built.Contains(f)))
        {
            Say(CodeFindings.OtherLanguage, path, 1, $"'{path}' is written in {(HasExtension(path, ".vbproj") ? "Visual Basic" : "F#")}.", "Keep in mind that what it does is not in the facts.");
        }
    }

    private void SayNotCompiled(string[] paths, string why)
    {
        if (paths.Length > 0)
        {
            Say(CodeFindings.NotCompiled, paths[0], 1, $"{Count(paths.Length, "C# file")} left out, because {why}; the first is '{paths[0]}'.", "Nothing, if they are scripts, samples or leftovers; else add them to a project.");
        }
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what} is" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}s are");

    private void Say(FindingRule rule, string path, int line, string message, string mend) =>
        _findings.Add(new() { Rule = rule, Message = message, Mend = mend, Place = new(path, line, 1, 1) });
}
