namespace Conway.Traffic.Tests;

public sealed class OutlierTests
{
    private static readonly CallPolicy Policy = new() { Balancer = BalancerKind.RoundRobin, PanicThresholdPercent = 0 };

    [Fact]
    public void The_fifth_failure_in_a_row_ejects_and_a_success_in_between_begins_anew()
    {
        List<TrafficEvent> events = [];
        var pool = Some.Pool(Policy, 10, events);
        Fail(pool, "e-1", 4, TimeSpan.Zero);
        pool.Attempt("e-1", AttemptResult.Success, TimeSpan.Zero);
        Fail(pool, "e-1", 4, TimeSpan.Zero);
        Assert.Contains("e-1", pool.Picked(TimeSpan.Zero));

        Fail(pool, "e-1", 1, TimeSpan.Zero);

        Assert.DoesNotContain("e-1", pool.Picked(TimeSpan.Zero));
        Assert.Equal([new TrafficEvent(TrafficEventKind.Ejected, "a → b", "e-1", "5 failures in a row", 30.Seconds())], events);
    }

    [Fact]
    public void What_the_caller_gave_up_says_nothing_about_the_endpoint()
    {
        var pool = Some.Pool(Policy, 2);
        for (var i = 0; i < 20; i++)
        {
            pool.Attempt("e-1", AttemptResult.Abandoned, TimeSpan.Zero);
        }

        Assert.Contains("e-1", pool.Picked(TimeSpan.Zero));
    }

    [Fact]
    public void Gateway_failures_eject_by_their_own_detector_only_when_it_is_enforced()
    {
        var outlier = new OutlierSettings { Consecutive5xx = 0, ConsecutiveGatewayFailure = 3, EnforcingConsecutiveGatewayFailure = 100 };
        var pool = Some.Pool(Policy with { Outlier = outlier }, 2);
        pool.Attempt("e-1", AttemptResult.GatewayFailure, TimeSpan.Zero);
        pool.Attempt("e-1", AttemptResult.GatewayFailure, TimeSpan.Zero);
        pool.Attempt("e-1", AttemptResult.ServerError, TimeSpan.Zero); // a 500 is none, and ends the row
        pool.Attempt("e-1", AttemptResult.GatewayFailure, TimeSpan.Zero);
        pool.Attempt("e-1", AttemptResult.GatewayFailure, TimeSpan.Zero);
        Assert.Contains("e-1", pool.Picked(TimeSpan.Zero));
        pool.Attempt("e-1", AttemptResult.GatewayFailure, TimeSpan.Zero);
        Assert.DoesNotContain("e-1", pool.Picked(TimeSpan.Zero));

        var lax = Some.Pool(Policy with { Outlier = outlier with { EnforcingConsecutiveGatewayFailure = 0 } }, 2);
        for (var i = 0; i < 10; i++)
        {
            lax.Attempt("e-1", AttemptResult.GatewayFailure, TimeSpan.Zero);
        }

        Assert.Contains("e-1", lax.Picked(TimeSpan.Zero));
    }

    [Theory]
    [InlineData(2, 10, true, 1)] // 50 % would be over 10 %, but one always may
    [InlineData(2, 10, false, 0)]
    [InlineData(10, 10, true, 1)]
    [InlineData(10, 10, false, 1)]
    [InlineData(10, 30, true, 3)]
    [InlineData(19, 10, false, 1)] // 2 of 19 are 10.5 %
    [InlineData(20, 10, false, 2)]
    [InlineData(3, 100, true, 3)]
    public void No_more_are_out_than_the_share_allows(int hosts, int percent, bool alwaysOne, int out_)
    {
        var pool = Some.Pool(Policy with { Outlier = new OutlierSettings { MaxEjectionPercent = percent, AlwaysEjectOneHost = alwaysOne } }, hosts);
        var states = Enumerable.Range(1, hosts).Select(i => pool.Find($"e-{i}")).ToList();
        foreach (var state in states)
        {
            for (var i = 0; i < 5; i++)
            {
                pool.Begin(state, isRetry: false);
                pool.End(state, AttemptResult.ServerError, TimeSpan.Zero);
            }
        }

        Assert.Equal(out_, pool.Snapshot(TimeSpan.Zero).Endpoints.Count(e => e.EjectedFor is not null));
    }

    [Fact]
    public void An_ejection_ends_at_the_first_sweep_after_its_time_and_grows_with_each_in_a_row()
    {
        List<TrafficEvent> events = [];
        var pool = Some.Pool(Policy, 2, events);
        var bad = pool.Find("e-1");
        var now = TimeSpan.Zero;
        pool.Tick(now);
        List<double> lasted = [];
        for (var round = 0; round < 12; round++)
        {
            for (var i = 0; i < 5; i++)
            {
                pool.Begin(bad, isRetry: false);
                pool.End(bad, AttemptResult.ServerError, now);
            }

            var ejectedAt = now;
            Assert.DoesNotContain("e-1", pool.Picked(now));
            while (!pool.Picked(now).Contains("e-1"))
            {
                now += 10.Seconds();
                pool.Tick(now);
            }

            lasted.Add((now - ejectedAt).TotalSeconds);
        }

        // base × times in a row, at most 300 s
        Assert.Equal([30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300], lasted);
    }

