using System.Text.RegularExpressions;

namespace Conway.Diagrams.Tests;

/// <summary>Reads a workspace as the reference of the Structurizr DSL describes it, and holds it to the rules that the language has beside its grammar.</summary>
internal sealed partial class StructurizrReading
{
    // What may stand in which block, and which block it opens.
    private static readonly Dictionary<string, (string Pattern, string? Opens)[]> Grammar = new()
    {
        [""] = [("workspace S S", "workspace")],
        ["workspace"] = [("model", "model"), ("views", "views")],
        ["model"] = [("I = person S S", null), ("I = softwareSystem S S", "system"), ("I = softwareSystem S S S", null), ("I = element S S S S", null), ("I -> I S S S", null), ("deploymentEnvironment S", "environment")],
        ["system"] = [("I = container S S S S", "container?"), ("group S", "group")],
        ["group"] = [("I = container S S S S", "container?")],
        ["container"] = [("I = component S S S S", null)],
        ["environment"] = [("deploymentNode S S S", "node"), ("deploymentNode S S S S N", "node")],
        ["node"] = [("containerInstance I", null), ("softwareSystemInstance I", null)],
        ["views"] = [("systemContext I S S", "view"), ("container I S S", "view"), ("component I S S", "view"), ("dynamic I S S", "steps"), ("deployment I S S S", "view"), ("custom S S", "view"), ("styles", "styles")],
        ["view"] = [("include *", null), ("include I+", null), ("include", null), ("autoLayout lr", null)],
        ["steps"] = [("I -> I S", null), ("autoLayout lr", null)],
        ["styles"] = [("element S", "style"), ("relationship S", "style")],
        ["style"] = [("shape W", null), ("border dashed", null), ("dashed W", null)],
    };

    private readonly Dictionary<string, (string Kind, string Name, string? Parent)> _elements = [];
    private readonly HashSet<(string From, string To, string Says)> _relations = [];

    public List<string> Views { get; } = [];

    public HashSet<string> Names => [.. _elements.Values.Where(one => one.Kind == "container").Select(one => one.Name)];

    public int Relations => _relations.Count;

    public static StructurizrReading Of(string text)
    {
        var reading = new StructurizrReading();
        var blocks = new Stack<(string Block, string? Id)>([("", null)]);
        foreach (var raw in text.TrimEnd('\n').Split('\n'))
        {
            var line = raw.Trim();
            Assert.Equal(new string(' ', (blocks.Count - (line == "}" ? 2 : 1)) * 4) + line, raw);
            if (line.StartsWith('#'))
            {
                continue;
            }

            if (line == "}")
            {
                Assert.True(blocks.Count > 1, "closes nothing");
                blocks.Pop();
                continue;
            }

            var opens = line.EndsWith(" {", StringComparison.Ordinal);
            var words = Word().Matches(opens ? line[..^2] : line).Select(match => match.Value).ToArray();
            Assert.Equal(opens ? line[..^2] : line, string.Join(' ', words));
            var form = Grammar[blocks.Peek().Block].FirstOrDefault(one => Fits(one.Pattern, words) && (one.Opens is null ? !opens : opens || one.Opens.EndsWith('?')));
            Assert.True(form.Pattern is not null, $"not in a {blocks.Peek().Block}: {line}");
            var id = reading.Take(blocks.Peek(), words);
            if (opens)
            {
                blocks.Push((form.Opens!.TrimEnd('?'), id ?? blocks.Peek().Id));
            }
        }

        Assert.Single(blocks);
        return reading;
    }

    private string? Take((string Block, string? Id) at, string[] words)
    {
        if (words is [var id, "=", var kind, var name, ..])
        {
            Assert.False(_elements.ContainsKey(id), $"declared twice: {id}");

            // Names are unique among siblings: containers in their system, components in their container, all else in the model.
            var parent = at.Block is "system" or "group" or "container" ? at.Id : null;
            Assert.DoesNotContain(_elements.Values, one => one.Name == name.Trim('"') && one.Kind == kind && one.Parent == parent);
            _elements[id] = (kind, name.Trim('"'), parent);
            return id;
        }

        if (words is [var from, "->", var to, var says, ..])
        {
            Assert.True(_elements.ContainsKey(from) && _elements.ContainsKey(to), $"nobody declares {from} or {to}");
            if (at.Block == "steps")
            {
                Assert.Contains(_relations, one => one.From == from && one.To == to);
            }
            else
            {
                Assert.True(_elements[from].Parent != to && _elements[to].Parent != from, $"a part of {to} or {from} cannot be related with it");
                Assert.True(_relations.Add((from, to, says)), $"said twice: {from} -> {to} {says}");
            }

            return null;
        }

        switch (words[0])
        {
            case "containerInstance": Assert.Equal("container", _elements[words[1]].Kind); break;
            case "softwareSystemInstance": Assert.Equal("softwareSystem", _elements[words[1]].Kind); break;
            case "include": Assert.All(words[1..].Where(word => word != "*"), word => Assert.True(_elements.ContainsKey(word), $"nobody declares {word}")); break;
            case "systemContext" or "container" or "dynamic": Assert.Equal("softwareSystem", _elements[words[1]].Kind); View(words[2]); break;
            case "deployment": Assert.Equal("softwareSystem", _elements[words[1]].Kind); View(words[3]); break;
            case "component": Assert.Equal("container", _elements[words[1]].Kind); View(words[2]); break;
            case "custom": View(words[1]); break;
        }

        return null;
    }

    private void View(string quoted)
    {
        var key = quoted.Trim('"');
        Assert.Matches("^[A-Za-z0-9_-]+$", key);
        Assert.DoesNotContain(key, Views);
        Views.Add(key);
    }

    private static bool Fits(string pattern, string[] words)
    {
        var parts = pattern.Split(' ');
        if (parts[^1] == "I+")
        {
            return words.Length >= parts.Length && words[0] == parts[0] && words[1..].All(word => Id().IsMatch(word));
        }

        return parts.Length == words.Length && parts.Zip(words).All(pair => pair.First switch
        {
            "I" => Id().IsMatch(pair.Second),
            "S" => pair.Second.StartsWith('"'),
            "N" => int.TryParse(pair.Second, out var number) && number > 0,
            "W" => Regex.IsMatch(pair.Second, "^[A-Za-z]+$"),
            var word => word == pair.Second,
        });
    }

    // A string ends at the next quote: nothing in it may be one.
    [GeneratedRegex("\"[^\"\\\\]*\"|[^\\s\"]+")]
    private static partial Regex Word();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex Id();
}
