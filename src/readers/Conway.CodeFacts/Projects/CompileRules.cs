namespace Conway.CodeFacts.Projects;

/// <summary>Which C# files a project compiles.</summary>
internal sealed class CompileRules
{
    private readonly bool _isEverythingBelow;
    private readonly string[] _included;
    private readonly string[] _removed;
    private readonly HashSet<string> _exact;
    private readonly string[] _globs;

    public CompileRules(BuildFile file)
    {
        // An unreadable project says nothing, so everything below its folder is taken.
        _isEverythingBelow = file.Broken is not null
            || (file.Sdk is not null && !IsFalse(file.Property("EnableDefaultCompileItems")) && !IsFalse(file.Property("EnableDefaultItems")));
        var compile = file.Items.Where(i => i.Name == "Compile").ToArray();
        _included = [.. compile.SelectMany(i => BuildFile.Parts(i.Include ?? "")).Select(file.Resolve).OfType<string>()];
        _removed = [.. compile.Where(i => i.IsSure).SelectMany(i => BuildFile.Parts(i.Remove ?? "").Concat(BuildFile.Parts(i.Exclude ?? ""))).Select(file.Resolve).OfType<string>()];
        _exact = _included.Where(p => !IsGlob(p)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _globs = [.. _included.Where(IsGlob)];
    }

    /// <summary>Whether it compiles a file that has no nearer project.</summary>
    public bool Compiles(string path) => IsIncluded(path) || (_isEverythingBelow && !_removed.Any(r => Files.SourcePath.Matches(r, path)));

    /// <summary>Files that it names, wherever they lie.</summary>
    public IEnumerable<string> Linked(IEnumerable<string> sources) => _included.Length == 0 ? [] : sources.Where(IsIncluded);

    private bool IsIncluded(string path) =>
        _exact.Contains(path) || (_globs.Any(g => Files.SourcePath.Matches(g, path)) && !_removed.Any(r => Files.SourcePath.Matches(r, path)));

    private static bool IsGlob(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0;

    private static bool IsFalse(string? value) => value is not null && value.Equals("false", StringComparison.OrdinalIgnoreCase);
}
