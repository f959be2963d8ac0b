using Conway.Findings;

namespace Conway.ManifestFacts.Yaml;

/// <summary>A text of YAML, or of JSON, which is YAML too, to its documents.</summary>
/// <param name="Documents">Those before the mistake, each with the places of all its parts.</param>
/// <param name="Problem">Why the rest could not be read, as a clause. Unset: all was read.</param>
/// <param name="At">Where that is.</param>
public sealed record YamlText(IReadOnlyList<Part> Documents, string? Problem, SourceSpan At)
{
    /// <summary>Reads a text; never throws for what is written in it.</summary>
    /// <param name="file">As a person would type it, for places.</param>
    /// <param name="text">All of it.</param>
    /// <param name="partsMax">Most scalars, lists and maps, those that an alias names counted each time: a bound of memory. Nesting is bounded by 64.</param>
    public static YamlText Read(string file, string text, int partsMax = Yaml.Documents.PartsMax)
    {
        // Tools indent JSON by tabs, which YAML does not allow; inside its strings there are none.
        var json = file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? text.Replace('\t', ' ') : text;
        var documents = Yaml.Documents.Read(file, json, partsMax, out var problem, out var at);
        return new YamlText(documents, problem, at);
    }
}
