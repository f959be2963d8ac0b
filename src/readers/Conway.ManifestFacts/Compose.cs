using System.Globalization;
using Conway.ManifestFacts.Yaml;

namespace Conway.ManifestFacts;

/// <summary>Services of a Compose file (compose-spec).</summary>
internal static class Compose
{
    public static void Read(Part services, List<Workload> workloads)
    {
        foreach (var (name, service) in services.Entries)
        {
            workloads.Add(new Workload
            {
                Name = name,
                Kind = WorkloadKind.Compose,
                Place = service.Place,
                Image = service["image"]?.Text ?? "",
                Replicas = int.TryParse(service["deploy", "replicas"]?.Text ?? service["scale"]?.Text, CultureInfo.InvariantCulture, out var replicas) ? replicas : null,
                HasMemoryLimit = (service["deploy", "resources", "limits", "memory"] ?? service["mem_limit"]) is not null,
                HasHealthCheck = service["healthcheck"] is { } check && check["disable"]?.Text != "true",
                Environment = [.. Variables(service["environment"])],
                Published = [.. (service["ports"]?.Items ?? []).Select(p => p.Text ?? p["published"]?.Text).OfType<string>()],
            });
        }
    }

    // A map, or a list of NAME=value.
    private static IEnumerable<ManifestVariable> Variables(Part? environment) =>
        environment is null ? []
        : environment.Items.Count > 0
            ? from item in environment.Items
              let cut = item.Text?.IndexOf('=', StringComparison.Ordinal) ?? -1
              where cut > 0
              select new ManifestVariable(item.Text![..cut], item.Text[(cut + 1)..], item.Place)
            : environment.Entries.Where(e => e.Value.Text is not null).Select(e => new ManifestVariable(e.Key, e.Value.Text!, e.Value.Place));
}
