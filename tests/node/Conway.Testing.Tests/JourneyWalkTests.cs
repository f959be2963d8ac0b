using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Conway.Testing.Tests;

/// <summary>One walk at a time, over real sockets.</summary>
public sealed class JourneyWalkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_walk_sends_what_is_written_and_passes_on_what_it_kept()
    {
        await using var system = await StubSystem.AnsweringAsync("""{"id":"a b","n":3}""", 201);
        var outcome = await WalkAsync(system, """
            - { post: /api/things, headers: { X-Note: hello, ETag: e, Content-Type: application/merge-patch+json }, body: { size: 1 }, expect: "201", capture: { id: $.id, n: $.n } }
            - { put: "/api/things/${id}", body: { count: "${n}", of: "${id}" } }
            - { delete: "/api/things/${id}?n=${n}", name: throw it away }
            """);

        Assert.True(outcome.Succeeded);
        Assert.Equal(["POST /api/things", "PUT /api/things/${id}", "throw it away"], outcome.Steps.Select(s => s.Step));
        Assert.Equal(["POST /api/things", "PUT /api/things/a%20b", "DELETE /api/things/a%20b?n=3"], system.Requests.Select(r => r.ToString().Replace("a b", "a%20b", StringComparison.Ordinal)));
        Assert.Equal(["""{"size":1}""", """{"count":3,"of":"a b"}""", ""], system.Requests.Select(r => r.Body));
        Assert.Equal(["hello", "e", "application/merge-patch+json"], [system.Requests[0].Headers["X-Note"], system.Requests[0].Headers["ETag"], system.Requests[0].Headers["Content-Type"]]);
        Assert.Equal("application/json", system.Requests[1].Headers["Content-Type"]);
    }

    [Fact]
    public async Task Every_request_of_a_walk_is_part_of_one_sampled_trace_and_says_which_journey_it_is()
    {
        await using var system = await StubSystem.AnsweringAsync("{}");
        await using var runner = Some.Runner(system, Some.Walk("- { get: /a }\n- { get: /b }"));
        using var caller = new Activity("a trace of the caller's own").Start();
        var (first, second) = (await runner.RunOnceAsync("walk", Cancel), await runner.RunOnceAsync("walk", Cancel));

        Assert.All(system.Requests, r => Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", r.Headers["traceparent"]));
        Assert.Equal([first.TraceId, first.TraceId, second.TraceId, second.TraceId], system.Requests.Select(r => r.Headers["traceparent"].Split('-')[1]));
        Assert.Equal(3, new[] { first.TraceId, second.TraceId, caller.TraceId.ToHexString() }.Distinct().Count());
        Assert.All(system.Requests, r => Assert.Equal(("conway-journey/walk", "walk"), (r.Headers["user-agent"], r.Headers["conway-journey"])));
        Assert.Same(caller, Activity.Current);
    }

    [Fact]
    public async Task Whoever_listens_sees_a_root_span_and_under_it_each_request()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == JourneyRunner.SpanSource,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a =>
            {
                lock (ended)
                {
                    ended.Add(a);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var system = await StubSystem.StartAsync(http => StubSystem.Answer(http, http.Request.Path == "/b" ? 503 : 200, "{}"));
        using var caller = new Activity("a trace of the caller's own").Start();
        var outcome = await WalkAsync(system, "- { get: /a }\n- { get: /b }");

        Activity[] spans;
        lock (ended)
        {
            spans = [.. ended.Where(a => a.TraceId.ToHexString() == outcome.TraceId)];
        }

        var root = Assert.Single(spans, s => s.ParentSpanId == default);
        Assert.Equal(("journey walk", ActivityStatusCode.Error, "GET /b: expected 2xx, got 503"), (root.DisplayName, root.Status, root.StatusDescription));
        Assert.Equal(system.Requests.Select(r => r.Headers["traceparent"]), spans.Where(s => s != root).Select(s => s.Id));
        Assert.All(spans.Where(s => s != root), s => Assert.Equal((ActivityKind.Client, root.SpanId), (s.Kind, s.ParentSpanId)));
        Assert.Equal([200, 503], spans.Where(s => s != root).Select(s => s.GetTagItem("http.response.status_code")));
    }

    [Theory]
    [InlineData("- { get: /, expect: \"202\" }", 503, "{}", "GET /: expected 202, got 503")]
    [InlineData("- { get: /, name: the front door }", 404, "", "the front door: expected 2xx, got 404")]
    [InlineData("- { get: /, expect: { json: { $.total: { gt: 0 } } } }", 200, """{"total":0}""", "GET /: $.total: expected a number greater than 0, got 0")]
    [InlineData("- { get: /, capture: { id: $.id } }", 200, "", "GET /: expected JSON, but the answer is empty")]
    [InlineData("- { get: /, capture: { id: $.id } }", 200, "{\"id\":", "GET /: expected JSON, but the answer cannot be read")]
    [InlineData("- { get: /, capture: { id: $.id } }\n- { get: \"/${id}\" }", 200, "{}", "GET /${id}: 'id' has no value: $.id of 'GET /' was not in the answer")]
    [InlineData("- { get: /, pick: { id: \"$.items[*].id\" } }\n- { get: \"/${id}\" }", 200, """{"items":[]}""", "GET /${id}: 'id' has no value: $.items[*].id of 'GET /' was not in the answer")]
    [InlineData("- { get: /, headers: { \"a b\": c } }", 200, "{}", "GET /: 'a b' is not the name of a header")]
    public async Task A_failure_says_the_step_what_was_expected_and_what_came(string steps, int status, string answer, string said)
    {
        await using var system = await StubSystem.AnsweringAsync(answer, status);
        var outcome = await WalkAsync(system, steps + "\n- { get: /never }");

        Assert.Equal(said, $"{outcome.Failure!.Step}: {outcome.Failure.Detail}");
        Assert.Same(outcome.Failure, outcome.Steps[^1]);
        Assert.DoesNotContain(system.Requests, r => r.Target == "/never");
    }

    [Fact]
    public async Task A_page_in_the_place_of_JSON_is_told()
    {
        await using var system = await StubSystem.StartAsync(http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            return http.Response.WriteAsync("<!doctype html>", Cancel);
        });
        Assert.Equal("expected JSON, but the answer is text/html", (await WalkAsync(system, "- { get: /, capture: { id: $.id } }")).Failure!.Detail);
        Assert.True((await WalkAsync(system, "- { get: / }")).Succeeded);
    }

    [Theory]
    [InlineData("/short", false)]
    [InlineData("/long", false)]
    [InlineData("/endless", false)]
    [InlineData("/short", true)]
    [InlineData("/long", true)]
    public async Task No_more_of_an_answer_is_read_than_a_mebibyte(string path, bool isLookedInto)
    {
        await using var system = await StubSystem.StartAsync(async http =>
        {
            await http.Response.WriteAsync("\"", http.RequestAborted);
            var block = new string('x', 1 << 16);
            for (var i = 0; http.Request.Path == "/endless" || i < (http.Request.Path == "/long" ? 40 : 10); i++)
            {
                await http.Response.WriteAsync(block, http.RequestAborted);
            }

            await http.Response.WriteAsync("\"", http.RequestAborted);
        });
        var outcome = await WalkAsync(system, isLookedInto ? $"- {{ get: {path}, capture: {{ all: $ }} }}" : $"- {{ get: {path} }}");
        Assert.Equal(isLookedInto && path == "/long" ? "the answer is larger than 1 MiB" : null, outcome.Failure?.Detail);
    }

    [Theory]
    [InlineData("this is not HTTP\r\n\r\n", "the answer is not HTTP")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{", "the connection broke off before the answer was whole")]
    [InlineData("", "the connection broke off before the answer was whole")]
    public async Task An_answer_that_is_broken_is_a_failure_of_its_step(string bytes, string detail)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var walked = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var serving = ServeAsync(walked.Token);
        await using var runner = new JourneyRunner(new Uri($"http://{listener.LocalEndpoint}"), Some.Walk("- { get: /, capture: { a: $ } }"), 1, TimeProvider.System);
        Assert.Equal(detail, (await runner.RunOnceAsync("walk", Cancel)).Failure!.Detail);
        await walked.CancelAsync();
        await serving;

        // A client may ask a second time when the first connection was closed without a byte. The listener listens until
        // this has ended: one that was stopped between two connections refuses the next accept as a mistake of the caller.
        async Task ServeAsync(CancellationToken enough)
        {
            try
            {
                while (true)
                {
                    using var socket = await listener.AcceptSocketAsync(enough);
                    var buffer = new byte[4096];
                    await socket.ReceiveAsync(buffer, enough);
                    await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(bytes), enough);
                    socket.Shutdown(SocketShutdown.Both);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
            }
        }
    }

    [Fact]
    public async Task Nobody_at_the_address_is_a_failure_of_the_step()
    {
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound and not listening: refused, and nobody else can take the port
        await using var runner = new JourneyRunner(new Uri($"http://{nobody.LocalEndPoint}"), Some.Walk("- { get: / }"), 1, TimeProvider.System);
        Assert.Equal("nobody listens there: the connection was refused", (await runner.RunOnceAsync("walk", Cancel)).Failure!.Detail);
    }

    [Fact]
    public async Task A_step_is_repeated_until_what_it_waits_for_holds()
    {
        var asked = 0;
        await using var system = await StubSystem.StartAsync(http => (asked++) switch
        {
            0 => StubSystem.Answer(http, 404, "{}"), // promised, and not there yet
            1 => StubSystem.Answer(http, 200, """{"status":"packed"}"""),
            _ => StubSystem.Answer(http, 200, """{"status":"shipped","tracking":"T1"}"""),
        });
        var outcome = await WalkAsync(system, "- { get: /, until: { $.status: shipped }, capture: { tracking: $.tracking }, within: 1m }\n- { get: \"/${tracking}\" }");
        Assert.Null(outcome.Failure?.Detail);
        Assert.Equal((StepResult.Passed, 3, 200), (outcome.Steps[0].Result, outcome.Steps[0].Attempts, outcome.Steps[0].Status));
        Assert.Equal("/T1", system.Requests[^1].Target);
    }

    [Fact]
    public async Task What_does_not_come_to_hold_in_time_is_told_as_it_was_last()
    {
        await using var system = await StubSystem.AnsweringAsync("""{"status":"packed"}""");
        var clock = new ManualClock();
        await using var runner = Some.Runner(system, Some.Walk("- { get: /, until: { $.status: shipped }, within: 10s }"), clock: clock);
        var walk = runner.RunOnceAsync("walk", Cancel);
        await Some.UntilAsync(() => clock.Alarms == 2, "the step pauses: its bound and its pause are set");
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("$.status: expected \"shipped\", got \"packed\" within 10s", (await walk).Failure!.Detail);
    }

    [Fact]
    public async Task An_error_in_the_middle_of_waiting_is_a_failure_at_once()
    {
        await using var system = await StubSystem.AnsweringAsync("{}", 503);
        var outcome = await WalkAsync(system, "- { get: /, until: { $.status: shipped }, within: 10m }");
        Assert.Equal(("expected 2xx, got 503", 1), (outcome.Failure!.Detail, outcome.Failure.Attempts));
    }

    [Theory]
    [InlineData("/silent")]
    [InlineData("/half")]
    public async Task A_step_that_is_not_answered_in_time_is_given_up(string path)
    {
        await using var system = await StubSystem.StartAsync(HangAsync);
        var outcome = await WalkAsync(system, $"- {{ get: {path}, within: 200ms }}");
        Assert.Equal("no answer within 200ms", outcome.Failure!.Detail);
    }

    [Fact]
    public async Task A_wait_takes_its_time_by_the_clock_and_no_other()
    {
        var clock = new ManualClock();
        await using var system = await StubSystem.AnsweringAsync("{}");
        await using var runner = Some.Runner(system, Some.Walk("- { wait: 1h }"), clock: clock);
        var walk = runner.RunOnceAsync("walk", Cancel);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(walk.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));
        var outcome = await walk;
        Assert.Equal(("wait 1h", TimeSpan.FromHours(1)), (outcome.Steps[0].Step, outcome.Taken));
    }

    [Fact]
    public async Task A_step_for_a_value_that_was_not_kept_is_left_out()
    {
        await using var system = await StubSystem.StartAsync(http => StubSystem.Answer(http, 200, http.Request.Query.ContainsKey("coupon") ? """{"coupon":"C"}""" : """{"coupon":null}"""));
        const string spend = "\n- { post: \"/spend/${coupon}\", when: coupon }\n- { get: /end }";
        Assert.Equal([StepResult.Passed, StepResult.LeftOut, StepResult.Passed], (await WalkAsync(system, "- { get: /, capture: { coupon: $.coupon } }" + spend)).Steps.Select(s => s.Result));
        Assert.Equal([StepResult.Passed, StepResult.Passed, StepResult.Passed], (await WalkAsync(system, "- { get: \"/?coupon\", capture: { coupon: $.coupon } }" + spend)).Steps.Select(s => s.Result));
    }

    [Fact]
    public async Task A_step_with_a_weight_is_done_in_that_share_of_walks()
    {
        await using var system = await StubSystem.AnsweringAsync("{}");
        await using var runner = Some.Runner(system, Some.Walk("- { get: /some, weight: 30% }\n- { get: /none, weight: 0% }\n- { get: /all }"));
        for (var i = 0; i < 200; i++)
        {
            await runner.RunOnceAsync("walk", Cancel);
        }

        Assert.InRange(system.Requests.Count(r => r.Target == "/some"), 40, 80);
        Assert.Equal((0, 200), (system.Requests.Count(r => r.Target == "/none"), system.Requests.Count(r => r.Target == "/all")));
    }

    [Fact]
    public async Task The_same_seed_picks_the_same_and_another_seed_another()
    {
        await using var system = await StubSystem.AnsweringAsync($$"""{"items":[{{string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"id":{{i}}}"""))}}]}""");
        var (first, again, other) = (await PicksAsync(7), await PicksAsync(7), await PicksAsync(8));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.True(first.Distinct().Count() > 5, string.Join(' ', first));

        async Task<string[]> PicksAsync(ulong seed)
        {
            var from = system.Requests.Count;
            await using var runner = Some.Runner(system, Some.Walk("- { get: /, pick: { id: \"$.items[*].id\" } }\n- { get: \"/picked/${id}\" }"), seed);
            for (var i = 0; i < 12; i++)
            {
                Assert.True((await runner.RunOnceAsync("walk", Cancel)).Succeeded);
            }

            return [.. system.Requests.Skip(from).Select(r => r.Target).Where(t => t != "/")];
        }
    }

    [Fact]
    public async Task A_uuid_is_one_for_a_step_and_new_for_the_next_even_from_the_same_seed()
    {
        await using var system = await StubSystem.AnsweringAsync("{}");
        const string steps = "- { post: /, headers: { Idempotency-Key: \"${uuid}\" }, body: { key: \"${uuid}\" } }\n- { post: /, headers: { Idempotency-Key: \"${uuid}\" } }";
        await WalkAsync(system, steps);
        await WalkAsync(system, steps);
        Assert.Equal(4, system.Requests.Select(r => Guid.Parse(r.Headers["Idempotency-Key"])).Distinct().Count());
        Assert.Equal($$"""{"key":"{{system.Requests[0].Headers["Idempotency-Key"]}}"}""", system.Requests[0].Body);
    }

    [Fact]
    public async Task A_redirect_and_a_cookie_are_not_followed_behind_the_steps_back()
    {
        await using var system = await StubSystem.StartAsync(http =>
        {
            http.Response.Headers.SetCookie = "a=b";
            http.Response.Headers.Location = "/elsewhere";
            return StubSystem.Answer(http, 302, "{}");
        });
        Assert.True((await WalkAsync(system, "- { get: /, expect: \"302\" }\n- { get: /, expect: 3xx }")).Succeeded);
        Assert.Equal(["/", "/"], system.Requests.Select(r => r.Target));
        Assert.DoesNotContain(system.Requests, r => r.Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task A_cancelled_walk_ends_at_once()
    {
        await using var system = await StubSystem.StartAsync(HangAsync);
        await using var runner = Some.Runner(system, Some.Walk("- { get: /silent, within: 10m }"));
        using var cancel = new CancellationTokenSource();
        var walk = runner.RunOnceAsync("walk", cancel.Token);
        await Some.UntilAsync(() => system.Requests.Count == 1, "the request has come");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => walk.WaitAsync(TimeSpan.FromSeconds(20), Cancel));
    }

    [Fact]
    public async Task A_journey_that_cannot_be_read_fails_with_what_is_wrong_and_sends_nothing()
    {
        await using var system = await StubSystem.AnsweringAsync("{}");
        await using var runner = Some.Runner(system, Some.Walk("- { get: / }\n- { get: \"/${nothing}\" }"));
        var outcome = await runner.RunOnceAsync("walk", Cancel);
        Assert.Equal(("journeys.walk.steps[1].get", "No earlier step of 'walk' keeps 'nothing'."), (outcome.Failure!.Step, outcome.Failure.Detail));
        Assert.Empty(system.Requests);
        await Assert.ThrowsAsync<ArgumentException>(() => runner.RunOnceAsync("nobody", Cancel));
    }

    private static async Task<JourneyOutcome> WalkAsync(StubSystem system, string steps)
    {
        await using var runner = Some.Runner(system, Some.Walk(steps));
        return await runner.RunOnceAsync("walk", Cancel);
    }

    private static async Task HangAsync(HttpContext http)
    {
        if (http.Request.Path == "/half")
        {
            await http.Response.WriteAsync("{", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }

        var never = new TaskCompletionSource();
        using var gone = http.RequestAborted.Register(() => never.TrySetResult());
        await never.Task;
    }
}
