namespace Conway.ManifestLint;

/// <summary>Annotations that say not to tell a finding: ours, and those that other tools already had written.</summary>
internal static class Ignoring
{
    private const string Own = "ignore.conway.dev/";
    private const string KubeLinter = "ignore-check.kube-linter.io/";

    /// <summary>Why not to tell; null to tell.</summary>
    public static string? Reason(LintRule rule, Hit hit) =>
        Reason(rule, hit.On.Annotations) ?? (hit.Pod is { } pod && !ReferenceEquals(pod.Owner.Annotations, pod.Annotations) ? Reason(rule, pod.Annotations) : null);

    private static string? Reason(LintRule rule, Dictionary<string, string> annotations)
    {
        foreach (var (key, value) in annotations)
        {
            // Ours counts only with a reason: who reads it later has to know whether it still holds.
            if (key.StartsWith(Own, StringComparison.Ordinal) && rule.IsNamed(key[Own.Length..]) && value.Trim().Length > 0)
            {
                return value.Trim();
            }

            if (key.StartsWith(KubeLinter, StringComparison.Ordinal) && rule.Aliases.Contains("KL:" + key[KubeLinter.Length..]))
            {
                return value.Trim() is { Length: > 0 } reason ? reason : $"annotation {key}";
            }

            if (key == "kube-linter.io/ignore-all" && rule.Aliases.Any(a => a.StartsWith("KL:", StringComparison.Ordinal)))
            {
                return value.Trim() is { Length: > 0 } reason ? reason : $"annotation {key}";
            }

            if (key.StartsWith("polaris.fairwinds.com/", StringComparison.Ordinal) && key.EndsWith("exempt", StringComparison.Ordinal) && value == "true"
                && (key == "polaris.fairwinds.com/exempt" ? rule.Aliases.Any(a => a.StartsWith("PO:", StringComparison.Ordinal)) : rule.Aliases.Contains("PO:" + key["polaris.fairwinds.com/".Length..^"-exempt".Length])))
            {
                return $"annotation {key}";
            }

            if (key == "kube-score/ignore" && value.Split(',', StringSplitOptions.TrimEntries).Any(v => rule.Aliases.Contains("KS:" + v)))
            {
                return $"annotation {key}";
            }

            if (key.StartsWith("checkov.io/skip", StringComparison.Ordinal) && value.Split('=', 2) is var check && rule.Aliases.Contains(check[0].Trim()))
            {
                return check.Length > 1 && check[1].Trim().Length > 0 ? check[1].Trim() : $"annotation {key}";
            }
        }

        return null;
    }
}
