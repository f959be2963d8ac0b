namespace Conway.ManifestLint;

/// <summary>What is asked of a lint.</summary>
public sealed record LintOptions
{
    /// <summary>The namespace of objects that name none.</summary>
    /// <value><c>default</c>.</value>
    public string Namespace { get; init; } = "default";

    /// <summary>Judge the optional rules too.</summary>
    public bool WithOptional { get; init; }

    /// <summary>Only these rules, by id or alias; a named optional rule is judged. Empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Not these rules, by id or alias.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>Only what this Pod Security Standard demands. Unset: all rules.</summary>
    public PodSecurity? Standard { get; init; }

    /// <summary>Nothing exists but what is in the manifests: a reference out of them is a finding instead of undecided.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Registries, or beginnings of images, from which images may come: <c>registry.example.com/acme</c>. Empty: from everywhere.</summary>
    public IReadOnlyList<string> Registries { get; init; } = [];

    /// <summary>Whether a rule is judged.</summary>
    /// <param name="rule">Which.</param>
    public bool Wants(LintRule rule) =>
        !Skip.Any(rule.IsNamed)
        && (Only.Count > 0 ? Only.Any(rule.IsNamed) : WithOptional || !rule.IsOptional || Standard is not null)
        && (Standard is not { } standard || rule.Standard <= standard || rule.Id is "K8S-unreadable" or "K8S-template");
}
