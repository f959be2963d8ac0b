using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Conway.Builds;

/// <summary>What was built last, from which inputs: <c>.conway/build/ledger.json</c>. Losing it costs one build, so a broken file is an empty one.</summary>
internal sealed class BuildLedger
{
    private readonly string _file;
    private readonly Dictionary<string, Entry> _entries;

    /// <summary>One build that succeeded.</summary>
    /// <param name="Inputs">Fingerprint of its inputs; null when a later build began and did not succeed, so that the output may be anything.</param>
    /// <param name="Projects">Fingerprint of the project files for which packages were restored; null when that is not known.</param>
    /// <param name="References">Fingerprint of what its referenced projects were built from; null when that is not known.</param>
    /// <param name="Makeup">What came out of which contents.</param>
    public sealed record Entry(string? Inputs, string? Projects, string? References, string? Output, Makeup Makeup)
    {
        public static Entry Of(InputPrints prints, string? output, Makeup makeup) => new(prints.All, prints.Projects, prints.References, output, makeup);

        public Entry With(InputPrints prints) => this with { Inputs = prints.All, Projects = prints.Projects, References = prints.References };

        /// <summary>As little as is needed now: packages are restored when a project file changed, referenced projects are built when one of their files did.</summary>
        public BuildScope ScopeFor(InputPrints now) =>
            Projects != now.Projects ? BuildScope.RestoreAndBuild : References != now.References ? BuildScope.Build : BuildScope.OwnCode;
    }

    public BuildLedger(string file)
    {
        _file = file;
        try
        {
            _entries = File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllText(file)) ?? [] : [];
            foreach (var (key, entry) in _entries.Where(e => e.Value.Makeup is null).ToArray())
            {
                _entries[key] = entry with { Makeup = Makeup.Unknown };
            }
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            _entries = [];
        }
    }

    /// <summary>The last build, when nothing that goes into it was written since and its output is still there.</summary>
    public bool TryGet(string key, string fingerprint, [NotNullWhen(true)] out Entry? entry) =>
        TryGetLast(key, out entry) && entry.Inputs == fingerprint;

    /// <summary>The last build, when the contents of what goes into it are what they were, whoever wrote them again meanwhile.</summary>
    public bool TryGet(string key, Makeup contents, [NotNullWhen(true)] out Entry? entry) =>
        TryGetLast(key, out entry) && entry.Inputs is not null && (entry.Makeup with { Output = null }).IsSameProgramAs(contents);

    /// <summary>The last build, whatever its inputs were, when its output is still there.</summary>
    public bool TryGetLast(string key, [NotNullWhen(true)] out Entry? entry)
    {
        lock (_entries)
        {
            return _entries.TryGetValue(key, out entry) && (entry.Output is null || File.Exists(entry.Output));
        }
    }

    /// <summary>A build begins: until it succeeds nobody knows what its output is, nor what became of that which it goes beyond the code for.</summary>
    public void Begin(string key, BuildScope scope)
    {
        lock (_entries)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                _entries[key] = entry with
                {
                    Inputs = null,
                    Projects = scope == BuildScope.RestoreAndBuild ? null : entry.Projects,
                    References = scope == BuildScope.OwnCode ? entry.References : null,
                };
                Save();
            }
        }
    }

    public void Set(string key, Entry entry)
    {
        lock (_entries)
        {
            _entries[key] = entry;
            Save();
        }
    }

    /// <summary>A build failed, but came as far as this service's own code: packages are restored, and what it references is built.</summary>
    public void Prepared(string key, InputPrints prints)
    {
        lock (_entries)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                _entries[key] = entry with { Projects = prints.Projects, References = prints.References };
                Save();
            }
        }
    }

    private void Save()
    {
        var beside = _file + ".new";
        try
        {
            File.WriteAllText(beside, JsonSerializer.Serialize(_entries));
            File.Move(beside, _file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full or read-only disk: the next start builds again.
        }
    }
}
