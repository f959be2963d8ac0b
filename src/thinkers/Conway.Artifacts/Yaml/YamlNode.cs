using System.Globalization;

namespace Conway.Artifacts.Yaml;

/// <summary>A part of a YAML document that knows why it is there.</summary>
/// <remarks>A part without an origin has that of what it stands in.</remarks>
internal abstract record YamlNode
{
    /// <summary>Unset: that of the part around it.</summary>
    public Origin? Origin { get; init; }

    public static implicit operator YamlNode(string text) => new YamlText(text);

    public static implicit operator YamlNode(int number) => new YamlPlain(number.ToString(CultureInfo.InvariantCulture));

    public static implicit operator YamlNode(bool flag) => new YamlPlain(flag ? "true" : "false");
}

/// <summary>Text, quoted when it would be read as anything else.</summary>
internal sealed record YamlText(string Text) : YamlNode;

/// <summary>A number or a truth value, as it stands.</summary>
internal sealed record YamlPlain(string Text) : YamlNode;

/// <summary>Lines that stand as they are, each without control characters and without a space at its end.</summary>
internal sealed record YamlBlock(params IReadOnlyList<string> Lines) : YamlNode;

/// <summary>The same, each line with an origin of its own.</summary>
internal sealed record YamlLines(params IReadOnlyList<ArtifactLine> Lines) : YamlNode;

/// <summary>A document of its own as text, each line with the origin that it has there.</summary>
internal sealed record YamlDocument(YamlMap Content) : YamlNode;

/// <summary>A scalar that is written as it stands: an expression of a template.</summary>
internal sealed record YamlRaw(string Text) : YamlNode;

/// <summary>A line in place of an entry or item, such as <c>{{- if .Values.x }}</c>; or the whole value of a key, on a line of its own. <c>{indent}</c> is the column that it begins in.</summary>
internal sealed record YamlLine(string Text) : YamlNode;

/// <summary>A region that belongs to whoever edits the file, in place of an entry or item.</summary>
internal sealed record YamlKeep(string Name) : YamlNode;

/// <summary>A list; an empty one is written <c>[]</c>.</summary>
internal sealed record YamlList(params IReadOnlyList<YamlNode> Items) : YamlNode
{
    public static YamlList Of(IEnumerable<string> texts) => new([.. texts.Select(text => (YamlNode)text)]);
}

/// <summary>A map in the order in which its keys were set; an empty one is written <c>{}</c>.</summary>
internal sealed record YamlMap : YamlNode
{
    private readonly List<(string Key, YamlNode Value)> _entries = [];

    public IReadOnlyList<(string Key, YamlNode Value)> Entries => _entries;

    public YamlNode? this[string key] => _entries.FirstOrDefault(entry => entry.Key == key).Value;

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Sets a key that is not there yet.</summary>
    public YamlMap Set(string key, YamlNode value)
    {
        if (_entries.Any(entry => entry.Key == key))
        {
            throw new InvalidOperationException($"The key '{key}' is set twice.");
        }

        _entries.Add((key, value));
        return this;
    }

    /// <summary>Sets a key for a reason of its own.</summary>
    public YamlMap Set(string key, YamlNode value, ArtifactRule rule, string path) => Set(key, value with { Origin = new Origin(path, rule) });

    /// <summary>Sets a key when there is a value.</summary>
    public YamlMap SetIf(bool has, string key, Func<YamlNode> value) => has ? Set(key, value()) : this;

    /// <summary>Sets a key in its place, there already or last.</summary>
    public YamlMap Put(string key, YamlNode value)
    {
        var at = _entries.FindIndex(entry => entry.Key == key);
        if (at < 0)
        {
            _entries.Add((key, value));
        }
        else
        {
            _entries[at] = (key, value with { Origin = value.Origin ?? _entries[at].Value.Origin });
        }

        return this;
    }

    /// <summary>Takes a key out; null when it was not there.</summary>
    public YamlNode? Take(string key)
    {
        var value = this[key];
        _entries.RemoveAll(entry => entry.Key == key);
        return value;
    }

    /// <summary>Adds an entry before that of a key, or last. The key may be empty for what is no entry.</summary>
    public YamlMap Insert(string? before, string key, YamlNode value)
    {
        var at = before is null ? -1 : _entries.FindIndex(entry => entry.Key == before);
        _entries.Insert(at < 0 ? _entries.Count : at, (key, value));
        return this;
    }

    /// <summary>Adds lines of a template around what stands under a key.</summary>
    public YamlMap Around(string key, string before, string after, Origin origin)
    {
        var at = _entries.FindIndex(entry => entry.Key == key);
        _entries.Insert(at + 1, ("", new YamlLine(after) { Origin = origin }));
        _entries.Insert(at, ("", new YamlLine(before) { Origin = origin }));
        return this;
    }

    /// <summary>A comment in place of an entry.</summary>
    public YamlMap Comment(string text, Origin origin) => Insert(null, "", new YamlLine("# " + text) { Origin = origin });

    /// <summary>A region in place of an entry.</summary>
    public YamlMap KeepRegion(string name, string path)
    {
        _entries.Add(("", new YamlKeep(name) { Origin = new Origin(path, ArtifactRules.KeepRegion) }));
        return this;
    }
}
