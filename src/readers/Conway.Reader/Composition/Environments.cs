using Conway.Findings;
using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader.Composition;

/// <summary>The settings of each environment, gathered from every file.</summary>
internal sealed class Environments(ModelFiles files, List<Finding> findings)
{
    /// <summary>The key in any file.</summary>
    public const string Key = "environments";

    private readonly Dictionary<string, MapNode> _settings = new(StringComparer.Ordinal);
    private readonly List<MapEntry> _declared = [];
    private ScalarNode? _key;

    public IReadOnlyCollection<string> Names => [.. _settings.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Each name where it was declared under the key.</summary>
    public IReadOnlyList<MapEntry> Declared => _declared;

    public MapNode? Settings(string name) => _settings.GetValueOrDefault(name);

    /// <summary>Takes what a file says about environments.</summary>
    public void Take(MapEntry environments)
    {
        _key ??= environments.Key;
        if (environments.Value is not MapNode map)
        {
            if (environments.Value is not ScalarNode { IsNull: true })
            {
                findings.Add(WrongType(environments.Value, "'environments' is a map of names, and this is", "Write the name of an environment, and its settings indented below it."));
            }

            return;
        }

        foreach (var entry in map.Entries)
        {
            _declared.Add(entry);
            if (entry.Value is MapNode settings)
            {
                Join(entry.Key.Text, settings);
            }
            else if (entry.Value is ScalarNode { IsNull: true })
            {
                _settings.TryAdd(entry.Key.Text, new MapNode(entry.Value.Source, entry.Value.Start, entry.Value.End, true, []));
            }
            else
            {
                findings.Add(WrongType(entry.Value, $"'{entry.Key.Text}' is a map of settings, and this is", "Write keys of the model, indented below it."));
            }
        }
    }

    /// <summary>Takes the files beside the first one.</summary>
    public void TakeBeside()
    {
        foreach (var name in files.EnvironmentsBeside())
        {
            var root = files.Beside(name)?.Root;
            if (root is MapNode map)
            {
                Join(name, map);
            }
            else
            {
                _settings.TryAdd(name, new MapNode(new SourceText("", ""), 0, 0, true, []));
                if (root is not (null or ScalarNode { IsNull: true }))
                {
                    findings.Add(WrongType(root, "The settings of an environment are a map, and this is", "Write keys of the model."));
                }
            }
        }
    }

    /// <summary>The finding for a name that no file describes.</summary>
    public Finding Unknown(string name)
    {
        var meant = DidYouMean.Closest(name, Names);
        return new Finding
        {
            Rule = ReaderFindings.UnknownEnvironment,
            Message = $"There is no environment '{name}'.",
            Mend = meant is not null ? $"Write '{meant}'."
                : Names.Count > 0 ? $"Choose one of {string.Join(", ", Names)}."
                : $"Describe it under 'environments', or in a file 'conway.{name}.yaml' beside the first one.",
            Place = _key?.Span,
        };
    }

    private void Join(string name, MapNode settings)
    {
        foreach (var misplaced in settings.Entries.Where(e => e.Key.Text is "include" or Key))
        {
            findings.Add(new Finding { Rule = ReaderFindings.MisplacedKey, Message = $"'{misplaced.Key.Text}' cannot stand in the settings of an environment.", Mend = "Move it to the top of the first file.", Place = misplaced.Key.Span });
        }

        settings = settings with { Entries = [.. settings.Entries.Where(e => e.Key.Text is not ("include" or Key))] };
        _settings[name] = _settings.TryGetValue(name, out var known) ? new Merge(findings, isOverlay: true).Maps(RecordShape.Root, known, settings) : settings;
    }

    private static Finding WrongType(Node node, string what, string mend) =>
        new() { Rule = ReaderFindings.WrongType, Message = $"{what} {node.Kind}.", Mend = mend, Place = node.Span };
}
