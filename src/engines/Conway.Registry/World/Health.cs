namespace Conway.Registry.World;

/// <summary>Consul's spelling of <see cref="InstanceHealth"/>, and the order "worst wins".</summary>
internal static class Health
{
    public static string Word(this InstanceHealth health) => health switch
    {
        InstanceHealth.Passing => "passing",
        InstanceHealth.Warning => "warning",
        _ => "critical",
    };

    public static InstanceHealth? Parse(string word) => word switch
    {
        "passing" => InstanceHealth.Passing,
        "warning" => InstanceHealth.Warning,
        "critical" => InstanceHealth.Critical,
        _ => null,
    };

    /// <summary>The worst of the checks; nothing checked is passing, as in Consul.</summary>
    public static InstanceHealth Worst(IEnumerable<CheckRecord> checks)
    {
        var worst = InstanceHealth.Passing;
        foreach (var check in checks)
            if (check.Status > worst) worst = check.Status;
        return worst;
    }
}