    [Fact]
    public void Each_sweep_that_finds_the_endpoint_in_forgives_one_ejection()
    {
        var pool = Some.Pool(Policy, 2);
        var bad = pool.Find("e-1");
        pool.Tick(TimeSpan.Zero);
        Eject(pool, bad, TimeSpan.Zero);
        pool.Tick(30.Seconds());
        Eject(pool, bad, 30.Seconds());
        Assert.Equal(60.Seconds(), pool.Snapshot(30.Seconds()).Endpoints[0].EjectedFor);
        pool.Tick(90.Seconds());   // ends the second
        pool.Tick(100.Seconds());  // 2 → 1
        pool.Tick(110.Seconds());  // 1 → 0

        Eject(pool, bad, 110.Seconds());

        Assert.Equal(30.Seconds(), pool.Snapshot(110.Seconds()).Endpoints[0].EjectedFor);
    }

    [Fact]
    public void A_passing_health_check_takes_back_at_once_and_clears_the_counters()
    {
        List<TrafficEvent> events = [];
        var pool = Some.Pool(Policy, 2, events);
        Fail(pool, "e-1", 5, TimeSpan.Zero);

        pool.SetHealth("e-1", EndpointHealth.Healthy);

        Assert.Contains("e-1", pool.Picked(TimeSpan.Zero));
        Assert.Equal(new TrafficEvent(TrafficEventKind.Unejected, "a → b", "e-1", "it passed a health check"), events[^1]);
        Fail(pool, "e-1", 4, TimeSpan.Zero);
        pool.SetHealth("e-1", EndpointHealth.Healthy);
        Fail(pool, "e-1", 4, TimeSpan.Zero);
        Assert.Contains("e-1", pool.Picked(TimeSpan.Zero));
    }

    [Fact]
    public void A_success_rate_far_below_the_others_ejects_at_the_sweep()
    {
        var pool = Some.Pool(Policy with { Outlier = new OutlierSettings { Consecutive5xx = 0 } }, 6);
        pool.Tick(TimeSpan.Zero);
        for (var host = 1; host <= 6; host++)
        {
            var state = pool.Find($"e-{host}");
            for (var i = 0; i < 100; i++)
            {
                pool.Begin(state, isRetry: false);
                pool.End(state, i < (host == 6 ? 40 : 2) ? AttemptResult.ServerError : AttemptResult.Success, 5.Seconds());
            }
        }

        pool.Tick(9.Seconds());
        Assert.Contains("e-6", pool.Picked(9.Seconds()));
        pool.Tick(10.Seconds());

        // rates 98 ×5 and 60: mean 91.67, deviation 14.16, threshold 91.67 − 1.9 × 14.16 = 64.8
        Assert.DoesNotContain("e-6", pool.Picked(10.Seconds()));
        Assert.Contains("e-1", pool.Picked(10.Seconds()));
    }

    [Fact]
    public void Too_few_hosts_with_volume_are_not_compared()
    {
        var pool = Some.Pool(Policy with { Outlier = new OutlierSettings { Consecutive5xx = 0, SuccessRateStdevFactor = 0 } }, 4);
        pool.Tick(TimeSpan.Zero);
        for (var host = 1; host <= 4; host++)
        {
            var state = pool.Find($"e-{host}");
            for (var i = 0; i < 200; i++)
            {
                pool.Begin(state, isRetry: false);
                pool.End(state, host == 4 ? AttemptResult.ServerError : AttemptResult.Success, TimeSpan.Zero);
            }
        }

        pool.Tick(10.Seconds());

        Assert.Equal(4, pool.Picked(10.Seconds()).Count);
    }

    [Fact]
    public void A_failure_percentage_ejects_at_the_sweep_when_it_is_enforced()
    {
        var outlier = new OutlierSettings { Consecutive5xx = 0, EnforcingSuccessRate = 0, EnforcingFailurePercentage = 100 };
        var pool = Some.Pool(Policy with { Outlier = outlier }, 5);
        pool.Tick(TimeSpan.Zero);
        for (var host = 1; host <= 5; host++)
        {
            var state = pool.Find($"e-{host}");
            for (var i = 0; i < 100; i++)
            {
                pool.Begin(state, isRetry: false);
                pool.End(state, host == 2 && i < 85 ? AttemptResult.ServerError : AttemptResult.Success, TimeSpan.Zero);
            }
        }

        pool.Tick(10.Seconds());

        Assert.Equal(["e-1", "e-3", "e-4", "e-5"], pool.Picked(10.Seconds()));
    }

    private static void Eject(EndpointPool pool, EndpointState state, TimeSpan now)
    {
        for (var i = 0; i < 5; i++)
        {
            pool.Begin(state, isRetry: false);
            pool.End(state, AttemptResult.ServerError, now);
        }
    }

    private static void Fail(EndpointPool pool, string id, int times, TimeSpan now)
    {
        var state = pool.Find(id);
        for (var i = 0; i < times; i++)
        {
            pool.Begin(state, isRetry: false);
            pool.End(state, AttemptResult.ServerError, now);
        }
    }
}
