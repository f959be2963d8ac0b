using Conway.CodeFacts;
using Conway.Decomposition.Constraining;
using YamlDotNet.RepresentationModel;

namespace Conway.Decomposition.Bench.Truths;

/// <summary>A truth file: see <c>docs/reference/truth-file.md</c>. Shared, technical and contested types are not scored here.</summary>
internal static class TruthYaml
{
    public static Truth Read(string path, Codebase code)
    {
        var yaml = new YamlStream();
        using (var reader = File.OpenText(path))
        {
            yaml.Load(reader);
        }

        var services = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children["services"];
        var modules = services.Children.Keys.Select(k => k.ToString()).ToArray();
        var patterns = services.Children.Values.SelectMany((service, index) =>
            ((YamlSequenceNode)((YamlMappingNode)service).Children["types"]).Select(t => (Pattern: new TypePattern(t.ToString()), Module: index))).ToArray();

        // A name beats a glob, more parts beat fewer, the first counts.
        var ranked = patterns.Select((p, i) => (p.Pattern, p.Module, Order: i)).OrderBy(p => p.Pattern.Text.AsSpan().ContainsAny('*', '?')).ThenByDescending(p => p.Pattern.Text.Count(c => c == '.')).ThenBy(p => p.Order).ToArray();
        return new Truth([.. modules], [.. code.Types.Select(t => ranked.Where(p => p.Pattern.Fits(t.FullName)).Select(p => p.Module).DefaultIfEmpty(-1).First())]);
    }
}
