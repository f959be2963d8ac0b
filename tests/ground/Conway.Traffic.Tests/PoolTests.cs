namespace Conway.Traffic.Tests;

public sealed class PoolTests
{
    [Fact]
    public void Only_healthy_endpoints_are_picked_and_without_any_nothing_is()
    {
        var pool = Some.Pool(CallPolicy.Default, 3);
        pool.SetHealth("e-1", EndpointHealth.Unhealthy);
        pool.SetHealth("e-2", EndpointHealth.Draining);
        Assert.Equal(["e-3"], pool.Picked(TimeSpan.Zero));

        pool.SetHealth("e-3", EndpointHealth.Unhealthy);

        Assert.False(pool.TryPick(default, TimeSpan.Zero, out _));
        Assert.False(pool.SetHealth("e-9", EndpointHealth.Healthy));
    }

    [Fact]
    public void A_new_table_keeps_what_is_known_of_endpoints_that_stay_and_forgets_a_moved_one()
    {
        var pool = Some.Pool(CallPolicy.Default, 2);
        pool.Answered(pool.Find("e-1"), 2.Seconds(), failed: false, TimeSpan.Zero);
        pool.Answered(pool.Find("e-2"), 2.Seconds(), failed: false, TimeSpan.Zero);

        pool.Apply(CallPolicy.Default with { Retries = 1 }, [new Endpoint("e-1", "127.0.0.1:1"), new Endpoint("e-2", "127.0.0.1:22"), new Endpoint("e-3", "127.0.0.1:3")], TimeSpan.Zero);

        Assert.Equal([2000, 30, 30], pool.Snapshot(TimeSpan.Zero).Endpoints.Select(e => e.Ewma.TotalMilliseconds));
        Assert.Equal(1, pool.Policy.Retries);
    }

    [Fact]
    public void What_is_under_way_to_an_address_is_known_also_when_the_table_no_longer_has_it()
    {
        var pool = Some.Pool(CallPolicy.Default, 2);
        var leaving = pool.Find("e-1");
        pool.Begin(leaving, isRetry: false);
        pool.Begin(pool.Find("e-2"), isRetry: false);
        Assert.Equal(1, pool.UnderWay("127.0.0.1:1"));

        // The same replica at another address, and again and again.
        for (var port = 100; port < 200; port++)
        {
            pool.Apply(CallPolicy.Default, [new Endpoint("e-1", $"127.0.0.1:{port}"), new Endpoint("e-2", "127.0.0.1:2")], TimeSpan.Zero);
        }

        Assert.Equal(1, pool.UnderWay("127.0.0.1:1"));
        Assert.Equal(0, pool.UnderWay("127.0.0.1:100"));
        Assert.Equal(1, pool.UnderWay("127.0.0.1:2"));
        pool.End(leaving, AttemptResult.Success, TimeSpan.Zero);
        Assert.Equal(0, pool.UnderWay("127.0.0.1:1"));
    }

    [Fact]
    public void One_picked_just_before_its_address_left_the_table_counts_as_soon_as_it_begins()
    {
        var pool = Some.Pool(CallPolicy.Default, 2);
        var picked = pool.Find("e-1");
        pool.Apply(CallPolicy.Default, [new Endpoint("e-2", "127.0.0.1:2")], TimeSpan.Zero);
        pool.Apply(CallPolicy.Default, [new Endpoint("e-2", "127.0.0.1:2")], TimeSpan.Zero);
        pool.Begin(picked, isRetry: false);
        Assert.Equal(1, pool.UnderWay("127.0.0.1:1"));
    }

    [Fact]
    public void An_ejection_survives_a_new_table_that_says_nothing_new_of_its_health()
    {
        var pool = Some.Pool(CallPolicy.Default, 3);
        var bad = pool.Find("e-1");
        for (var i = 0; i < 5; i++)
        {
            pool.Begin(bad, isRetry: false);
            pool.End(bad, AttemptResult.GatewayFailure, TimeSpan.Zero);
        }

        pool.Apply(CallPolicy.Default, Some.Endpoints(3), TimeSpan.Zero);

        Assert.DoesNotContain("e-1", pool.Picked(TimeSpan.Zero));
    }

    [Fact]
    public void An_endpoint_that_comes_back_in_a_new_table_as_healthy_is_taken_back_at_once()
    {
        List<TrafficEvent> events = [];
        var pool = Some.Pool(CallPolicy.Default, 2, events);
        var bad = pool.Find("e-1");
        for (var i = 0; i < 5; i++)
        {
            pool.Begin(bad, isRetry: false);
            pool.End(bad, AttemptResult.GatewayFailure, TimeSpan.Zero);
        }

        pool.Apply(CallPolicy.Default, [new Endpoint("e-1", "127.0.0.1:1", EndpointHealth.Unhealthy), new Endpoint("e-2", "127.0.0.1:2")], TimeSpan.Zero);
        pool.Apply(CallPolicy.Default, Some.Endpoints(2), TimeSpan.Zero);

        Assert.Contains("e-1", pool.Picked(TimeSpan.Zero));
        Assert.Equal([TrafficEventKind.Ejected, TrafficEventKind.Unejected], events.Select(e => e.Kind));
    }

    [Theory]
    [InlineData(1, 1, 50, 1, true)]   // the only one is kept in use
    [InlineData(2, 1, 50, 1, false)]  // half is not less than half
    [InlineData(3, 2, 50, 3, true)]
    [InlineData(4, 2, 50, 2, false)]
    [InlineData(4, 3, 50, 4, true)]
    [InlineData(4, 4, 0, 0, false)]   // 0 turns panic off
    public void With_too_few_left_ejections_are_disregarded(int hosts, int ejected, int threshold, int picked, bool panic)
    {
        var pool = Some.Pool(new CallPolicy { PanicThresholdPercent = threshold, Outlier = new OutlierSettings { MaxEjectionPercent = 100 } }, hosts);
        var states = Enumerable.Range(1, ejected).Select(i => pool.Find($"e-{i}")).ToList();
        foreach (var state in states)
        {
            for (var i = 0; i < 5; i++)
            {
                pool.Begin(state, isRetry: false);
                pool.End(state, AttemptResult.ServerError, TimeSpan.Zero);
            }
        }

        Assert.Equal(picked, pool.Picked(TimeSpan.Zero).Count);
        Assert.Equal(panic, pool.Snapshot(TimeSpan.Zero).Panic);
    }

    [Fact]
    public void Panic_never_overrules_a_failed_health_check()
    {
        var pool = Some.Pool(CallPolicy.Default, 3);
        pool.SetHealth("e-1", EndpointHealth.Unhealthy);
        pool.SetHealth("e-2", EndpointHealth.Unhealthy);

        Assert.Equal(["e-3"], pool.Picked(TimeSpan.Zero));
    }
}
