using Conway.Findings;

namespace Conway.ManifestLint;

/// <summary>What a lint of manifests found.</summary>
public sealed record LintReport
{
    /// <summary>In order of reading.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Those that an annotation says not to tell.</summary>
    public required IReadOnlyList<SuppressedFinding> Suppressed { get; init; }

    /// <summary>The rules that were judged.</summary>
    public required IReadOnlyList<FindingRule> Evaluated { get; init; }

    /// <summary>The rules that could not be decided for some object, because what it names is not in the manifests.</summary>
    public required IReadOnlyList<NotEvaluated> NotEvaluated { get; init; }

    /// <summary>Files that were read.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>How many objects there are of each kind, those of a kind that no rule knows included.</summary>
    public required IReadOnlyDictionary<string, int> Kinds { get; init; }

    /// <summary>Documents that are no Kubernetes objects, and files that are patches of Kustomize.</summary>
    public required int Ignored { get; init; }
}
