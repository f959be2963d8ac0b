namespace Conway.Observations.Tests;

public sealed class TrafficRecorderTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_window_holds_what_ended_in_it_and_the_next_begins_empty()
    {
        var recorder = new TrafficRecorder(_time);
        var edge = recorder.Edge("orders", "catalog");
        for (var i = 1; i <= 100; i++)
        {
            edge.Record("http", "GET", failed: i > 98, retries: i % 50 == 0 ? 2 : 0, TimeSpan.FromMilliseconds(i));
        }

        edge.Record("grpc", "POST", failed: false, retries: 0, TimeSpan.FromMilliseconds(5));
        _time.Advance(10);
        var cut = recorder.CutWindow();

        var http = Assert.Single(cut, t => t.Protocol == "http");
        Assert.Equal(("orders", "catalog", "GET", 100L, 2L, 4L), (http.Caller, http.Callee, http.Operation, http.Count, http.Errors, http.Retries));
        Assert.Equal(TimeSpan.FromSeconds(10), http.Until - http.From);
        Assert.Equal(50, http.Latency.P50.TotalMilliseconds, 50 * 0.07);
        Assert.Equal(90, http.Latency.P90.TotalMilliseconds, 90 * 0.07);
        Assert.Equal(99, http.Latency.P99.TotalMilliseconds, 99 * 0.07);
        Assert.Equal(100, http.Latency.Max.TotalMilliseconds);
        Assert.Equal((TrafficSource.Listener, 1.0), (http.Source, http.Coverage));
        Assert.Single(cut, t => t.Protocol == "grpc");
        Assert.Empty(recorder.CutWindow());
    }

    [Fact]
    public void The_live_view_slides_and_leaves_out_the_second_that_is_not_over()
    {
        var recorder = new TrafficRecorder(_time);
        var edge = recorder.Edge("a", "b");
        for (var second = 0; second < 20; second++)
        {
            for (var i = 0; i < 10; i++)
            {
                edge.Record("http", "GET", failed: i == 0, retries: 0, TimeSpan.FromMilliseconds(second < 15 ? 10 : 100));
            }

            _time.Advance(1);
        }

        edge.Record("http", "GET", failed: true, retries: 0, TimeSpan.FromSeconds(9));

        var live = Assert.Single(recorder.Live(TimeSpan.FromSeconds(5)));
        Assert.Equal((50, 10, 0.1), (live.Count, live.Rate, live.ErrorRatio));
        Assert.Equal(100, live.P50.TotalMilliseconds, 7.0);
        Assert.Equal(10, Assert.Single(recorder.Live(TimeSpan.FromSeconds(20))).P50.TotalMilliseconds, 1.0);
        _time.Advance(70);
        Assert.Empty(recorder.Live(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Totals_grow_whatever_is_cut_and_come_in_the_order_of_names()
    {
        var recorder = new TrafficRecorder(_time);
        recorder.Edge("b", "c").Record("http", "GET", failed: false, retries: 0, TimeSpan.FromMilliseconds(1));
        var edge = recorder.Edge("a", "c");
        for (var round = 1; round <= 3; round++)
        {
            edge.Record("http", "GET", failed: round == 2, retries: round, TimeSpan.FromMilliseconds(10 * round));
            edge.Record("grpc", "POST", failed: false, retries: 0, TimeSpan.FromSeconds(1));
            recorder.CutWindow();
            var counter = recorder.Counters(10)[1];
            var buckets = new long[LatencyScale.Buckets];
            var reading = counter.Read(buckets);
            Assert.Equal(("a", "c", "http", "GET"), (counter.Caller, counter.Callee, counter.Protocol, counter.Operation));
            Assert.Equal(new TrafficReading(round, round >= 2 ? 1 : 0, round * (round + 1) / 2, TimeSpan.FromMilliseconds(5 * round * (round + 1))), reading);
            Assert.Equal(reading, counter.Read([]));
            Assert.Equal(round, buckets.Sum());
            Assert.Equal(1, buckets[LatencyScale.BucketOf(TimeSpan.FromMilliseconds(10 * round))]);
        }

        Assert.Equal(["a grpc", "a http", "b http"], recorder.Counters(10).Select(one => $"{one.Caller} {one.Protocol}"));
        Assert.Equal(["a grpc", "a http"], recorder.Counters(2).Select(one => $"{one.Caller} {one.Protocol}"));
    }

    [Fact]
    public void A_ring_that_comes_round_forgets_what_stood_there()
    {
        var recorder = new TrafficRecorder(_time);
        var edge = recorder.Edge("a", "b");
        edge.Record("http", "GET", failed: false, retries: 0, TimeSpan.FromMilliseconds(1));
        _time.Advance(64);
        edge.Record("http", "GET", failed: false, retries: 0, TimeSpan.FromMilliseconds(1));
        _time.Advance(1);

        Assert.Equal(1, Assert.Single(recorder.Live(TimeSpan.FromSeconds(60))).Count);
    }

    [Fact]
    public async Task Nothing_is_lost_while_windows_are_cut()
    {
        var recorder = new TrafficRecorder(TimeProvider.System);
        var edge = recorder.Edge("a", "b");
        var (counted, errors, live) = (0L, 0L, true);
        var cutting = Task.Run(
            () =>
            {
                while (Volatile.Read(ref live))
                {
                    Cut();
                }
            },
            TestContext.Current.CancellationToken);
        Parallel.For(0, 100_000, i => edge.Record("http", "GET", i % 10 == 0, 0, TimeSpan.FromMicroseconds(i)));
        Volatile.Write(ref live, false);
        await cutting;
        Cut();

        Assert.Equal((100_000, 10_000), (counted, errors));

        void Cut()
        {
            foreach (var traffic in recorder.CutWindow())
            {
                counted += traffic.Count;
                errors += traffic.Errors;
            }
        }
    }

    [Fact]
    public void Operations_without_end_are_counted_together()
    {
        var recorder = new TrafficRecorder(_time);
        var edge = recorder.Edge("a", "b");
        for (var i = 0; i < 1000; i++)
        {
            edge.Record("http", $"GET /{i}", failed: false, retries: 0, TimeSpan.Zero);
        }

        var cut = recorder.CutWindow();
        Assert.Equal(TrafficEdge.OperationsMax + 1, cut.Count);
        Assert.Equal(1000 - TrafficEdge.OperationsMax, Assert.Single(cut, t => t.Operation == "other").Count);
    }

    [Fact]
    public void Recording_allocates_nothing_within_a_second()
    {
        var edge = new TrafficRecorder(_time).Edge("a", "b");
        Run(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(10_000);

        // The runtime may allocate a little once while it compiles.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);

        void Run(int count)
        {
            for (var i = 0; i < count; i++)
            {
                edge.Record("http", "GET", false, 0, TimeSpan.FromMilliseconds(i));
            }
        }
    }
}
