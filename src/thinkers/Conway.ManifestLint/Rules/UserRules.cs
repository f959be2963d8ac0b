using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>As whom a container runs and what it may do inside.</summary>
internal static class UserRules
{
    private const long UserMin = 10_000;

    private static readonly HashSet<string> Harmless = new(
        ["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"], StringComparer.Ordinal);

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Restricted(Rule("run-as-non-root", Severity.Warning, "The container may not run as root", "Root in a container is root on the node as soon as there is one way out.",
            "Write 'securityContext: { runAsNonRoot: true }' in the pod or the container; the image needs a numeric user.",
            "KL:run-as-non-root PO:runAsRootAllowed CKV_K8S_23 C-0013 C-0211",
            Containers(static c => c.Security("runAsNonRoot").IsTrue() ? null
                : c.Security("runAsNonRoot") is { } at && at.IsFalse() ? new Wrong("has runAsNonRoot: false", at) : new Wrong("does not say runAsNonRoot: true", c.SecurityContext ?? c.At)))),
        Restricted(Rule("root-user", Severity.Error, "The user is not 0", "The container runs as root.",
            "Write 'runAsUser: 10001'.", "KL:run-as-non-root C-0013",
            Containers(static c => c.Security("runAsUser") is { } user && user.Number() == 0 ? new Wrong("runs as user 0", user) : null))),
        Rule("high-user", Severity.Info, "User and group are 10000 or more", "A lower number may be that of somebody on the node.",
            "Write 'securityContext: { runAsUser: 10001, runAsGroup: 10001 }' in the pod or the container.", "KS:container-security-context-user-group-id CKV_K8S_40",
            Containers(static c => c.Pod.IsWindows ? null : new[] { "runAsUser", "runAsGroup" }.Select(k => (Key: k, At: c.Security(k))).FirstOrDefault(k => k.At.Number() is null or < UserMin) is { Key: { } key } wrong
                ? wrong.At is null ? new Wrong($"has no {key}", c.SecurityContext ?? c.At) : new Wrong($"has {key} {wrong.At.Text}", wrong.At) { Measure = wrong.At.Number() is { } number ? new Measure(number, UserMin, "user number") : null } : null)),
        Restricted(Rule("privilege-escalation", Severity.Warning, "No process gets more rights than its parent", "A program with the setuid bit makes any user root.",
            "Write 'securityContext: { allowPrivilegeEscalation: false }' in the container.", "KL:privilege-escalation-container PO:privilegeEscalationAllowed CKV_K8S_20 C-0016 C-0211",
            Containers(static c => c.Pod.IsWindows || c.SecurityContext?["allowPrivilegeEscalation"].IsFalse() == true ? null
                : c.SecurityContext?["allowPrivilegeEscalation"].Set() is { } at ? new Wrong($"has allowPrivilegeEscalation: {at.Text}", at) : new Wrong("does not say allowPrivilegeEscalation: false", c.SecurityContext ?? c.At)))),
        Baseline(Rule("privileged", Severity.Error, "The container is not privileged", "It may do everything that root on the node may do.",
            "Leave out 'privileged: true'.", "KL:privileged-container PO:runAsPrivileged KS:container-security-context-privileged CKV_K8S_16 C-0057",
            Containers(static c => c.SecurityContext?["privileged"] is { } at && at.IsTrue() ? new Wrong("is privileged", at) : null))),
        Rule("read-only-root", Severity.Warning, "The root file system cannot be written", "Who gets in can leave programs behind and change those that are there.",
            "Write 'securityContext: { readOnlyRootFilesystem: true }' in the container, and an emptyDir for what it has to write.",
            "KL:no-read-only-root-fs PO:notReadOnlyRootFilesystem KS:container-security-context-readonlyrootfilesystem CKV_K8S_22 C-0017 C-0211",
            Containers(static c => c.Pod.IsWindows || c.Kind == ContainerKind.Ephemeral || c.SecurityContext?["readOnlyRootFilesystem"].IsTrue() == true ? null
                : new Wrong("does not say readOnlyRootFilesystem: true", c.SecurityContext?["readOnlyRootFilesystem"].Set() ?? c.SecurityContext ?? c.At))),
        Restricted(Rule("drop-capabilities", Severity.Warning, "All capabilities are dropped", "The usual ones allow to forge packets, change owners and skip checks of access.",
            "Write 'securityContext: { capabilities: { drop: [ALL] } }' in the container.", "CKV_K8S_37 C-0046 C-0211",
            Containers(static c => c.Pod.IsWindows || (c.SecurityContext?["capabilities", "drop"]).List().Any(d => Capability(d) == "ALL") ? null
                : new Wrong("does not drop all capabilities", c.SecurityContext?["capabilities"].Set() ?? c.SecurityContext ?? c.At)))),
        Baseline(Rule("dangerous-capabilities", Severity.Error, "No capability is added that leads out of the container", "With SYS_ADMIN, NET_ADMIN and the like the node is open.",
            "Leave the capability out of 'capabilities.add'.", "PO:dangerousCapabilities CKV_K8S_39 C-0046",
            InContainers(static c => (c.SecurityContext?["capabilities", "add"]).List().Where(a => !Harmless.Contains(Capability(a))).Select(a => new Wrong($"adds the capability {a.Text}", a, a.Text ?? ""))))),
        Restricted(Rule("added-capabilities", Severity.Warning, "No capability is added but NET_BIND_SERVICE", "Each is a right that the program was not meant to have.",
            "Leave the capability out of 'capabilities.add'.", "CKV_K8S_25 C-0046",
            InContainers(static c => (c.SecurityContext?["capabilities", "add"]).List().Where(a => Harmless.Contains(Capability(a)) && Capability(a) != "NET_BIND_SERVICE").Select(a => new Wrong($"adds the capability {a.Text}", a, a.Text ?? ""))))),
        Restricted(Rule("seccomp", Severity.Warning, "A seccomp profile filters system calls", "Every hole of the kernel can be reached.",
            "Write 'securityContext: { seccompProfile: { type: RuntimeDefault } }' in the pod.", "KS:container-seccomp-profile CKV_K8S_31 C-0055 C-0210 C-0211",
            Containers(static c => c.Pod.IsWindows || Seccomp(c) is not null ? null : new Wrong("has no seccompProfile", c.SecurityContext ?? c.At)))),
        Baseline(Rule("seccomp-off", Severity.Error, "The seccomp profile is not switched off", "Every hole of the kernel can be reached.",
            "Write 'seccompProfile: { type: RuntimeDefault }'.", "C-0210",
            Containers(static c => c.Security("seccompProfile")?["type"] is { } at && at.Text == "Unconfined" ? new Wrong("has the seccompProfile Unconfined", at) : null))),
        Rule("security-context", Severity.Info, "Pod and container have a security context", "What nobody decided is as the runtime likes it.",
            "Write 'securityContext: { … }' in the pod and in the container; K8S-run-as-non-root and the rules after it say what.", "CKV_K8S_29 CKV_K8S_30 C-0211",
            Containers(static c => c.SecurityContext is null && c.Pod.SecurityContext is null ? new Wrong("has no securityContext, nor has its pod") : null)),
    ];

    private static LintRule Baseline(LintRule rule) => rule with { Standard = PodSecurity.Baseline };

    private static LintRule Restricted(LintRule rule) => rule with { Standard = PodSecurity.Restricted };

    // Docker takes both spellings; the API takes names without CAP_, and so do the standards.
    private static string Capability(Part part) => part.Text ?? "";

    private static string? Seccomp(Container c) =>
        c.Security("seccompProfile")?["type"].Word() ?? (c.Pod.Annotations.GetValueOrDefault("container.seccomp.security.alpha.kubernetes.io/" + c.Name) ?? c.Pod.Annotations.GetValueOrDefault("seccomp.security.alpha.kubernetes.io/pod"));
}
