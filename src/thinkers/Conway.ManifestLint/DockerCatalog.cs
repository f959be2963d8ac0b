using Conway.ManifestLint.Dockerfiles.Rules;

namespace Conway.ManifestLint;

/// <summary>All rules for Dockerfiles, in the order of the reference: the visible list.</summary>
public static class DockerCatalog
{
    /// <summary>Each rule once.</summary>
    public static IReadOnlyList<LintRule> All { get; } = [.. BaseRules.All, .. UserRules.All, .. FileRules.All, .. PackageRules.All, .. CommandRules.All, .. ImageRules.All];

    /// <summary>The rule that a word names, by id, alias, or either without what stands before it; null when none is. Of several the first.</summary>
    public static LintRule? Find(string word) => RuleCatalog.Find(All, word);
}
