using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Conway.Builds;

/// <summary>The files a service is made of: where to watch, which files count, and a fingerprint that changes when one of them does.</summary>
/// <remarks>Immutable. Whether something was written is told by path, size and time, since reading a thousand files each time would cost more than it
/// saves; whether it was another thing that was written is told by contents.</remarks>
public sealed class BuildInputs
{
    private static readonly HashSet<string> NotBelow = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "artifacts", "node_modules", "TestResults" };

    private static readonly HashSet<string> DotNetFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        ".cs", ".csproj", ".fs", ".fsproj", ".vb", ".vbproj", ".props", ".targets", ".json", ".razor", ".cshtml", ".resx", ".proto", ".sql",
        ".html", ".css", ".js", ".config", ".editorconfig", ".txt", ".xml", ".yaml", ".yml", ".svg", ".png", ".ico", ".md",
    };

    /// <summary>What only compiler and MSBuild read; everything else the program may read itself, from its own folder, while it runs.</summary>
    private static readonly HashSet<string> CodeFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        ".cs", ".csproj", ".fs", ".fsproj", ".vb", ".vbproj", ".props", ".targets", ".resx", ".editorconfig",
    };

    /// <summary>What decides which packages a project has.</summary>
    private static readonly HashSet<string> ProjectFiles = new(StringComparer.OrdinalIgnoreCase) { ".csproj", ".fsproj", ".vbproj", ".props", ".targets" };

    /// <summary>What programs write while they run, and editors while one types; never a source.</summary>
    private static readonly string[] NeverInput = [".db", ".db-wal", ".db-shm", ".db-journal", ".sqlite", ".sqlite3", ".log", ".pid", ".tmp", ".swp", ".swx", "~"];

    /// <summary>Where this process's own output goes, when that is a file: <c>conway run > out.txt</c> in the system's folder must not change the system.</summary>
    private static readonly string?[] OwnOutput = [OpenFile(1), OpenFile(2)];

    private static readonly string[] Ancestors = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config", "NuGet.config", "NuGet.Config"];

    private readonly Func<string, string, bool> _counts;
    private readonly IReadOnlyList<string> _single;
    private readonly bool _builtByCompiler;

    private BuildInputs(IReadOnlyList<string> folders, IReadOnlyList<string> single, bool builtByCompiler, Func<string, string, bool> counts)
    {
        _builtByCompiler = builtByCompiler;
        Folders = folders;
        _single = single;
        _counts = counts;
    }

    /// <summary>Absolute folders to watch, with everything below; its own is the first.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>Of a .NET project: its own files, those of the projects it references, and the build settings above them.</summary>
    /// <param name="globs">What counts in its own folder; empty: everything a build may read.</param>
    public static BuildInputs OfProject(string project, IReadOnlyList<string> globs)
    {
        var own = Path.GetDirectoryName(Path.GetFullPath(project))!;
        var patterns = globs.Append("*.*proj").Select(g => new PathGlob(g)).ToArray();
        var projects = ProjectFile.Closure(project);
        var folders = projects.Select(p => Path.GetDirectoryName(p)!).Distinct(StringComparer.Ordinal).ToArray();
        var above = folders.SelectMany(Above).Distinct(StringComparer.Ordinal).ToArray();
        return new BuildInputs(folders, above, builtByCompiler: true, (root, file) => globs.Count > 0 && root == own
            ? patterns.Any(p => p.Matches(Path.GetRelativePath(root, file).Replace('\\', '/')))
            : DotNetFiles.Contains(Path.GetExtension(file)));
    }

    /// <summary>Of a command: what its globs say, or everything in its folder.</summary>
    public static BuildInputs OfFolder(string folder, IReadOnlyList<string> globs)
    {
        var patterns = globs.Select(g => new PathGlob(g)).ToArray();
        return new BuildInputs([folder], [], builtByCompiler: false, (root, file) =>
            patterns.Length == 0 ? !IsNoInput(file) && !OwnOutput.Contains(file) : patterns.Any(p => p.Matches(Path.GetRelativePath(root, file).Replace('\\', '/'))));
    }

    /// <summary>Whether a change of this file is a change of the service.</summary>
    public bool Contains(string file)
    {
        if (_single.Contains(file))
        {
            return true;
        }

        var root = Folders.FirstOrDefault(f => IsBelow(file, f));
        return root is not null
            && !Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(Hidden)
            && _counts(root, file);
    }

    /// <summary>Changes when a file comes, goes, or is written.</summary>
    public string Fingerprint() => Fingerprint(All());

    /// <summary>Fingerprints of all files and of two parts of them that decide how much of a build is needed.</summary>
    internal InputPrints Prints()
    {
        var all = All().ToArray();
        return new InputPrints(
            Fingerprint(all),
            Fingerprint(all.Where(f => ProjectFiles.Contains(f.Extension) || f.Name == "packages.lock.json" || _single.Contains(f.FullName))),
            Fingerprint(all.Where(f => Folders.Skip(1).Any(other => IsBelow(f.FullName, other)) || !IsBelow(f.FullName, Folders[0]))));
    }

    private static string Fingerprint(IEnumerable<FileInfo> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[16];
        foreach (var info in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(info.FullName));
            BinaryPrimitives.WriteInt64LittleEndian(buffer, info.Length);
            BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(8), info.LastWriteTimeUtc.Ticks);
            hash.AppendData(buffer);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>What the files hold now, without what a build makes of it.</summary>
    internal Makeup Contents(FileDigests digests)
    {
        var files = All().ToLookup(f => _builtByCompiler && (CodeFiles.Contains(f.Extension) || _single.Contains(f.FullName)));
        return new Makeup(digests.Of([.. files[true]]), digests.Of([.. files[false]]), null);
    }

    /// <summary>Digest of everything that lies where a build put its output.</summary>
    internal static string? OutputOf(string assembly, FileDigests digests)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(assembly)!);
        try
        {
            return digests.Of([.. folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(f => !IsNoInput(f.Name))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private IEnumerable<FileInfo> All() => Folders.SelectMany(f => Files(f, f)).Concat(_single).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        .Select(f => new FileInfo(f)).Where(f => f.Exists);

    private IEnumerable<string> Files(string root, string folder)
    {
        string[] files, folders;
        try
        {
            files = Directory.GetFiles(folder);
            folders = Directory.GetDirectories(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break; // it went while we looked, or is not ours to read
        }

        foreach (var file in files.Where(f => !Hidden(Path.GetFileName(f)) && _counts(root, f)))
        {
            yield return file;
        }

        foreach (var file in folders.Where(d => !Hidden(Path.GetFileName(d)) && new DirectoryInfo(d).LinkTarget is null).SelectMany(d => Files(root, d)))
        {
            yield return file;
        }
    }

    private static string? OpenFile(int descriptor)
    {
        try
        {
            return new FileInfo($"/proc/self/fd/{descriptor}").ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            return null; // a pipe or a socket, or a system without /proc
        }
    }

    private static bool IsBelow(string file, string folder) => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool IsNoInput(string file) => NeverInput.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static bool Hidden(string name) => NotBelow.Contains(name) || (name.StartsWith('.') && name != ".editorconfig");

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            foreach (var name in Ancestors)
            {
                if (Path.Combine(at, name) is var file && File.Exists(file))
                {
                    yield return file;
                }
            }
        }
    }
}

/// <summary>Fingerprints of what a service is made of.</summary>
/// <param name="All">Of every file.</param>
/// <param name="Projects">Of those that decide which packages there are: while it stays, nothing has to be restored.</param>
/// <param name="References">Of those that may go into projects it references: while it stays, these need not be built.</param>
internal sealed record InputPrints(string All, string Projects, string References);
