namespace Conway.Decomposition.Measures;

/// <summary>ICP: the share of calls between classes that cross a boundary. 0 to 1, lower is better; one cluster reaches 0, so never aim at it alone.</summary>
public static class InterPartitionCalls
{
    /// <summary>As Mono2Micro reckons: each pair weighs 1 + ln v, v being its volume.</summary>
    public static double OnePlusLog(Partition cut, IReadOnlyList<CallVolume> calls) => Of(cut, calls, v => 1 + Math.Log(v));

    /// <summary>As RLDec reckons: each pair weighs ln(1 + v).</summary>
    public static double LogOfOneMore(Partition cut, IReadOnlyList<CallVolume> calls) => Of(cut, calls, v => Math.Log(1 + v));

    private static double Of(Partition cut, IReadOnlyList<CallVolume> calls, Func<double, double> weigh)
    {
        var (cross, all) = (0.0, 0.0);
        foreach (var (from, to, volume) in calls)
        {
            if (from == to || cut[from] == Partition.None || cut[to] == Partition.None)
            {
                continue;
            }

            var weight = weigh(volume);
            all += weight;
            cross += cut[from] == cut[to] ? 0 : weight;
        }

        return all == 0 ? 0 : cross / all;
    }
}
