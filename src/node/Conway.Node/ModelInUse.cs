using Conway.Findings;

namespace Conway.Node;

/// <summary>The model that runs, and the one on disk when that is worse. Replaced whole; readers never lock.</summary>
internal sealed class ModelInUse
{
    private volatile State _state;

    public ModelInUse(LoadedModel model, IReadOnlyList<Finding> planFindings) => _state = new State(model, model, planFindings, 1);

    /// <summary>What runs.</summary>
    public LoadedModel Current => _state.Current;

    /// <summary>What is on disk.</summary>
    public LoadedModel Latest => _state.Latest;

    public int Revision => _state.Revision;

    /// <summary>Whether what is on disk runs.</summary>
    public bool Accepted => ReferenceEquals(_state.Current, _state.Latest);

    /// <summary>Of what is on disk, since that is what a person is looking at, and of the plan.</summary>
    public IReadOnlyList<Finding> Findings => [.. _state.Latest.Findings, .. _state.PlanFindings];

    public void Accept(LoadedModel next, IReadOnlyList<Finding> planFindings, bool changed) =>
        _state = new State(next, next, planFindings, changed ? _state.Revision + 1 : _state.Revision);

    public void Refuse(LoadedModel next) => _state = _state with { Latest = next };

    /// <summary>Folders that hold the model's files.</summary>
    public IEnumerable<string> WatchedFolders(string folder) =>
        Latest.Files.Select(f => Path.GetDirectoryName(Path.Combine(folder, f))!).Append(folder).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a file says something else now than when it was read.</summary>
    public bool DiffersFromDisk(string folder)
    {
        try
        {
            return Latest.Map.Texts.Any(t => File.ReadAllText(Path.Combine(folder, t.Key)) != t.Value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true; // it went, or cannot be read any more: reading the model again will say so
        }
    }

    /// <summary>Whether one of the files belongs to the model, or is a YAML file that a glob of the model may now take in.</summary>
    public bool IsTouchedBy(IReadOnlySet<string> files, string folder)
    {
        var own = Latest.Files.Select(f => Path.GetFullPath(Path.Combine(folder, f))).ToHashSet(StringComparer.Ordinal);
        return files.Any(f => own.Contains(f)
            || f == folder
            || (f.EndsWith(".yaml", StringComparison.Ordinal) && f.StartsWith(folder, StringComparison.Ordinal) && !f.Contains("/.conway/", StringComparison.Ordinal)));
    }

    private sealed record State(LoadedModel Current, LoadedModel Latest, IReadOnlyList<Finding> PlanFindings, int Revision);
}
