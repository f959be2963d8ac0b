namespace Conway.Traffic;

/// <summary>What a policy becomes when it is at work: the deciders with their small state.</summary>
internal sealed class PoolRules
{
    private long _toldExhaustedTicks = long.MinValue;

    internal PoolRules(CallPolicy policy, SeededDraw draw)
        : this(policy, new Balancer(policy.Balancer, draw), new OutlierDetector(policy.Outlier, draw), new RetryBudget(policy.RetryBudget))
    {
    }

    private PoolRules(CallPolicy policy, Balancer balancer, OutlierDetector outlier, RetryBudget budget)
    {
        Policy = policy;
        Balancer = balancer;
        Outlier = outlier;
        Budget = budget;
        Retry = new RetryPolicy(policy);
    }

    internal CallPolicy Policy { get; }

    internal Balancer Balancer { get; }

    internal OutlierDetector Outlier { get; }

    internal RetryPolicy Retry { get; }

    internal RetryBudget Budget { get; }

    /// <summary>The same with another policy; deciders whose settings did not change keep their state.</summary>
    internal PoolRules With(CallPolicy policy, SeededDraw draw) => new(
        policy,
        policy.Balancer == Policy.Balancer ? Balancer : new Balancer(policy.Balancer, draw),
        policy.Outlier == Policy.Outlier ? Outlier : new OutlierDetector(policy.Outlier, draw),
        policy.RetryBudget == Policy.RetryBudget ? Budget : new RetryBudget(policy.RetryBudget));

    internal bool MayTellExhausted(TimeSpan now)
    {
        var told = Volatile.Read(ref _toldExhaustedTicks);
        return (told == long.MinValue || now.Ticks - told >= TimeSpan.TicksPerSecond)
            && Interlocked.CompareExchange(ref _toldExhaustedTicks, now.Ticks, told) == told;
    }
}
