using Conway.Model;

namespace Conway.Testing.Tests;

/// <summary>Journeys that keep arriving. Time is advanced by the test; answers come over real sockets.</summary>
public sealed class JourneyRunnerTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Slow_answers_do_not_slow_down_arrivals_and_what_exceeds_the_bound_is_counted()
    {
        var answer = new TaskCompletionSource();
        await using var system = await StubSystem.StartAsync(async http =>
        {
            await answer.Task;
            await StubSystem.Answer(http, 200, "{}");
        });
        await using var runner = Some.Runner(system, Some.Walk("- { get: /, within: 10m }", "rate: 10/s\ntraffic: true"), clock: _clock);
        runner.Paused = false;

        Pass(5);
        await Some.UntilAsync(() => system.Requests.Count == 51, "51 requests are at the system at once");
        Assert.Equal((51, 0), (Only(runner).Started, Only(runner).Skipped));

        Pass(5);
        Assert.Equal((JourneyRunner.InFlightMax, 101 - JourneyRunner.InFlightMax), (Only(runner).Started, Only(runner).Skipped));
        await Some.UntilAsync(() => system.Requests.Count == JourneyRunner.InFlightMax, "as many requests as the bound");

        answer.SetResult();
        await Some.UntilAsync(() => Only(runner).Succeeded == JourneyRunner.InFlightMax, "all are answered");
        // Counted from when each was due: the first waited 10 s by the clock.
        Assert.Equal((TimeSpan.FromSeconds(6.8), TimeSpan.FromSeconds(10)), (Only(runner).P50, Only(runner).P99));
        Pass(1);
        Assert.Equal(JourneyRunner.InFlightMax + 10, Only(runner).Started);
    }

    [Fact]
    public async Task Traffic_begins_when_somebody_looks_and_pauses_when_nobody_does()
    {
        await using var system = await StubSystem.AnsweringAsync("{}");
        await using var runner = Some.Runner(system, Some.Journeys("journeys:\n  lively: { traffic: true, rate: 10/s, steps: [ { get: /lively } ] }\n  quiet: { rate: 10/s, steps: [ { get: /quiet } ] }"), clock: _clock);

        Pass(10);
        Assert.Equal((true, 0L), (runner.Paused, runner.Status.Sum(s => s.Started)));

        runner.Paused = false;
        Pass(1);
        Assert.Equal([("lively", true, 11L), ("quiet", false, 0L)], runner.Status.Select(s => (s.Name, s.Running, s.Started)));

        runner.Paused = true;
        Pass(10);
        Assert.Equal((false, 11L), (runner.Status[0].Running, runner.Status[0].Started));
        await Some.UntilAsync(() => runner.Status[0].Succeeded == 11, "what was under way went on to its end");

        // No arrears are made up for.
        runner.Paused = false;
        Pass(1);
        Assert.Equal((22L, 0L), (runner.Status[0].Started, runner.Status[0].Skipped));
    }

    [Fact]
    public async Task What_a_person_starts_goes_on_through_pauses_until_a_person_stops_it()
    {
        await using var system = await StubSystem.AnsweringAsync("{}");
        await using var runner = Some.Runner(system, Some.Walk("- { get: / }", "rate: 10/s"), clock: _clock);
        Assert.Equal((true, false, false), (runner.Start("walk"), runner.Start("nobody"), runner.Stop("nobody")));
        Pass(1);
        runner.Paused = false;
        runner.Paused = true;
        Pass(1);
        Assert.Equal((true, 21L), (Only(runner).Running, Only(runner).Started));
        Assert.True(runner.Stop("walk"));
        Pass(1);
        Assert.Equal((false, 21L), (Only(runner).Running, Only(runner).Started));
    }

    [Fact]
    public async Task Traffic_that_was_stopped_and_started_by_somebody_who_looks_pauses_again_when_nobody_does()
    {
        await using var system = await StubSystem.AnsweringAsync("{}");
        await using var runner = Some.Runner(system, Some.Walk("- { get: / }", "traffic: true"), clock: _clock);
        runner.Paused = false;
        runner.Stop("walk");
        Assert.False(Only(runner).Running);
        runner.Paused = true;
        runner.Paused = false;
        Assert.False(Only(runner).Running);
        runner.Start("walk");
        Assert.True(Only(runner).Running);
        runner.Paused = true;
        Assert.False(Only(runner).Running);
        runner.Start("walk");
        Assert.True(Only(runner).Running);
    }

    [Fact]
    public async Task A_changed_model_leaves_journeys_that_did_not_change_alone()
    {
        await using var system = await StubSystem.AnsweringAsync("{}");
        await using var runner = Some.Runner(system, Two("/a"), clock: _clock);
        runner.Paused = false;
        Pass(1);

        runner.Apply(Two("/b"));
        Pass(1);
        Assert.Equal([("same", 21L), ("other", 11L)], runner.Status.Select(s => (s.Name, s.Started)));
        await Some.UntilAsync(() => runner.Status[1].Succeeded == 11 && system.Requests.Count(r => r.Target == "/b") == 11, "the new definition is walked");

        runner.Stop("same");
        runner.Apply(NameMap<Journey>.Empty);
        Pass(1);
        Assert.Empty(runner.Status);
        runner.Apply(Two("/b"));
        Assert.Equal([("same", true, 0L), ("other", true, 0L)], runner.Status.Select(s => (s.Name, s.Running, s.Started)));

        static NameMap<Journey> Two(string path) =>
            Some.Journeys($"journeys:\n  same: {{ traffic: true, rate: 10/s, steps: [ {{ get: /same }} ] }}\n  other: {{ traffic: true, rate: 10/s, steps: [ {{ get: {path} }} ] }}");
    }

    [Fact]
    public async Task A_walk_of_a_journey_that_changed_is_cancelled_and_counts_for_nothing()
    {
        await using var system = await StubSystem.StartAsync(http => http.Request.Path == "/hang" ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted) : StubSystem.Answer(http, 200, "{}"));
        await using var runner = Some.Runner(system, Some.Walk("- { get: /hang, within: 10m }", "traffic: true\nrate: 1/s"), clock: _clock);
        runner.Paused = false;
        Pass(1);
        await Some.UntilAsync(() => system.Requests.Count == 2, "two hang");

        runner.Apply(Some.Walk("- { get: /well }", "traffic: true\nrate: 1/s"));
        Pass(1);
        await Some.UntilAsync(() => Only(runner).Succeeded == 2, "the new definition is walked");
        Assert.Equal((0L, null), (Only(runner).Failed, Only(runner).LastFailure));
    }

    [Fact]
    public async Task The_last_failure_is_told_with_time_step_and_trace()
    {
        await using var system = await StubSystem.StartAsync(http => StubSystem.Answer(http, http.Request.Method == "POST" ? 503 : 200, "{}"));
        await using var runner = Some.Runner(system, Some.Walk("- { get: / }\n- { post: /api/orders, expect: \"202\" }", "traffic: true\nrate: 0.1/s"), clock: _clock);
        runner.Paused = false;
        Pass(1);
        await Some.UntilAsync(() => Only(runner).Failed == 1, "a walk has failed");
        var (status, trace) = (Only(runner), system.Requests[0].Headers["traceparent"].Split('-')[1]);
        Assert.Equal(new JourneyFailure(_clock.GetUtcNow(), "POST /api/orders", "expected 202, got 503", trace), status.LastFailure);
        Assert.Equal(new JourneyStatus("walk", true, 0.1, 1, 0, 1, 0, null, null, status.LastFailure), status);
    }

    [Fact]
    public async Task A_journey_that_cannot_be_read_does_not_start_and_is_told_once()
    {
        await using var system = await StubSystem.AnsweringAsync("{}");
        await using var runner = Some.Runner(system, Some.Journeys("journeys:\n  bad: { traffic: true, steps: [ { get: /, pick: { p: \"$..p\" } } ] }\n  good: { traffic: true, steps: [ { get: / } ] }"), clock: _clock);
        runner.Paused = false;
        Pass(3);
        Assert.Equal([("bad", false, 0L), ("good", true, 4L)], runner.Status.Select(s => (s.Name, s.Running, s.Started)));
        Assert.False(runner.Start("bad"));
        Assert.Equal("CW1301 '$..p' is not a query: '..' may find several values; write the whole way down (character 3).", Assert.Single(runner.Findings).ToString());
    }

    [Fact]
    public async Task Ending_cancels_everything_at_once()
    {
        await using var system = await StubSystem.StartAsync(http => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted));
        var runner = Some.Runner(system, Some.Walk("- { get: /, within: 10m }", "traffic: true\nrate: 10/s"), clock: _clock);
        runner.Paused = false;
        Pass(1);
        var once = runner.RunOnceAsync("walk", TestContext.Current.CancellationToken);
        await Some.UntilAsync(() => system.Requests.Count == 12, "twelve hang");
        await runner.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => once);
        Pass(1);
        Assert.Equal(11, Only(runner).Started);
        await runner.DisposeAsync();
    }

    private static JourneyStatus Only(JourneyRunner runner) => Assert.Single(runner.Status);

    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds * 10; i++)
        {
            _clock.Advance(Tick);
        }
    }
}
