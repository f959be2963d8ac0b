using Conway.Findings;
using Conway.ManifestLint.Dockerfiles;
using Conway.ManifestLint.Manifests;

namespace Conway.ManifestLint;

/// <summary>One thing that is asked of manifests, or of Dockerfiles.</summary>
/// <param name="Id">Stable for ever: <c>K8S-run-as-non-root</c>, <c>DOCKER-sudo</c>. It is the code of its findings.</param>
/// <param name="Severity">Of its findings.</param>
/// <param name="Requirement">What has to be so, in a few words, without a full stop.</param>
/// <param name="Why">One sentence: what goes wrong otherwise.</param>
/// <param name="Fix">What to write, in the YAML of the manifest where that is possible.</param>
/// <param name="Aliases">What other tools call it, each with the tool before a colon: <c>KL:run-as-non-root</c>, <c>CKV_K8S_23</c>.</param>
public sealed record LintRule(string Id, Severity Severity, string Requirement, string Why, string Fix, IReadOnlyList<string> Aliases)
{
    /// <summary>Judged only when it is asked for.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The Pod Security Standard that demands it. Unset: none does.</summary>
    public PodSecurity? Standard { get; init; }

    /// <summary>As a kind of finding.</summary>
    public FindingRule Rule => field ??= new FindingRule(Id, Severity, Requirement, Why);

    internal Func<ManifestSet, IEnumerable<Hit>> Judge { get; init; } = static _ => [];

    internal Func<Dockerfile, LintOptions, IEnumerable<DockerHit>> JudgeFile { get; init; } = static (_, _) => [];

    /// <summary>Whether a word names this rule: its id with or without <c>K8S-</c> or <c>DOCKER-</c>, or an alias with or without its tool.</summary>
    public bool IsNamed(string word) =>
        Id.Equals(word, StringComparison.OrdinalIgnoreCase) || Id.AsSpan(Id.IndexOf('-') + 1).Equals(word, StringComparison.OrdinalIgnoreCase)
        || Aliases.Any(a => a.Equals(word, StringComparison.OrdinalIgnoreCase) || a.AsSpan(a.IndexOf(':') + 1).Equals(word, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The Pod Security Standards of Kubernetes; each holds the one before.</summary>
public enum PodSecurity
{
    /// <summary>Against known ways out of a container.</summary>
    Baseline,

    /// <summary>What is taken for good practice today.</summary>
    Restricted,
}
