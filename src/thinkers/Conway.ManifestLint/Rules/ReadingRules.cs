using Conway.Findings;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>That there is something to judge. Their findings come from reading.</summary>
internal static class ReadingRules
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("unreadable", Severity.Error, "The file is YAML or JSON, within bounds", "What cannot be read cannot be applied, and nobody has judged it.",
            "Mend the file where the finding points.", "KL:schema-validation", static _ => []),
        Rule("template", Severity.Info, "The file is a manifest and no template", "What a template will say depends on values that are not in it, so nothing in it was judged.",
            "Render it first: 'helm template DIR > all.yaml'.", "", static _ => []),
    ];
}
