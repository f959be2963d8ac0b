using System.Text.RegularExpressions;
using Conway.Findings;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>Which image runs.</summary>
internal static partial class ImageRules
{
    private static readonly string[] Gone = ["k8s.gcr.io", "gcr.io/google_containers", "gcr.io/google-containers", "quay.io/kubernetes-ingress-controller"];

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("image-tag", Severity.Warning, "The image has a fixed version", "Without one, what runs tomorrow is not what was tested today, and no two nodes need to run the same.",
            "Write 'image: NAME:1.4.2', or better 'image: NAME@sha256:…'.", "KL:latest-tag PO:tagNotSpecified KS:container-image-tag CKV_K8S_14",
            Containers(static c => c.Image.Length == 0 ? new Wrong("has no image", c.At["image"])
                : IsByDigest(c.Image) ? null
                : Tag(c.Image) switch
                {
                    "" => new Wrong($"runs {c.Image}, which has no version", c.At["image"]),
                    "latest" => new Wrong($"runs {c.Image}, and latest is a new image each time", c.At["image"]),
                    _ => null,
                })),
        Rule("image-digest", Severity.Info, "The image is named by its digest", "A version can be moved to another image; a digest cannot.",
            "Write 'image: NAME@sha256:…'; 'docker buildx imagetools inspect NAME:1.4.2' tells it.", "CKV_K8S_43 C-0306",
            Containers(static c => c.Image.Length == 0 || IsByDigest(c.Image) ? null : new Wrong($"runs {c.Image}, which has no digest", c.At["image"]))) with { IsOptional = true },
        Rule("image-registry-gone", Severity.Warning, "The image does not come from a registry that is closed", "The registry gets no new images, and one day none at all.",
            "Write 'image: registry.k8s.io/NAME:VERSION'.", "C-0253",
            Containers(static c => Gone.FirstOrDefault(g => c.Image.StartsWith(g + "/", StringComparison.Ordinal)) is { } gone ? new Wrong($"runs {c.Image}, and {gone} is closed", c.At["image"]) : null)),
        Rule("image-registry", Severity.Warning, "The image comes from an allowed registry (only with --registry)", "Who may choose the registry chooses what runs.",
            "Copy the image to an allowed registry and name it there.", "C-0078 C-0001",
            static set => set.Options.Registries.Count == 0 ? [] : Containers(c => c.Image.Length == 0 || set.Options.Registries.Any(r => IsFrom(c.Image, r)) ? null
                : new Wrong($"runs {c.Image}, which comes from none of {string.Join(", ", set.Options.Registries)}", c.At["image"]))(set)),
        Rule("image-pull-policy", Severity.Info, "The image is pulled at each start", "A node that has the image already starts it without asking the registry whether this pod may have it.",
            "Write 'imagePullPolicy: Always'; a digest makes it cheap.", "PO:pullPolicyNotAlways KS:container-image-pull-policy CKV_K8S_15 C-0075",
            Containers(static c => c.At["imagePullPolicy"].Word() is { } policy ? policy == "Always" ? null : new Wrong($"has imagePullPolicy {policy}", c.At["imagePullPolicy"])
                // Without a policy the API takes Always for latest and IfNotPresent for everything else.
                : !IsByDigest(c.Image) && Tag(c.Image) is "" or "latest" ? null : new Wrong("has no imagePullPolicy, which means IfNotPresent"))) with { IsOptional = true },
    ];

    private static bool IsByDigest(string image) => image.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && Digest().IsMatch(image[(at + 1)..]);

    // Of what is registered the length is known; another algorithm may be agreed on with a registry.
    [GeneratedRegex("^(sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}|blake3:[a-f0-9]{64}|(?!sha256:|sha512:|blake3:)[a-z0-9]+([.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();

    /// <summary>Empty when it has none. The colon of a port stands before a slash.</summary>
    private static string Tag(string image)
    {
        var name = image.Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[(colon + 1)..] : "";
    }

    /// <summary>Whether an image comes from a registry, or a part of one.</summary>
    public static bool IsFrom(string image, string registry)
    {
        // What names no host comes from Docker Hub.
        var first = image.Split('/')[0];
        var whole = image.Contains('/', StringComparison.Ordinal) && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost")
            ? image : "docker.io/" + (image.Contains('/', StringComparison.Ordinal) ? "" : "library/") + image;
        return whole.StartsWith(registry.TrimEnd('/') + "/", StringComparison.Ordinal);
    }
}
