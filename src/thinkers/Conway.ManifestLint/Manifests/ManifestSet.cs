
namespace Conway.ManifestLint.Manifests;

/// <summary>All objects that were given, and what refers to what among them. Immutable.</summary>
internal sealed class ManifestSet
{
    private readonly Dictionary<(string Kind, string Namespace, string Name), KubeObject> _byName = [];
    private readonly Dictionary<string, KubeObject[]> _byKind;
    private readonly Dictionary<string, Pod[]> _pods;

    public ManifestSet(IReadOnlyList<KubeObject> objects, LintOptions options, CancellationToken cancellationToken)
    {
        (Objects, Options, Cancellation) = (objects, options, cancellationToken);
        foreach (var one in objects)
        {
            _byName.TryAdd((one.Kind, one.Namespace, one.Name), one);
        }

        _byKind = objects.GroupBy(o => o.Kind, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        Pods = [.. objects.Select(Pod.Of).OfType<Pod>()];
        Containers = [.. Pods.SelectMany(p => p.Containers)];
        _pods = Pods.GroupBy(p => p.Owner.Namespace, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
    }

    public LintOptions Options { get; }

    public CancellationToken Cancellation { get; }

    public IReadOnlyList<KubeObject> Objects { get; }

    public IReadOnlyList<Pod> Pods { get; }

    public IReadOnlyList<Container> Containers { get; }

    public IReadOnlyList<KubeObject> Of(params ReadOnlySpan<string> kinds)
    {
        var found = new List<KubeObject>();
        foreach (var kind in kinds)
        {
            found.AddRange(_byKind.GetValueOrDefault(kind) ?? []);
        }

        return found;
    }

    public KubeObject? Find(string kind, string ns, string name) => _byName.GetValueOrDefault((kind, ns, name));

    /// <summary>Pods of a namespace.</summary>
    public IReadOnlyList<Pod> PodsIn(string ns) => _pods.GetValueOrDefault(ns) ?? [];

    /// <summary>What a HorizontalPodAutoscaler or ScaledObject scales, by namespace, kind and name.</summary>
    public IReadOnlyDictionary<(string, string, string), KubeObject> Scalers => field ??= Of("HorizontalPodAutoscaler", "ScaledObject")
        .Select(h => (h, Target: h.Spec?["scaleTargetRef"]))
        .Where(h => h.Target?["name"].Word() is not null)
        .GroupBy(h => (h.h.Namespace, h.Target!["kind"].Word() ?? "Deployment", h.Target["name"].Word()!))
        .ToDictionary(g => g.Key, g => g.First().h);

    public KubeObject? ScalerOf(KubeObject workload) => Scalers.GetValueOrDefault((workload.Namespace, workload.Kind, workload.Name));
}
