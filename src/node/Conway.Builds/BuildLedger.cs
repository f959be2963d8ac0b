using System.Text.Json;

namespace Conway.Builds;

/// <summary>What was built last, from which inputs: <c>.conway/build/ledger.json</c>. Losing it costs one build, so a broken file is an empty one.</summary>
internal sealed class BuildLedger
{
    private readonly string _file;
    private readonly Dictionary<string, Entry> _entries;

    public BuildLedger(string file)
    {
        _file = file;
        try
        {
            _entries = File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllText(file)) ?? [] : [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            _entries = [];
        }
    }

    /// <summary>The output of the last build, when it was made from exactly these inputs and is still there.</summary>
    public bool TryGet(string key, string fingerprint, out string? output)
    {
        lock (_entries)
        {
            output = null;
            if (!_entries.TryGetValue(key, out var entry) || entry.Fingerprint != fingerprint || (entry.Output is { } file && !File.Exists(file)))
            {
                return false;
            }

            output = entry.Output;
            return true;
        }
    }

    /// <summary>The output of the last build, whatever its inputs were, when it is still there.</summary>
    public bool TryGetLast(string key, out string? output)
    {
        lock (_entries)
        {
            output = _entries.GetValueOrDefault(key)?.Output;
            return _entries.ContainsKey(key) && (output is null || File.Exists(output));
        }
    }

    public void Set(string key, string fingerprint, string? output)
    {
        lock (_entries)
        {
            _entries[key] = new Entry(fingerprint, output);
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

    private sealed record Entry(string Fingerprint, string? Output);
}
