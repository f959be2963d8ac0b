using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;

namespace Conway.Artifacts.Helm;

/// <summary>The named templates of a chart.</summary>
internal static class HelmHelpers
{
    // NAME is the chart's, RUNS how many jobs each service has.
    private const string Image = """
        {{/* The whole name of an image: (dict "root" $ "image" .image). */}}
        {{- define "NAME.image" -}}
        {{- $name := .image.repository -}}
        {{- $tag := .image.tag -}}
        {{- if hasKey .image "registry" -}}
        {{- $name = printf "%s/%s" (.image.registry | default .root.Values.images.registry) $name -}}
        {{- $tag = $tag | default .root.Values.images.version -}}
        {{- end -}}
        {{- with $tag }}{{ $name = printf "%s:%s" $name . }}{{ end -}}
        {{- with .image.digest }}{{ $name = printf "%s@%s" $name . }}{{ end -}}
        {{- $name -}}
        {{- end }}
        """;

    private const string Priority = """
        {{/* A PriorityClass belongs to the whole cluster, so it has the namespace in its name: (list . "-usual"). */}}
        {{- define "NAME.priority" -}}
        {{- $namespace := (index . 0).Values.namespace.name -}}
        {{- $suffix := index . 1 -}}
        {{- if and (le (add (len $namespace) (len $suffix)) LABELMAX) (regexMatch "[a-z0-9]$" $namespace) -}}
        {{- printf "%s%s" $namespace $suffix -}}
        {{- else -}}
        {{- $hash := printf "%s\n%s" $namespace $suffix | sha256sum | trunc 6 -}}
        {{- printf "%s-%s%s" (regexReplaceAll "-+$" ($namespace | trunc (sub HASHEDMAX (len $suffix) | int)) "") $hash $suffix -}}
        {{- end -}}
        {{- end }}
        """;

    private const string SelinuxLevel = """
        {{/* Two of the 1024 categories, from the name of the namespace: pods of another namespace have others. */}}
        {{- define "NAME.seLinuxLevel" -}}
        {{- $hash := sha256sum .Values.namespace.name -}}
        {{- $digit := dict "0" 0 "1" 1 "2" 2 "3" 3 "4" 4 "5" 5 "6" 6 "7" 7 "8" 8 "9" 9 "a" 10 "b" 11 "c" 12 "d" 13 "e" 14 "f" 15 -}}
        {{- $one := add (mul 64 (get $digit (substr 0 1 $hash))) (mul 4 (get $digit (substr 1 2 $hash))) (mod (get $digit (substr 3 4 $hash)) 4) -}}
        {{- $two := add (mul 64 (get $digit (substr 4 5 $hash))) (mul 4 (get $digit (substr 5 6 $hash))) (mod (get $digit (substr 7 8 $hash)) 4) -}}
        {{- if eq $one $two }}{{ $two = mod (add $two 1) 1024 }}{{ end -}}
        {{- printf "s0:c%d,c%d" (min $one $two) (max $one $two) -}}
        {{- end }}
        """;

    private const string Settings = """
        {{/* Changes with the settings of a service; nothing when it has none. */}}
        {{- define "NAME.settings" -}}
        {{- if .environment -}}
        {{- $settings := list -}}
        {{- range $key, $value := .environment }}{{ $settings = append $settings (printf "%s=%s" $key $value) }}{{ end -}}
        {{- join "\x00" $settings | sha256sum | trunc 16 -}}
        {{- end -}}
        {{- end }}
        """;

    private const string Release = """
        {{/* A Job cannot be changed, so another image, command or setting is another: (dict "root" $ "service" $service "job" NAME "command" HASH). */}}
        {{- define "NAME.release" -}}
        {{- $image := include "NAME.image" (dict "root" .root "image" .service.image) -}}
        {{- printf "%s-%s" .job (printf "%s\n%s\n%s" $image .command (include "NAME.settings" .service) | sha256sum | trunc 6) -}}
        {{- end }}
        """;

    private const string Blocks = """
        {{/* Blocks of addresses as peers of a policy. */}}
        {{- define "NAME.blocks" -}}
        {{- range $number, $block := . -}}
        {{- if $number }}{{ "\n" }}{{ end -}}
        - ipBlock:
            cidr: {{ $block | quote }}
        {{- end -}}
        {{- end }}
        """;

    private const string Annotations = """
        {{/* Of the pods of a service. A changed setting starts new pods, because a running process does not see it. */}}
        {{- define "NAME.annotations" -}}
        {{- $lines := list MESHLINES -}}
        {{- with include "NAME.settings" . }}{{ $lines = append $lines (printf "checksum/config: %q" .) }}{{ end -}}
        {{- with .podAnnotations }}{{ $lines = append $lines (toYaml .) }}{{ end -}}
        {{- join "\n" $lines -}}
        {{- end }}
        """;

