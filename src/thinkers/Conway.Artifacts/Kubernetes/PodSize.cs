using System.Globalization;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>What one replica asks for and may use.</summary>
/// <param name="Cpu">Thousandths of a processor.</param>
/// <param name="Memory">Mebibytes; asked for and the limit alike, so that nobody is killed for a neighbour.</param>
/// <remarks>
/// <c>services.X.resources</c> where it is written. Else, for each replica that always runs, with rate the share of <c>load.requests</c> that it gets:
/// cpu = rate x 5 ms of processor time / the use at which more replicas start (0.7), rounded up to 50, at least 100;
/// memory = 256 MiB + rate x seconds in flight (the p99 of the SLO, else the budget, else 1) x <c>load.payload</c> (else 4 KiB) x 4 copies, rounded up to 32.
/// </remarks>
internal sealed record PodSize(int Cpu, int Memory)
{
    /// <summary>Percentage of what is asked for at which more replicas start, where the model says no other.</summary>
    public const int Busy = 70;

    /// <summary>Percentage of what is asked for at which more replicas of a service start.</summary>
    public static int BusyOf(ServicePlan plan) => plan.Service.Scale is { By: ScaleBy.Cpu, Each: { } each } ? Math.Min(100, each) : Busy;

    /// <summary>Mebibytes that a container may write outside of its volumes, its log among them.</summary>
    public const int Disk = 256;

    private const double MillisecondsEach = 5;
    private const int CpuStep = 50;
    private const int CpuLeast = 100;
    private const int CpuBurst = 4;
    private const int MemoryBase = 256;
    private const int MemoryStep = 32;
    private const int Copies = 4;
    private const double Mebibyte = 1 << 20;

    public int CpuLimit => Cpu * CpuBurst;

    public static PodSize Of(ServicePlan plan, int replicas)
    {
        var service = plan.Service;
        var rate = (service.Load?.Requests?.PerSecond ?? 0) / replicas;
        var seconds = (service.Slo?.Latency?.P99 ?? service.Api.Budget ?? TimeSpan.FromSeconds(1)).TotalSeconds;
        var inFlight = rate * seconds * (service.Load?.Payload?.Bytes ?? 4096) * Copies / Mebibyte;
        return new PodSize(
            CpuOf(service.Resources?.Cpu) ?? Math.Max(CpuLeast, Up(rate * MillisecondsEach * 100 / BusyOf(plan), CpuStep)),
            service.Resources?.Memory is { } memory ? Up(memory.Bytes / Mebibyte, 1) : Up(MemoryBase + inFlight, MemoryStep));
    }

    public YamlMap Write(ServicePlan plan)
    {
        var cpu = plan.Because(ArtifactRules.PodResources, plan.Service.Resources?.Cpu is null ? "load" : "resources.cpu");
        var memory = plan.Because(ArtifactRules.PodResources, plan.Service.Resources?.Memory is null ? "load" : "resources.memory");
        return new YamlMap { Origin = plan.Because(ArtifactRules.PodResources) }
            .Set("requests", new YamlMap().Set("cpu", Text(Cpu, cpu)).Set("memory", Mebi(Memory, memory)).Set("ephemeral-storage", $"{Disk}Mi"))
            .Set("limits", new YamlMap().Set("cpu", Text(CpuLimit, cpu)).Set("memory", Mebi(Memory, memory)).Set("ephemeral-storage", $"{Disk}Mi"));
    }

    private static YamlText Text(int cpu, Origin origin) => new(string.Create(CultureInfo.InvariantCulture, $"{cpu}m")) { Origin = origin };

    private static YamlText Mebi(int memory, Origin origin) => new(string.Create(CultureInfo.InvariantCulture, $"{memory}Mi")) { Origin = origin };

    private static int Up(double value, int step) => (int)Math.Min(Math.Ceiling(value / step) * step, 1 << 24);

    private static int? CpuOf(string? cpu) =>
        cpu is null ? null
        : cpu.EndsWith('m') ? int.Parse(cpu[..^1], CultureInfo.InvariantCulture)
        : Math.Max(1, (int)Math.Ceiling(double.Parse(cpu, CultureInfo.InvariantCulture) * 1000));
}
