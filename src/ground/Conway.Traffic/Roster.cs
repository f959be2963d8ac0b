namespace Conway.Traffic;

/// <summary>Who may be picked now. Immutable; built anew at every change, so that picking needs no lock.</summary>
internal sealed class Roster
{
    private Roster(PoolRules rules, EndpointState[] all, EndpointState[] ready, bool panic)
    {
        Rules = rules;
        All = all;
        Ready = ready;
        Panic = panic;
        Monitors = Array.ConvertAll(all, s => s.Outlier);
    }

    internal PoolRules Rules { get; }

    internal EndpointState[] All { get; }

    internal EndpointState[] Ready { get; }

    internal OutlierMonitor[] Monitors { get; }

    internal bool Panic { get; }

    /// <remarks>
    /// An ejection is a guess from a few answers; with too few endpoints left it is more likely that something else is wrong, and the few would be drowned.
    /// A failed health check is knowledge: it is never overruled, since nobody is there to answer.
    /// </remarks>
    internal static Roster Build(PoolRules rules, EndpointState[] all)
    {
        var counted = all.Count(s => s.Health != EndpointHealth.Draining);
        var healthy = Array.FindAll(all, s => s.Health == EndpointHealth.Healthy);
        var available = Array.FindAll(healthy, s => !s.Outlier.IsEjected);
        var panic = available.Length < healthy.Length && available.Length * 100 < rules.Policy.PanicThresholdPercent * counted;
        return new Roster(rules, all, panic ? healthy : available, panic);
    }
}
