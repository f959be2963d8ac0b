using Conway.ManifestLint.Rules;

namespace Conway.ManifestLint;

/// <summary>All rules for manifests, in the order of the reference: the visible list.</summary>
public static class RuleCatalog
{
    /// <summary>Each rule once.</summary>
    public static IReadOnlyList<LintRule> All { get; } =
    [
        .. ReadingRules.All,
        .. FieldRules.All,
        .. ImageRules.All,
        .. ResourceRules.All,
        .. ProbeRules.All,
        .. UserRules.All,
        .. IsolationRules.All,
        .. SecretRules.All,
        .. ObjectRules.All,
        .. WorkloadRules.All,
        .. AvailabilityRules.All,
        .. NetworkRules.All,
        .. EdgeRules.All,
        .. ReferenceRules.All,
        .. RightsRules.All,
        .. StrictRules.All,
    ];

    /// <summary>The rule that a word names, by id, alias, or either without what stands before it; null when none is. Of several the first.</summary>
    public static LintRule? Find(string word) => Find(All, word);

    internal static LintRule? Find(IReadOnlyList<LintRule> rules, string word) => rules.FirstOrDefault(r => r.Id.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? rules.FirstOrDefault(r => r.IsNamed(word));
}