    private const string Peer = """
        {{/* What is reached: NAMESPACE:PORT or ADDRESSES:PORT. */}}
        {{- define "NAME.peer" -}}
        {{- $place := regexReplaceAll ":[0-9]+$" . "" | trimPrefix "[" | trimSuffix "]" -}}
        {{- if contains "/" $place -}}
        - ipBlock:
            cidr: {{ $place | quote }}
        {{- else -}}
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: {{ $place | quote }}
        {{- end -}}
        {{- end }}
        """;

    private const string Quantities = """
        {{/* Processor time in thousandths. */}}
        {{- define "NAME.milli" -}}
        {{- if hasSuffix "m" (toString .) }}{{ trimSuffix "m" . | int64 }}{{ else }}{{ mulf (float64 .) 1000 | ceil | int64 }}{{ end -}}
        {{- end }}

        {{/* Room in mebibytes. */}}
        {{- define "NAME.mebi" -}}
        {{- if hasSuffix "Gi" . }}{{ trimSuffix "Gi" . | int64 | mul 1024 }}{{ else }}{{ trimSuffix "Mi" . | int64 }}{{ end -}}
        {{- end }}
        """;

    private const string Quota = """
        {{/* Room for every replica at its most, one more of each while a version changes, and one run of each job. */}}
        {{- define "NAME.quota" -}}
        {{- $runs := dict RUNS -}}
        {{- $pods := 0 }}{{ $cpu := 0 }}{{ $cpuLimit := 0 }}{{ $memory := 0 }}{{ $memoryLimit := 0 }}{{ $disk := 0 }}{{ $diskLimit := 0 -}}
        {{- range $name, $service := .Values.services -}}
        {{- $count := get $runs $name | default 0 | int64 -}}
        {{- if not (hasKey $service "replicas") -}}
        {{- $count = add $count $.Values.nodes 1 -}}
        {{- else if not (kindIs "map" $service.replicas) -}}
        {{- $count = add $count $service.replicas -}}
        {{- else if gt (int $service.replicas.max) 0 -}}
        {{- $count = add $count $service.replicas.max 1 -}}
        {{- end -}}
        {{- $pods = add $pods $count -}}
        {{- with $service.resources.requests -}}
        {{- $cpu = add $cpu (mul $count (include "NAME.milli" .cpu | int64)) -}}
        {{- $memory = add $memory (mul $count (include "NAME.mebi" .memory | int64)) -}}
        {{- $disk = add $disk (mul $count (include "NAME.mebi" (index . "ephemeral-storage") | int64)) -}}
        {{- end -}}
        {{- with $service.resources.limits -}}
        {{- $cpuLimit = add $cpuLimit (mul $count (include "NAME.milli" .cpu | int64)) -}}
        {{- $memoryLimit = add $memoryLimit (mul $count (include "NAME.mebi" .memory | int64)) -}}
        {{- $diskLimit = add $diskLimit (mul $count (include "NAME.mebi" (index . "ephemeral-storage") | int64)) -}}
        {{- end -}}
        {{- end -}}
        MESHQUOTA
        pods: "{{ $pods }}"
        requests.cpu: {{ $cpu }}m
        limits.cpu: {{ $cpuLimit }}m
        requests.memory: {{ $memory }}Mi
        limits.memory: {{ $memoryLimit }}Mi
        requests.ephemeral-storage: {{ $disk }}Mi
        limits.ephemeral-storage: {{ $diskLimit }}Mi
        services.nodeports: "NODEPORTS"
        services.loadbalancers: "BALANCERS"
        {{- end }}
        """;

