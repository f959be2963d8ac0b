using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>What of the node a pod can reach.</summary>
internal static class IsolationRules
{
    private static readonly string[] Sockets = ["/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/var/run/containerd/containerd.sock", "/var/run/crio/crio.sock", "/run/crio/crio.sock",
        "/var/run/docker", "/run/docker", "/run/containerd", "/var/run/containerd", "/run/crio", "/var/run/crio"];

    private static readonly string[] Sensitive = ["/", "/boot", "/dev", "/etc", "/lib", "/proc", "/sys", "/usr", "/root", "/var/run", "/run", "/var/lib/kubelet", "/var/lib/docker", "/var/lib/containerd", "/etc/kubernetes"];

    private static readonly HashSet<string> SafeSysctls = new(
        ["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
         "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
         "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"], StringComparer.Ordinal);

    private static readonly HashSet<string> Volumes = new(["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret", "image"], StringComparer.Ordinal);

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Host("host-network", "hostNetwork", "The pod has a network of its own", "It reaches what listens on the node only for the node, and no network policy holds for it.", "KL:host-network PO:hostNetworkSet CKV_K8S_19 C-0041"),
        Host("host-pid", "hostPID", "The pod does not see the processes of the node", "It sees all processes of the node with their variables, and may end them.", "KL:host-pid PO:hostPIDSet CKV_K8S_17 C-0038 C-0275"),
        Host("host-ipc", "hostIPC", "The pod does not share memory with the node", "It reads what processes of the node share in memory.", "KL:host-ipc PO:hostIPCSet CKV_K8S_18 C-0038 C-0276"),
        Baseline(Rule("host-port", Severity.Error, "The container takes no port of the node", "Only one such pod fits on a node, and network policies do not hold for the port.",
            "Leave out 'hostPort', and put a Service before it.", "PO:hostPortSet CKV_K8S_26 C-0044",
            InContainers(static c => c.Ports.Where(p => p["hostPort"].Number() is not null and not 0).Select(p => new Wrong($"takes the port {p["hostPort"]!.Text} of its node", p["hostPort"], p["hostPort"]!.Text!))))),
        Baseline(Rule("host-path", Severity.Error, "The pod mounts no folder of the node", "What is in it outlives the pod, belongs to the node and is another on each.",
            "Use an emptyDir, a persistentVolumeClaim or a configMap.", "PO:hostPathSet C-0048",
            InPods(static (p, _) => p.Volumes.Where(v => v["hostPath"].Set() is not null).Select(v => new Wrong($"mounts {v["hostPath", "path"]?.Text} of its node", v["hostPath"], Name(v)))))),
        Rule("sensitive-host-path", Severity.Error, "The pod mounts no folder that the system of the node lives in", "Who can read or write it owns the node.",
            "Leave the volume out.", "KL:sensitive-host-mounts C-0048",
            InPods(static (p, _) => p.Volumes.Where(v => v["hostPath", "path"].Word() is { } path && Sensitive.Contains(Trimmed(path))).Select(v => new Wrong($"mounts {v["hostPath", "path"]!.Text} of its node", v["hostPath", "path"], Name(v))))),
        Rule("writable-host-path", Severity.Warning, "What is mounted of the node cannot be written", "The pod can change the node.",
            "Write 'readOnly: true' at the volumeMount.", "KL:writable-host-mount C-0045",
            InContainers(static c => c.At["volumeMounts"].List().Where(m => !m["readOnly"].IsTrue() && m["name"].Word() is { } name && c.Pod.Volumes.Any(v => v["name"]?.Text == name && v["hostPath"].Set() is not null))
                .Select(m => new Wrong($"can write into '{m["name"]!.Text}', a folder of its node", m, m["name"]!.Text!)))),
        Rule("container-socket", Severity.Error, "The pod does not reach the socket of the container runtime", "It can start any container on the node, with any rights.",
            "Leave the volume out; build images in a pipeline.", "KL:docker-sock CKV_K8S_27 C-0074",
            InPods(static (p, _) => p.Volumes.Where(v => v["hostPath", "path"].Word() is { } path && Sockets.Contains(Trimmed(path))).Select(v => new Wrong($"mounts {v["hostPath", "path"]!.Text}", v["hostPath", "path"], Name(v))))),
        Baseline(Rule("host-process", Severity.Error, "No container is a process of a Windows node", "It is no container but a process with all rights.",
            "Leave out 'windowsOptions.hostProcess'.", "PO:hostProcess C-0211",
            Containers(static c => c.Security("windowsOptions")?["hostProcess"] is { } at && at.IsTrue() ? new Wrong("is a process of its node", at) : null))),
        Baseline(Rule("proc-mount", Severity.Error, "The mask over /proc stays", "It sees and changes what the kernel tells of the whole node.",
            "Leave out 'procMount'.", "KL:unsafe-proc-mount PO:procMount C-0211",
            Containers(static c => c.SecurityContext?["procMount"].Word() is { } mount && mount != "Default" ? new Wrong($"has procMount {mount}", c.SecurityContext["procMount"]) : null))),
        Baseline(Rule("sysctls", Severity.Error, "Only safe sysctls are set", "The kernel is the same for all on the node.",
            "Leave the sysctl out.", "KL:unsafe-sysctls C-0211",
            InPods(static (p, _) => (p.SecurityContext?["sysctls"]).List().Where(s => s["name"].Word() is { } name && !SafeSysctls.Contains(name)).Select(s => new Wrong($"sets the sysctl {s["name"]!.Text}", s, s["name"]!.Text!))))),
        Baseline(Rule("app-armor", Severity.Error, "AppArmor is not switched off", "What the kernel forbids containers is allowed to this one.",
            "Write 'appArmorProfile: { type: RuntimeDefault }', or leave it out.", "C-0055",
            Containers(static c => c.Security("appArmorProfile")?["type"] is { Text: "Unconfined" } at ? new Wrong("has the appArmorProfile Unconfined", at)
                : c.Pod.Annotations.GetValueOrDefault("container.apparmor.security.beta.kubernetes.io/" + c.Name) == "unconfined" ? new Wrong("is unconfined by an annotation") : null))),
        Baseline(Rule("selinux", Severity.Error, "SELinux knows it as a container", "With another type or user it may do what containers may not.",
            "Leave out type, user and role of 'seLinuxOptions'; a level may stay.", "C-0211",
            Containers(static c => c.Security("seLinuxOptions") is { } o
                ? o["type"].Word() is { } type && type is not ("container_t" or "container_init_t" or "container_kvm_t" or "container_engine_t") ? new Wrong($"has the SELinux type {type}", o["type"])
                    : o["user"].Word() is { } user ? new Wrong($"has the SELinux user {user}", o["user"])
                    : o["role"].Word() is { } role ? new Wrong($"has the SELinux role {role}", o["role"]) : null
                : null))),
        Rule("volume-types", Severity.Warning, "Volumes are of the kinds that belong to nobody else", "Kinds that name a server or a disk step over the cluster's own storage and its rights.",
            "Use a persistentVolumeClaim.", "",
            InPods(static (p, _) => p.Volumes.SelectMany(v => v.Entries.Where(e => e.Key is not ("name" or "hostPath") && !Volumes.Contains(e.Key)).Select(e => new Wrong($"has the volume '{v["name"]?.Text}' of kind {e.Key}", e.Value, Name(v))))))
            with { Standard = PodSecurity.Restricted },
        Rule("ssh-port", Severity.Warning, "No container offers SSH", "A shell over the network passes by all that the cluster controls and writes down.",
            "Leave out port 22; 'kubectl exec' and 'kubectl debug' ask for rights.", "KL:ssh-port C-0042",
            Both(InContainers(static c => c.Ports.Where(p => p["containerPort"].Number() == 22).Select(p => new Wrong("offers port 22", p["containerPort"]))),
                InObjects(static (o, _) => (o.Spec?["ports"]).List().SelectMany(p => new[] { p["targetPort"], p["port"] }).Where(p => p.Number() is 22 or 2222).Take(1).Select(p => new Wrong($"leads to port {p!.Text}, which is that of SSH", p)), "Service"))),
        Rule("privileged-port", Severity.Info, "Containers listen on ports from 1024 on", "Ports below need a capability that is dropped otherwise.",
            "Let it listen on 8080; the Service can offer port 80 all the same.", "KL:privileged-ports",
            InContainers(static c => c.Ports.Where(p => p["containerPort"].Number() is > 0 and < 1024 and not 22).Select(p => new Wrong($"listens on port {p["containerPort"]!.Text}", p["containerPort"], p["containerPort"]!.Text!)))),
        Rule("sudo", Severity.Warning, "No command is run by sudo", "It asks for rights that the pod should not have.",
            "Leave out sudo, and run as the user who may.", "C-0062",
            Containers(static c => c.At["command"].List().Concat(c.At["args"].List()).FirstOrDefault(a => IsSudo(a.Text ?? "")) is { } at ? new Wrong("runs a command by sudo", at) : null)),
    ];

    private static LintRule Host(string id, string key, string requirement, string why, string aliases) =>
        Baseline(Rule(id, Severity.Error, requirement, why, $"Leave out '{key}: true'.", aliases, Pods(p => p.Spec[key] is { } at && at.IsTrue() ? new Wrong($"has {key}", at) : null)));

    private static LintRule Baseline(LintRule rule) => rule with { Standard = PodSecurity.Baseline };

    private static string Trimmed(string path) => path.Length > 1 ? path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/" : path;

    private static string Name(Part volume) => volume["name"]?.Text ?? "";

    private static bool IsSudo(string command) => command is "sudo" or "/usr/bin/sudo" || command.StartsWith("sudo ", StringComparison.Ordinal)
        || command.Contains(" sudo ", StringComparison.Ordinal) || command.Contains("\nsudo ", StringComparison.Ordinal) || command.Contains(";sudo ", StringComparison.Ordinal);
}
