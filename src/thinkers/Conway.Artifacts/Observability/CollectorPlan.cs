using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Observability;

/// <summary>The system's own collector in a cluster, with no choice left.</summary>
/// <param name="Name">Of its Service and of its other objects: the first label of the host in <c>deploy.telemetry</c>.</param>
/// <param name="Space">Its namespace: the second.</param>
/// <param name="Cpu">Thousandths of a processor.</param>
/// <param name="Memory">Mebibytes.</param>
/// <remarks>
/// With spans/s the sum over all services of <c>load.requests</c> x (1 + calls), one span for what is answered and one for each call:
/// cpu = spans/s / 10,000 / 0.7, rounded up to 50m, at least 200m;
/// memory = 256 MiB + spans/s x seconds of waiting x 2 KiB / 0.6, the share at which the memory limiter begins to refuse, rounded up to 32 MiB.
/// </remarks>
internal sealed record CollectorPlan(string Name, string Space, int Cpu, int Memory, string Traces, string Logs, Reach TracesReach, Reach LogsReach, string Prometheus)
{
    public const int GrpcPort = 4317;
    public const int HttpPort = 4318;
    public const int OwnMetricsPort = 8888;
    public const int HealthPort = 13133;

    private const double SpansEach = 10_000;
    private const double Busy = 0.7;
    private const int CpuStep = 50;
    private const int CpuLeast = 200;
    private const int CpuMost = 4000;
    private const int CpuBurst = 4;
    private const int MemoryBase = 256;
    private const int MemoryStep = 32;
    private const double Kept = 2048;
    private const double Soft = 0.6;
    private const double Mebibyte = 1 << 20;

    public int CpuLimit => Cpu * CpuBurst;

    public static bool IsOwn(SystemPlan system) => system.Model.Deploy.Collector.Run == "own";

    /// <summary>Null, and findings for all that is missing, when it cannot be deployed.</summary>
    public static CollectorPlan? Of(SystemPlan system, Uri telemetry, List<Finding> findings)
    {
        var deploy = system.Model.Deploy;
        var place = Place(system, telemetry, findings);
        if (deploy.Prometheus is null)
        {
            findings.Add(ArtifactFindings.Needed("deploy.prometheus", "The collector may be scraped by nobody: the model does not say in which namespace Prometheus runs.", "Write 'deploy: { prometheus: monitoring }' with your own."));
        }

        var traces = Away(system, "traces", deploy.Collector.Traces, "http://tempo.observability:4318", "traces", findings);
        var logs = Away(system, "logs", deploy.Collector.Logs, "http://loki.observability:3100/otlp", "collector-logs", findings);
        if (deploy.Collector.Image.EndsWith(":latest", StringComparison.Ordinal))
        {
            findings.Add(new Finding { Rule = ArtifactFindings.NotFixed, Message = "'deploy.collector.image' says latest, which is another image tomorrow.", Mend = "Write the tag of a version, or a digest.", ModelPath = "deploy.collector.image" });
        }

        var spans = SpansPerSecond(system);
        var cpu = Math.Max(CpuLeast, Up(spans * 1000 / SpansEach / Busy, CpuStep));
        if (cpu > CpuMost)
        {
            findings.Add(new Finding
            {
                Rule = ArtifactFindings.CollectorTooSmall,
                Message = string.Create(CultureInfo.InvariantCulture, $"The services send about {spans:0} spans a second, and one collector should take {CpuMost * SpansEach * Busy / 1000:0}."),
                Mend = "Write 'collector: platform' and run several behind one that balances by trace id; or let services sample before they send.",
                ModelPath = "deploy.collector",
            });
        }

        return place is null || traces is null || logs is null || deploy.Prometheus is null ? null : new CollectorPlan(
            place.Value.Name, place.Value.Space, Math.Min(cpu, CpuMost), Up(MemoryBase + (spans * CollectorConfig.WaitSeconds(system) * Kept / Mebibyte / Soft), MemoryStep),
            deploy.Collector.Traces!, deploy.Collector.Logs!, traces, logs, deploy.Prometheus);
    }

    /// <summary>Spans that all services send in a second at the busiest usual time, as far as the model says.</summary>
    public static double SpansPerSecond(SystemPlan system) => system.Services.Sum(service => (service.Service.Load?.Requests?.PerSecond ?? 0) * (1 + service.Service.Calls.Count));

    // Whatever else lies in a namespace would be confined with the collector: so it must be one that can only be the system's.
    private static (string Name, string Space)? Place(SystemPlan system, Uri telemetry, List<Finding> findings)
    {
        var space = KubeMetadata.NamespaceOf(system);
        var host = telemetry.Host.Split('.');
        var isInCluster = host.Length >= 2 && host[2..] is [] or ["svc"] or ["svc", "cluster", "local"];
        if (!isInCluster || telemetry is not { Scheme: "http", Port: HttpPort, AbsolutePath: "/" } || !host[1].StartsWith(space + "-", StringComparison.Ordinal) || host[..2].Any(label => label.Length > ObjectNames.LabelMax || !Names.IsName(label) || label[^1] == '-'))
        {
            findings.Add(ArtifactFindings.Needed(
                "deploy.telemetry",
                $"'{telemetry.OriginalString}' cannot be a collector of the system's own: that has a namespace beside '{space}' whose name begins with '{space}-', and takes OTLP over HTTP on port 4318.",
                $"Write 'telemetry: http://collector.{space}-telemetry:4318'; or 'collector: platform' when the address leads to one that is there."));
            return null;
        }

        if (system.Model.Deploy.Logs.To is not null && host[1] == LogsPlan.SpaceOf(system))
        {
            findings.Add(ArtifactFindings.Needed("deploy.telemetry", $"'{host[1]}' is the namespace of what reads logs, which is less confined than a collector.", $"Write 'telemetry: http://{host[0]}.{space}-telemetry:4318'."));
            return null;
        }

        if (Reach.Written(system, "telemetry") is { } reach && (reach.Namespace != host[1] || reach.Port != HttpPort))
        {
            findings.Add(ArtifactFindings.Needed("deploy.reach.telemetry", $"Services may reach '{reach.Text}', and their collector is in '{host[1]}'.", $"Write 'deploy: {{ reach: {{ telemetry: \"{host[1]}:{HttpPort}\" }} }}'."));
            return null;
        }

        return (host[0], host[1]);
    }

    private static Reach? Away(SystemPlan system, string key, string? address, string example, string reach, List<Finding> findings)
    {
        if (address is null || !Uri.TryCreate(address, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
        {
            findings.Add(ArtifactFindings.Needed(
                $"deploy.collector.{key}",
                address is null ? $"The collector does not know where to send {key}." : $"'{address}' is no address.",
                $"Write 'deploy: {{ collector: {{ run: own, {key}: \"{example}\" }} }}' with your own, in the settings of the environment."));
            return null;
        }

        return Reach.OfAddress(system, parsed, reach, $"The collector sends {key} to", findings);
    }

    private static int Up(double value, int step) => (int)Math.Min(Math.Ceiling(value / step) * step, 1 << 24);
}
