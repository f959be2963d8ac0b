using System.Globalization;
using Conway.ManifestFacts.Yaml;

namespace Conway.ManifestFacts;

/// <summary>Resources of Kubernetes, as far as they say what runs and how it is reached.</summary>
internal static class Kubernetes
{
    private static readonly HashSet<string> Routes = new(
        ["Ingress", "IngressRoute", "HTTPRoute", "GRPCRoute", "Gateway", "VirtualService", "HTTPProxy", "Mapping", "KongIngress", "ApisixRoute"], StringComparer.Ordinal);

    public static void Read(Part resource, List<Workload> workloads, List<Entrance> entrances, List<Entrance> exposed, HashSet<string> scaled)
    {
        var (kind, name) = (resource["kind"]!.Text!, resource["metadata", "name"]?.Text ?? "");
        if (kind == "List")
        {
            foreach (var item in resource["items"]?.Items.Where(i => i["kind"]?.Text is not null) ?? [])
            {
                Read(item, workloads, entrances, exposed, scaled);
            }
        }
        else if (Enum.TryParse<WorkloadKind>(kind, out var workload) && workload != WorkloadKind.Compose)
        {
            workloads.Add(Workload(resource, name, workload));
        }
        else if (Routes.Contains(kind))
        {
            entrances.Add(new Entrance(kind, name, resource.Place));
        }
        else if (kind == "Service" && resource["spec", "type"]?.Text is "NodePort" or "LoadBalancer")
        {
            exposed.Add(new Entrance(resource["spec", "type"]!.Text!, name, resource.Place));
        }
        else if (kind == "HorizontalPodAutoscaler" && resource["spec", "scaleTargetRef", "name"]?.Text is { } target)
        {
            scaled.Add(target);
        }
    }

    private static Workload Workload(Part resource, string name, WorkloadKind kind)
    {
        var pod = kind switch
        {
            WorkloadKind.Pod => resource["spec"],
            WorkloadKind.CronJob => resource["spec", "jobTemplate", "spec", "template", "spec"],
            _ => resource["spec", "template", "spec"],
        };
        var containers = pod?["containers"]?.Items ?? [];
        return new Workload
        {
            Name = name,
            Kind = kind,
            Place = resource["metadata", "name"]?.Place ?? resource.Place,
            Image = containers.Count > 0 ? containers[0]["image"]?.Text ?? "" : "",
            Replicas = int.TryParse(resource["spec", "replicas"]?.Text, CultureInfo.InvariantCulture, out var replicas) ? replicas : null,
            HasMemoryLimit = containers.Count > 0 && containers.All(c => c["resources", "limits", "memory"] is not null),
            HasHealthCheck = containers.Any(c => (c["readinessProbe"] ?? c["livenessProbe"]) is not null),
            Environment = [.. from container in containers
                              from variable in container["env"]?.Items ?? []
                              where variable["value"]?.Text is not null
                              select new ManifestVariable(variable["name"]?.Text ?? "", variable["value"]!.Text!, variable["value"]!.Place)],
        };
    }
}
