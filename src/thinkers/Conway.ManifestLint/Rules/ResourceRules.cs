using Conway.Findings;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>How much a container asks for, and how much it may take.</summary>
internal static class ResourceRules
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        Missing("cpu-request", "requests", "cpu", "The container asks for CPU", "The scheduler puts it anywhere, and under load it gets what others leave.", "resources: { requests: { cpu: 100m } }",
            "KL:unset-cpu-requirements PO:cpuRequestsMissing KS:container-resources CKV_K8S_10 C-0268 C-0050"),
        Missing("memory-request", "requests", "memory", "The container asks for memory", "The scheduler puts it on a full node, and it is among the first to be evicted.", "resources: { requests: { memory: 128Mi } }",
            "KL:unset-memory-requirements PO:memoryRequestsMissing KS:container-resources CKV_K8S_12 C-0269 C-0004"),
        Missing("memory-limit", "limits", "memory", "The container's memory is bounded", "One process that leaks takes the node with all that runs on it.", "resources: { limits: { memory: 256Mi } }",
            "KL:unset-memory-requirements PO:memoryLimitsMissing KS:container-resources CKV_K8S_13 C-0271 C-0009 C-0004"),
        Missing("cpu-limit", "limits", "cpu", "The container's CPU is bounded", "One busy container makes all others on its node slow.", "resources: { limits: { cpu: \"1\" } }",
            "KL:unset-cpu-requirements PO:cpuLimitsMissing KS:container-resources CKV_K8S_11 C-0270 C-0009 C-0050") with { Severity = Severity.Info },
        Rule("ephemeral-storage", Severity.Info, "The container's scratch space is asked for and bounded", "A container that fills the disk of its node evicts others.",
            "Write 'ephemeral-storage: 256Mi' under resources.requests and resources.limits.", "KS:container-ephemeral-storage-request-and-limit",
            Containers(static c => c.Kind == ContainerKind.Ephemeral ? null : string.Join(" and ", new[] { "requests", "limits" }.Where(l => c.At["resources", l, "ephemeral-storage"].Set() is null)) is { Length: > 0 } lacks
                ? new Wrong($"has no ephemeral-storage in {lacks}", c.At["resources"]) : null)),
        Rule("requests-equal-limits", Severity.Info, "Requests are equal to limits, for the class Guaranteed", "What is over its request may be evicted when the node is short.",
            "Write the same cpu and memory under resources.requests and resources.limits.", "KS:container-resource-requests-equal-limits KS:container-cpu-requests-equal-limits KS:container-memory-requests-equal-limits",
            Containers(static c => c.Kind == ContainerKind.Ephemeral ? null : new[] { "cpu", "memory" }.FirstOrDefault(r => Limit(c, r) is not { } limit || (Request(c, r) ?? limit) != limit) is { } other
                ? new Wrong($"asks for another amount of {other} than its limit", c.At["resources", "requests", other] ?? c.At["resources"]) : null)) with { IsOptional = true },
        Rule("request-over-limit", Severity.Error, "No request is over its limit, and every amount is a quantity", "The API refuses the pod.",
            "Write a request that is not over the limit, as in 250m or 128Mi.", "C-0004 C-0050", InContainers(static c => Over(c))),
    ];

    // Ephemeral containers may not have resources.
    private static LintRule Missing(string id, string list, string what, string requirement, string why, string yaml, string aliases) =>
        Rule(id, Severity.Warning, requirement, why, $"Write '{yaml}'.", aliases,
            Containers(c => c.Kind == ContainerKind.Ephemeral || c.At["resources", list, what].Set() is not null || (list == "requests" && c.At["resources", "limits", what].Set() is not null)
                || c.Pod.Spec["resources", list, what].Set() is not null
                ? null : new Wrong($"has no {what} in resources.{list}", c.At["resources"])));

    private static double? Limit(Container c, string resource) => Values.Quantity(c.At["resources", "limits", resource].Word());

    private static double? Request(Container c, string resource) => Values.Quantity(c.At["resources", "requests", resource].Word());

    private static IEnumerable<Wrong> Over(Container c)
    {
        foreach (var list in new[] { "requests", "limits" })
        {
            foreach (var (name, amount) in c.At["resources", list]?.Entries ?? [])
            {
                if (!amount.IsNull() && Values.Quantity(amount.Text) is null or < 0)
                {
                    yield return new Wrong($"has {amount.Text ?? "no text"} as {name} in resources.{list}, which is no quantity", amount, $"{list} {name}");
                }
                else if (list == "requests" && Values.Quantity(amount.Text) is { } asked && Limit(c, name) is { } limit && asked > limit)
                {
                    yield return new Wrong($"asks for {amount.Text} of {name}, over its limit of {c.At["resources", "limits", name]!.Text}", amount, name) { Measure = new Measure(asked, limit, name == "cpu" ? "cores" : "bytes") };
                }
            }
        }
    }
}
