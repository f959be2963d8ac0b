namespace Conway.Traffic;

/// <summary>Chooses one of the ready endpoints.</summary>
/// <remarks>Thread-safe, no allocation.</remarks>
public sealed class Balancer(BalancerKind kind, SeededDraw draw)
{
    private int _turn = -1;

    /// <summary>Picks one of <paramref name="ready"/>, preferring those not yet tried.</summary>
    /// <param name="ready">At least one.</param>
    /// <param name="tried">Endpoints the request was sent to before; used again only when there is no other.</param>
    /// <param name="now">The time at which loads are compared.</param>
    public EndpointState Pick(ReadOnlySpan<EndpointState> ready, in TriedEndpoints tried, TimeSpan now)
    {
        if (ready.Length == 1)
        {
            return ready[0];
        }

        var picked = kind == BalancerKind.RoundRobin ? Pick_Next(ready) : Pick_BetterOfTwo(ready, now);
        return tried.Count == 0 || !tried.Contains(picked) ? picked : Pick_Untried(ready, tried, picked);
    }

    private EndpointState Pick_Next(ReadOnlySpan<EndpointState> ready) => ready[(int)((uint)Interlocked.Increment(ref _turn) % (uint)ready.Length)];

    private EndpointState Pick_BetterOfTwo(ReadOnlySpan<EndpointState> ready, TimeSpan now)
    {
        var a = draw.Below(ready.Length);
        var b = draw.Below(ready.Length - 1);
        b = b >= a ? b + 1 : b;
        var (first, second) = (ready[a], ready[b]);
        var isFirstBetter = kind == BalancerKind.PeakEwma
            ? first.Load(now) <= second.Load(now)
            : first.InFlight <= second.InFlight;
        return isFirstBetter ? first : second;
    }

    // A walk from a random place, so that those who were turned away do not all gather at the same neighbour.
    private EndpointState Pick_Untried(ReadOnlySpan<EndpointState> ready, in TriedEndpoints tried, EndpointState fallback)
    {
        var start = draw.Below(ready.Length);
        for (var i = 0; i < ready.Length; i++)
        {
            var candidate = ready[(start + i) % ready.Length];
            if (!tried.Contains(candidate))
            {
                return candidate;
            }
        }

        return fallback;
    }
}