    private const string Check = """
        {{/* What a schema cannot say of two values together. */}}
        {{- define "NAME.check" -}}
        {{- if regexMatch "^(default$|kube-)" .Values.namespace.name -}}
        {{- fail (printf "namespace.name: '%s' belongs to the cluster; write a name of the system's own." .Values.namespace.name) -}}
        {{- end -}}
        {{- if eq "latest" ((.Values.images).version | default "") -}}
        {{- fail "images.version: 'latest' is another image tomorrow; write the tag of a version." -}}
        {{- end -}}
        {{- range $name, $service := .Values.services -}}
        {{- if eq "latest" $service.image.tag -}}
        {{- fail (printf "services.%s.image.tag: 'latest' is another image tomorrow; write the tag of a version." $name) -}}
        {{- end -}}
        {{- if not (or (hasKey $service.image "registry") $service.image.tag $service.image.digest) -}}
        {{- fail (printf "services.%s.image: write a tag or a digest." $name) -}}
        {{- end -}}
        {{- range $variable := list "HOST" "PORT" "ASPNETCORE_URLS" "POD_NAME" -}}
        {{- if hasKey $service.environment $variable -}}
        {{- fail (printf "services.%s.environment: %s is set for every service and cannot be another; take it out." $name $variable) -}}
        {{- end -}}
        {{- end -}}
        {{- if kindIs "map" $service.replicas -}}
        {{- $min := int $service.replicas.min }}{{ $max := int $service.replicas.max -}}
        {{- if gt $min $max -}}
        {{- fail (printf "services.%s.replicas: min is %d, and max only %d; raise max or lower min." $name $min $max) -}}
        {{- end -}}
        {{- if and (eq $min 0) (gt $max 0) -}}
        {{- fail (printf "services.%s.replicas: an autoscaler cannot begin with none; write at least 1 for min, or 0 for max too." $name) -}}
        {{- end -}}
        {{- end -}}
        {{- with $service.resources -}}
        {{- if gt (include "NAME.milli" .requests.cpu | int64) (include "NAME.milli" .limits.cpu | int64) -}}
        {{- fail (printf "services.%s.resources: %v of cpu are asked for, and only %v allowed; raise limits.cpu." $name .requests.cpu .limits.cpu) -}}
        {{- end -}}
        {{- range $what := list "memory" "ephemeral-storage" -}}
        {{- if gt (include "NAME.mebi" (index $service.resources.requests $what) | int64) (include "NAME.mebi" (index $service.resources.limits $what) | int64) -}}
        {{- fail (printf "services.%s.resources: %s of %s are asked for, and only %s allowed; raise limits.%s." $name (index $service.resources.requests $what) $what (index $service.resources.limits $what) $what) -}}
        {{- end -}}
        {{- end -}}
        {{- end -}}
        {{- end -}}
        {{- end }}
        """;

    public static ArtifactFile File(HelmChart chart)
    {
        var runs = chart.Jobs.GroupBy(job => job.Service!.Name).OrderBy(jobs => jobs.Key, StringComparer.Ordinal).Select(jobs => $"\"{jobs.Key}\" {jobs.Count()}");
        var lines = new List<ArtifactLine>();
        foreach (var (text, rule) in new[]
        {
            (Image, ArtifactRules.KubeImage), (Priority, ArtifactRules.Priority), (SelinuxLevel, ArtifactRules.PodSecurity), (Settings, ArtifactRules.ConfigChecksum), (Annotations, ArtifactRules.ConfigChecksum), (Release, ArtifactRules.ReleaseJob), (Blocks, ArtifactRules.ExposedFrom),
            (Peer, ArtifactRules.NetworkEgress), (Quantities, ArtifactRules.HelmHelper), (Quota, ArtifactRules.Quota), (Check, ArtifactRules.HelmCheck),
        })
        {
            var origin = new Origin(rule == ArtifactRules.Quota ? "services" : "", rule);
            lines.AddRange(lines.Count == 0 ? [] : [new ArtifactLine("", origin)]);
            lines.AddRange(text.Replace("MESHQUOTA\n", MeshQuota(chart.System), StringComparison.Ordinal).Replace("MESHLINES ", MeshAnnotations(chart.System), StringComparison.Ordinal).Replace("RUNS", string.Join(' ', runs), StringComparison.Ordinal)
                .Replace("NODEPORTS", NamespaceObjects.PortsOf(chart.System), StringComparison.Ordinal)
                .Replace("BALANCERS", NamespaceObjects.BalancersOf(chart.System), StringComparison.Ordinal)
                .Replace("NAME.", chart.Name + ".", StringComparison.Ordinal)
                .Replace("HASHEDMAX", (ObjectNames.LabelMax - ObjectNames.HashChars - 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("LABELMAX", ObjectNames.LabelMax.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Split('\n').Select(line => new ArtifactLine(line, origin)));
        }

        return new(chart.File("templates/_helpers.tpl"), lines);
    }

    // Of the proxy beside each service.
    private static string MeshQuota(SystemPlan system)
    {
        static string More(string variable, int each) => string.Create(CultureInfo.InvariantCulture, $"{{{{- ${variable} = add ${variable} (mul $pods {each}) -}}}}\n");
        return !Mesh.Of(system).HasProxy ? ""
            : More("cpu", Mesh.Cpu) + More("cpuLimit", Mesh.CpuLimit) + More("memory", Mesh.Memory) + More("memoryLimit", Mesh.Memory) + More("disk", Mesh.Disk) + More("diskLimit", Mesh.Disk);
    }

    private static string MeshAnnotations(SystemPlan system) =>
        string.Concat(Mesh.Of(system).Annotations(system).Select(one => $"(printf \"%s: %q\" \"{one.Name}\" \"{one.Value}\") "));
}
