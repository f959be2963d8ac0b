using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;

namespace Conway.ManifestLint.Rules;

/// <summary>Rows of the catalogue, and the ways through what is judged.</summary>
internal static class Make
{
    /// <param name="aliases">With a space between them.</param>
    public static LintRule Rule(string id, Severity severity, string requirement, string why, string fix, string aliases, Func<ManifestSet, IEnumerable<Hit>> judge) =>
        new("K8S-" + id, severity, requirement, why, fix, aliases.Split(' ', StringSplitOptions.RemoveEmptyEntries)) { Judge = judge };

    /// <summary>Each container that is not as it should be.</summary>
    /// <param name="judge">Where and what is wrong, as a clause after the container's name; null when all is well. Without a place, the container's.</param>
    public static Func<ManifestSet, IEnumerable<Hit>> Containers(Func<Container, Wrong?> judge) => set =>
        from container in set.Containers
        let wrong = judge(container)
        where wrong is not null
        select On(container, wrong);

    public static Func<ManifestSet, IEnumerable<Hit>> InContainers(Func<Container, IEnumerable<Wrong>> judge) => set =>
        from container in set.Containers
        from wrong in judge(container)
        select On(container, wrong);

    public static Func<ManifestSet, IEnumerable<Hit>> Pods(Func<Pod, Wrong?> judge) => set =>
        from pod in set.Pods
        let wrong = judge(pod)
        where wrong is not null
        select On(pod, wrong);

    public static Func<ManifestSet, IEnumerable<Hit>> InPods(Func<Pod, ManifestSet, IEnumerable<Wrong>> judge) => set =>
        from pod in set.Pods
        from wrong in judge(pod, set)
        select On(pod, wrong);

    public static Func<ManifestSet, IEnumerable<Hit>> Objects(Func<KubeObject, ManifestSet, Wrong?> judge, params string[] kinds) => set =>
        from one in kinds.Length == 0 ? set.Objects : set.Of(kinds)
        let wrong = judge(one, set)
        where wrong is not null
        select On(one, wrong);

    public static Func<ManifestSet, IEnumerable<Hit>> InObjects(Func<KubeObject, ManifestSet, IEnumerable<Wrong>> judge, params string[] kinds) => set =>
        from one in kinds.Length == 0 ? set.Objects : set.Of(kinds)
        from wrong in judge(one, set)
        select On(one, wrong);

    public static Func<ManifestSet, IEnumerable<Hit>> Both(Func<ManifestSet, IEnumerable<Hit>> first, Func<ManifestSet, IEnumerable<Hit>> second) => set => first(set).Concat(second(set));

    public static Hit On(Container container, Wrong wrong) => new(container.Pod.Owner, wrong.At ?? container.At, $"{container.Title} {wrong.Says}", $"{container.Name} {wrong.Detail}".TrimEnd())
    {
        Pod = container.Pod,
        Mend = wrong.Mend,
        Measure = wrong.Measure,
        Weight = wrong.Weight,
    };

    public static Hit On(Pod pod, Wrong wrong) => new(pod.Owner, wrong.At ?? pod.Spec, wrong.Says, wrong.Detail) { Pod = pod, Mend = wrong.Mend, Measure = wrong.Measure, Weight = wrong.Weight };

    public static Hit On(KubeObject one, Wrong wrong) => new(one, wrong.At ?? one.Head, wrong.Says, wrong.Detail) { Mend = wrong.Mend, Measure = wrong.Measure, Weight = wrong.Weight };
}

/// <summary>What is wrong somewhere.</summary>
/// <param name="Says">A clause.</param>
/// <param name="At">Where. Unset: where the thing itself begins.</param>
/// <param name="Detail">Tells it from others on the same thing.</param>
internal sealed record Wrong(string Says, Part? At = null, string Detail = "")
{
    public string? Mend { get; init; }

    public Measure? Measure { get; init; }

    public Severity? Weight { get; init; }
}
