using System.Globalization;
using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>How the cluster learns that a container is well.</summary>
internal static class ProbeRules
{
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("readiness-probe", Severity.Warning, "A readiness probe asks whether it can serve", "Requests reach it before it can answer them, at each start and at each release.",
            "Write 'readinessProbe: { httpGet: { path: /ready, port: http } }'.", "KL:no-readiness-probe PO:readinessProbeMissing CKV_K8S_9 C-0018",
            Containers(static c => Serves(c) && c.At["readinessProbe"].Set() is null ? new Wrong("has no readinessProbe") : null)),
        Rule("liveness-probe", Severity.Warning, "A liveness probe asks whether it still lives", "A process that hangs stays as it is until somebody looks.",
            "Write 'livenessProbe: { tcpSocket: { port: http } }'; it must not ask for what others have to answer.", "KL:no-liveness-probe PO:livenessProbeMissing CKV_K8S_8 C-0056",
            Containers(static c => Serves(c) && c.At["livenessProbe"].Set() is null ? new Wrong("has no livenessProbe") : null)),
        Rule("probes-differ", Severity.Warning, "Liveness and readiness do not ask the same", "What is only busy is restarted, when it should only get no more requests.",
            "Let livenessProbe ask less, as in 'livenessProbe: { tcpSocket: { port: http } }', or wait longer than readinessProbe.", "KS:pod-probes-identical",
            Containers(static c => c.At["livenessProbe"].Set() is { } live && c.At["readinessProbe"].Set() is { } ready && Same(live, ready) ? new Wrong("asks the same in livenessProbe and in readinessProbe", live) : null)),
        Rule("probe-port", Severity.Error, "A probe asks a port that the container has", "The probe fails for ever: the pod never gets ready, or is restarted again and again.",
            "Name one of the container's ports in the probe.", "KL:liveness-port KL:readiness-port KL:startup-port", InContainers(static c => Ports(c))),
    ];

    private static bool Serves(Container c) => c.Stays && !c.Pod.IsTask && c.Kind != ContainerKind.Sidecar;

    private static IEnumerable<Wrong> Ports(Container c)
    {
        foreach (var probe in Probes)
        {
            var at = c.At[probe]?["httpGet", "port"] ?? c.At[probe]?["tcpSocket", "port"] ?? c.At[probe]?["grpc", "port"];
            if (at.Word() is not { } port)
            {
                continue;
            }

            if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && !at!.IsQuoted)
            {
                // A port works without being declared; it is then only not written down.
                if (c.Ports.Count > 0 && c.Ports.All(p => p["containerPort"].Number() != number))
                {
                    yield return new Wrong($"is asked in {probe} on port {number}, which is not among its ports", at, probe) { Weight = Severity.Warning };
                }
            }
            else if (c.Ports.All(p => p["name"]?.Text != port))
            {
                yield return new Wrong($"is asked in {probe} on port '{port}', and has no port of this name", at, probe);
            }
        }
    }

    private static bool Same(Part left, Part right) => Text(left) == Text(right);

    private static string Text(Part part) => part.Text ?? (part.Items.Count > 0 ? $"[{string.Join(",", part.Items.Select(Text))}]"
        : $"{{{string.Join(",", part.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}:{Text(e.Value)}"))}}}");
}
