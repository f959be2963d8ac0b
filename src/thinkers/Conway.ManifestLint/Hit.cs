using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;

namespace Conway.ManifestLint;

/// <summary>One place where a rule is broken.</summary>
/// <param name="On">Whose mistake it is.</param>
/// <param name="At">Where to look.</param>
/// <param name="Says">What is wrong there, as a clause after the object's name.</param>
/// <param name="Detail">Tells it from others of the same rule on the same object, in words that stay: a container, a key.</param>
internal sealed record Hit(KubeObject On, Part At, string Says, string Detail = "")
{
    /// <summary>Unset: the rule's fix.</summary>
    public string? Mend { get; init; }

    public Measure? Measure { get; init; }

    public Severity? Weight { get; init; }

    /// <summary>The pod template in which it is. Unset: it is in none.</summary>
    public Pod? Pod { get; init; }
}
