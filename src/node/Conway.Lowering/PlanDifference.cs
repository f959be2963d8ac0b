using Conway.Model;

namespace Conway.Lowering;

/// <summary>What has to be done to come from one plan to another.</summary>
/// <param name="Added">Services to start.</param>
/// <param name="Removed">Services to stop.</param>
/// <param name="Restarted">Services whose processes have to be replaced, and why: <c>environment CATALOG_URL</c>.</param>
/// <param name="Rescaled">Services that only get more or fewer replicas.</param>
/// <param name="Tables">Whether listeners or routes changed; they are swapped without touching a process.</param>
/// <param name="Judged">Services whose health check, drain or order changed; taken over without a restart.</param>
public sealed record PlanDifference(
    ValueList<string> Added, ValueList<string> Removed, NameMap<string> Restarted, ValueList<string> Rescaled, ValueList<string> Judged, bool Tables)
{
    /// <summary>Nothing to do.</summary>
    public bool IsEmpty => Added.Count + Removed.Count + Restarted.Count + Rescaled.Count + Judged.Count == 0 && !Tables;

    /// <summary>What is done, a line each: <c>restart catalog: environment CATALOG_URL</c>.</summary>
    public IReadOnlyList<string> Describe() =>
    [
        .. Added.Select(n => $"start {n}"),
        .. Removed.Select(n => $"stop {n}"),
        .. Restarted.Select(r => $"restart {r.Key}: {r.Value}"),
        .. Rescaled.Select(n => $"scale {n}"),
        .. Judged.Select(n => $"adjust {n}"),
        .. Tables ? ["swap routes and listeners"] : Array.Empty<string>(),
    ];

    /// <summary>Both plans must be of the same run.</summary>
    public static PlanDifference Between(RunPlan old, RunPlan next)
    {
        var restarted = new List<KeyValuePair<string, string>>();
        var rescaled = new List<string>();
        var judged = new List<string>();
        foreach (var (name, after) in next.Services)
        {
            if (!old.Services.TryGetValue(name, out var before) || before.Equals(after))
            {
                continue;
            }

            if (RestartReason(before, after) is { } reason)
            {
                restarted.Add(new(name, reason));
            }
            else if (!before.Replicas.Equals(after.Replicas))
            {
                rescaled.Add(name);
            }
            else
            {
                judged.Add(name);
            }
        }

        return new PlanDifference(
            [.. next.Services.Keys.Where(n => !old.Services.ContainsKey(n))],
            [.. old.Services.Keys.Where(n => !next.Services.ContainsKey(n))],
            new NameMap<string>(restarted), new ValueList<string>(rescaled), new ValueList<string>(judged),
            !old.Listeners.Equals(next.Listeners) || !old.Routes.Equals(next.Routes));
    }

    private static string? RestartReason(ServicePlan before, ServicePlan after)
    {
        if (before.Kind != after.Kind || before.Directory != after.Directory || !Equals(before.Build, after.Build))
        {
            return "another project or folder";
        }

        if (before.Command != after.Command)
        {
            return "another command";
        }

        var changed = before.Environment.Except(after.Environment).Concat(after.Environment.Except(before.Environment)).Select(v => v.Name).Distinct().ToArray();
        return changed.Length == 0 ? null : $"environment {string.Join(", ", changed)}";
    }
}
