namespace Conway.Traffic.Tests;

/// <summary>The deciders that serve traffic, driven by a simulated world: no clock, no thread, replayed from a seed.</summary>
public sealed class SimulationTests
{
    [Fact]
    public void Peak_ewma_keeps_away_from_one_slow_replica_of_ten_where_round_robin_does_not()
    {
        var roundRobin = LatenciesWithOneSlow(BalancerKind.RoundRobin);
        var leastRequest = LatenciesWithOneSlow(BalancerKind.LeastRequest);
        var peakEwma = LatenciesWithOneSlow(BalancerKind.PeakEwma);

        // 1 s is a common time limit: round robin meets it in 9 of 10 calls, since the slow one takes 2 s.
        Assert.Equal(0.90, SharePunctual(roundRobin), 0.01);
        Assert.True(SharePunctual(leastRequest) > 0.97, $"least request {SharePunctual(leastRequest):P2}");
        Assert.True(SharePunctual(peakEwma) > 0.995, $"peak EWMA {SharePunctual(peakEwma):P2}");
        Assert.True(SharePunctual(peakEwma) > SharePunctual(leastRequest));
    }

    [Fact]
    public void A_failing_callee_gets_a_fifth_more_and_not_three_times_as_much()
    {
        var without = AttemptsPerRequest(new RetryBudgetSettings(100, int.MaxValue / 2));
        var with = AttemptsPerRequest(RetryBudgetSettings.Default);

        Assert.Equal(3, without, 0.01);
        Assert.InRange(with, 1.1, 1.3);
    }

    /// <summary>500 requests a second for 60 s on ten replicas, one of which takes 2 s instead of 20 ms.</summary>
    private static List<double> LatenciesWithOneSlow(BalancerKind kind)
    {
        var pool = Some.Pool(new CallPolicy { Balancer = kind, Outlier = OutlierSettings.Off }, 10);
        var draw = new SeededDraw(42);
        var ends = new PriorityQueue<(EndpointState Endpoint, TimeSpan Took), TimeSpan>();
        List<double> latencies = [];
        for (var now = TimeSpan.Zero; now < 60.Seconds(); now += 2.Milliseconds())
        {
            while (ends.TryPeek(out var ended, out var at) && at <= now)
            {
                ends.Dequeue();
                pool.Answered(ended.Endpoint, ended.Took, failed: false, at);
                pool.End(ended.Endpoint, AttemptResult.Success, at);
            }

            pool.TryPick(default, now, out var endpoint);
            pool.Begin(endpoint, isRetry: false);
            var took = (endpoint.Id == "e-1" ? 2.0 : 0.02).Seconds() * (0.75 + (draw.Unit() / 2));
            latencies.Add(took.TotalSeconds);
            ends.Enqueue((endpoint, took), now + took);
        }

        return latencies;
    }

    private static double SharePunctual(List<double> latencies) => (double)latencies.Count(l => l <= 1) / latencies.Count;

    /// <summary>100 requests under way at any time, each lasting 10 ms an attempt, all failing, two retries allowed.</summary>
    private static double AttemptsPerRequest(RetryBudgetSettings settings)
    {
        var budget = new RetryBudget(settings);
        var (requests, attempts) = (0L, 0L);
        var left = new int[100];
        var isRetry = new bool[100];
        for (var step = 0; step < 1000; step++)
        {
            for (var i = 0; i < left.Length; i++)
            {
                if (isRetry[i])
                {
                    budget.Return();
                    isRetry[i] = false;
                }

                if (left[i] > 0 && budget.TryTake())
                {
                    isRetry[i] = true;
                    left[i]--;
                }
                else
                {
                    if (step > 0)
                    {
                        budget.Exit();
                    }

                    budget.Enter();
                    requests++;
                    left[i] = 2;
                }

                attempts++;
            }
        }

        return (double)attempts / requests;
    }
}
