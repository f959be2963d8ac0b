using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using Conway.ManifestLint.Rules;

namespace Conway.ManifestLint;

/// <summary>What objects name by kind and name.</summary>
internal static class References
{
    /// <param name="By">Who names it.</param>
    /// <param name="At">Where.</param>
    /// <param name="Key">The key in it; null when the whole of it is meant.</param>
    internal sealed record Reference(KubeObject By, Pod? Pod, string Kind, string Namespace, string Name, string? Key, Part At);

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<ManifestSet, Reference[]> Known = [];

    public static IReadOnlyList<Reference> All(ManifestSet set) => Known.GetValue(set, static s =>
        [.. s.Pods.SelectMany(Of), .. s.Of("Ingress").Where(i => i.Spec?["ingressClassName"].Word() is not null).Select(i => new Reference(i, null, "IngressClass", "", i.Spec!["ingressClassName"].Word()!, null, i.Spec["ingressClassName"]!))]);

    /// <summary>Names of what a rule asks for and the manifests do not have, each once.</summary>
    public static IReadOnlyList<string> Undecided(LintRule rule, ManifestSet set) =>
        ReferenceRules.KindOf(rule.Id) is { } kind ? [.. Absent(kind, set).Select(r => $"{kind} '{r.Name}'").Distinct(StringComparer.Ordinal)] : [];

    /// <summary>Named, not optional, and made by nothing in the manifests; the first place of each pod.</summary>
    public static IEnumerable<Reference> Absent(string kind, ManifestSet set) =>
        All(set).Where(r => r.Kind == kind && !Exists(r, set)).DistinctBy(r => (r.By, r.Name));

    /// <summary>The keys of what is named; null when they are not known.</summary>
    public static HashSet<string>? Keys(ManifestSet set, Reference reference) =>
        set.Find(reference.Kind, reference.Namespace, reference.Name) is { } found
            ? [.. new[] { "data", "stringData", "binaryData" }.SelectMany(k => found.Root[k]?.Entries ?? []).Select(e => e.Key)] : null;

    private static bool Exists(Reference r, ManifestSet set) =>
        set.Find(r.Kind, r.Namespace, r.Name) is not null || r.Kind switch
        {
            "Secret" => Makers(set).Contains((r.Namespace, r.Name)),
            "ConfigMap" => r.Name == "kube-root-ca.crt" || set.Of("Bundle").Any(b => b.Name == r.Name),
            "ServiceAccount" => r.Name == "default",
            "PriorityClass" => r.Name.StartsWith("system-", StringComparison.Ordinal),
            _ => false,
        };

    // Objects of others that end in a Secret.
    private static HashSet<(string, string)> Makers(ManifestSet set) =>
    [
        .. set.Of("ExternalSecret").Select(e => (e.Namespace, e.Spec?["target", "name"].Word() ?? e.Name)),
        .. set.Of("SealedSecret").Select(e => (e.Namespace, e.Spec?["template", "metadata", "name"].Word() ?? e.Name)),
        .. set.Of("Certificate").Select(e => (e.Namespace, e.Spec?["secretName"].Word() ?? e.Name)),
        .. set.Of("VaultStaticSecret", "VaultDynamicSecret").Select(e => (e.Namespace, e.Spec?["destination", "name"].Word() ?? e.Name)),
        .. set.Of("SecretProviderClass").SelectMany(e => (e.Spec?["secretObjects"]).List().Select(o => (e.Namespace, o["secretName"].Word() ?? ""))),
        .. set.Of("KafkaUser", "InfisicalSecret", "OnePasswordItem", "DopplerSecret").Select(e => (e.Namespace, e.Name)),
    ];

    private static IEnumerable<Reference> Of(Pod pod)
    {
        var found = new List<Reference>();
        void Add(string kind, Part? name, Part? key, Part at, bool optional)
        {
            if (!optional && name.Word() is { } word)
            {
                found.Add(new Reference(pod.Owner, pod, kind, kind == "PriorityClass" ? "" : pod.Owner.Namespace, word, key.Word(), key ?? name ?? at));
            }
        }

        Add("ServiceAccount", pod.Spec["serviceAccountName"].Set() ?? pod.Spec["serviceAccount"], null, pod.Spec, false);
        Add("PriorityClass", pod.Spec["priorityClassName"], null, pod.Spec, false);
        foreach (var secret in pod.Spec["imagePullSecrets"].List())
        {
            // The pod starts without it, when the image is there or public.
            Add("Secret", secret["name"], null, secret, false);
        }

        foreach (var volume in pod.Volumes)
        {
            Volume(volume, "configMap", "ConfigMap", "name", Add);
            Volume(volume, "secret", "Secret", "secretName", Add);
            Add("PersistentVolumeClaim", volume["persistentVolumeClaim", "claimName"], null, volume, false);
            foreach (var source in volume["projected", "sources"].List())
            {
                Volume(source, "configMap", "ConfigMap", "name", Add);
                Volume(source, "secret", "Secret", "name", Add);
            }
        }

        foreach (var container in pod.Containers)
        {
            foreach (var env in container.Env)
            {
                Add("ConfigMap", env["valueFrom", "configMapKeyRef", "name"], env["valueFrom", "configMapKeyRef", "key"], env, env["valueFrom", "configMapKeyRef", "optional"].IsTrue());
                Add("Secret", env["valueFrom", "secretKeyRef", "name"], env["valueFrom", "secretKeyRef", "key"], env, env["valueFrom", "secretKeyRef", "optional"].IsTrue());
            }

            foreach (var from in container.At["envFrom"].List())
            {
                Add("ConfigMap", from["configMapRef", "name"], null, from, from["configMapRef", "optional"].IsTrue());
                Add("Secret", from["secretRef", "name"], null, from, from["secretRef", "optional"].IsTrue());
            }
        }

        return found;
    }

    private static void Volume(Part at, string key, string kind, string name, Action<string, Part?, Part?, Part, bool> add)
    {
        if (at[key].Set() is not { } source)
        {
            return;
        }

        var optional = source["optional"].IsTrue();
        add(kind, source[name], null, source, optional);
        foreach (var item in source["items"].List())
        {
            add(kind, source[name], item["key"], item, optional);
        }
    }
}
