namespace Conway.Traffic.Tests;

public sealed class BalancerTests
{
    [Fact]
    public void Round_robin_goes_one_after_the_other()
    {
        var pool = Some.Pool(new CallPolicy { Balancer = BalancerKind.RoundRobin }, 3);

        Assert.Equal(["e-1", "e-2", "e-3", "e-1", "e-2", "e-3"], Enumerable.Range(0, 6).Select(_ => Pick(pool)));
    }

    [Theory]
    [InlineData(BalancerKind.LeastRequest)]
    [InlineData(BalancerKind.PeakEwma)]
    public void With_two_endpoints_the_one_with_fewer_requests_is_picked_every_time(BalancerKind kind)
    {
        var pool = Some.Pool(new CallPolicy { Balancer = kind }, 2);
        pool.Begin(pool.Find("e-2"), isRetry: false);

        Assert.Equal(["e-1"], pool.Picked(TimeSpan.Zero));
    }

    [Fact]
    public void With_two_endpoints_the_faster_is_picked_every_time_until_the_other_has_more_in_flight()
    {
        var pool = Some.Pool(CallPolicy.Default, 2);
        var (fast, slow) = (pool.Find("e-1"), pool.Find("e-2"));
        pool.Answered(slow, 100.Milliseconds(), failed: false, TimeSpan.Zero);
        pool.Answered(fast, 40.Milliseconds(), failed: false, TimeSpan.Zero);

        Assert.Equal(["e-1"], pool.Picked(TimeSpan.Zero));
        pool.Begin(fast, isRetry: false);
        Assert.Equal(["e-1"], pool.Picked(TimeSpan.Zero)); // 40 × 2 < 100 × 1
        pool.Begin(fast, isRetry: false);
        Assert.Equal(["e-2"], pool.Picked(TimeSpan.Zero)); // 40 × 3 > 100 × 1
    }

    [Fact]
    public void An_endpoint_nobody_asks_is_tried_again_in_time()
    {
        var pool = Some.Pool(CallPolicy.Default, 2);
        pool.Answered(pool.Find("e-2"), 5.Seconds(), failed: false, TimeSpan.Zero);
        pool.Answered(pool.Find("e-1"), 50.Milliseconds(), failed: false, TimeSpan.Zero);

        Assert.Equal(["e-1"], pool.Picked(1.Seconds()));
        pool.Answered(pool.Find("e-1"), 50.Milliseconds(), failed: false, 60.Seconds());
        Assert.Equal(["e-2"], pool.Picked(60.Seconds())); // 5 s × e^−6 = 12 ms
    }

    [Fact]
    public void Two_of_many_are_drawn_without_favour()
    {
        var pool = Some.Pool(new CallPolicy { Balancer = BalancerKind.LeastRequest }, 5);
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 50_000; i++)
        {
            var id = Pick(pool);
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }

        Assert.All(counts.Values, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Theory]
    [InlineData(BalancerKind.RoundRobin)]
    [InlineData(BalancerKind.LeastRequest)]
    [InlineData(BalancerKind.PeakEwma)]
    public void A_further_attempt_goes_to_an_endpoint_not_tried_yet_while_there_is_one(BalancerKind kind)
    {
        var pool = Some.Pool(new CallPolicy { Balancer = kind }, 3);
        for (var i = 0; i < 200; i++)
        {
            TriedEndpoints tried = default;
            SortedSet<string> seen = [];
            for (var attempt = 0; attempt < 3; attempt++)
            {
                Assert.True(pool.TryPick(tried, TimeSpan.Zero, out var endpoint));
                Assert.True(seen.Add(endpoint.Id));
                tried.Add(endpoint);
            }

            Assert.False(pool.HasUntried(tried));
            Assert.True(pool.TryPick(tried, TimeSpan.Zero, out _));
        }
    }

    [Fact]
    public void A_fast_failure_does_not_make_an_endpoint_look_fast()
    {
        var pool = Some.Pool(CallPolicy.Default, 2);
        var (good, bad) = (pool.Find("e-1"), pool.Find("e-2"));
        for (var i = 1; i <= 20; i++)
        {
            pool.Answered(good, 20.Milliseconds(), failed: false, i.Seconds());
            pool.Answered(bad, 1.Milliseconds(), failed: true, i.Seconds());
        }

        var snapshot = pool.Snapshot(20.Seconds());
        Assert.True(snapshot.Endpoints[1].Ewma >= snapshot.Endpoints[0].Ewma / 8, "decay alone may lower it");
        Assert.NotEqual(1, snapshot.Endpoints[1].Ewma.TotalMilliseconds, 0.5);
    }

    [Fact]
    public void A_failure_penalty_keeps_traffic_away()
    {
        var pool = Some.Pool(new CallPolicy { FailurePenalty = 5.Seconds() }, 2);
        pool.Answered(pool.Find("e-2"), 1.Milliseconds(), failed: true, TimeSpan.Zero);

        Assert.Equal(["e-1"], pool.Picked(TimeSpan.Zero));
    }

    [Fact]
    public void Picking_and_completing_allocate_nothing()
    {
        var pool = Some.Pool(new CallPolicy { Retries = 2 }, 10);
        Run(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var now = TimeSpan.FromTicks(i * 10_000);
                TriedEndpoints tried = default;
                pool.Budget.Enter();
                pool.TryPick(tried, now, out var endpoint);
                tried.Add(endpoint);
                pool.Begin(endpoint, isRetry: false);
                pool.Answered(endpoint, 1.Milliseconds(), failed: false, now);
                pool.End(endpoint, AttemptResult.Success, now);
                pool.Budget.Exit();
            }
        }
    }

    [Fact]
    public void What_is_in_flight_comes_back_to_zero_whatever_threads_do()
    {
        var pool = Some.Pool(CallPolicy.Default, 4);
        Parallel.For(0, 20_000, i =>
        {
            pool.TryPick(default, TimeSpan.FromTicks(i), out var endpoint);
            pool.Begin(endpoint, isRetry: false);
            pool.Answered(endpoint, 1.Milliseconds(), failed: false, TimeSpan.FromTicks(i));
            pool.End(endpoint, i % 50 == 0 ? AttemptResult.ServerError : AttemptResult.Success, TimeSpan.FromTicks(i));
        });

        var snapshot = pool.Snapshot(TimeSpan.Zero);
        Assert.All(snapshot.Endpoints, e => Assert.Equal(0, e.InFlight));
        Assert.Equal(20_000, snapshot.Endpoints.Sum(e => e.Requests));
        Assert.Equal(400, snapshot.Endpoints.Sum(e => e.Failures));
    }

    private static string Pick(EndpointPool pool)
    {
        Assert.True(pool.TryPick(default, TimeSpan.Zero, out var endpoint));
        return endpoint.Id;
    }
}
