namespace Conway.Decomposition.Measures;

/// <summary>CARGO's static figures (Nitin, Asthana, Ray, Krishna 2022): I calls within clusters, X between them, as ordered pairs.</summary>
public static class StaticCoupling
{
    /// <summary>X / (X + I), 0 to 1. Lower is better.</summary>
    public static double Coupling(Partition cut, IReadOnlyList<CallVolume> calls)
    {
        var counts = new CallCounts(cut, calls);
        var all = counts.CrossOrdered + counts.InsideOrdered.Sum();
        return all == 0 ? 0 : (double)counts.CrossOrdered / all;
    }

    /// <summary>The mean over clusters of 2I / (2I + X), X being what leaves and enters. 0 to 1, higher is better. A cluster that calls nothing has 0.</summary>
    public static double Cohesion(Partition cut, IReadOnlyList<CallVolume> calls) =>
        cut.Count == 0 ? 0 : TurboMq.LeavingAndEntering(cut, calls) / cut.Count;
}
