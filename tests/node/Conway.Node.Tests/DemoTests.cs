using System.Net;
using Conway.Lowering;
using Conway.Model;

namespace Conway.Node.Tests;

public sealed class DemoTests
{
    private const string SlowestFirst = """
        conway: 1
        system: two
        services:
          front: { command: node front.js, calls: { back: { timeout: 200ms, retries: 1 } } }
          back: { command: node back.js }
        gateway:
          routes:
            - { path: "/front/**", to: front }
        journeys:
          look: { rate: 20/s, traffic: true, steps: [{ get: /front/a }] }
        """;

    [Fact]
    public async Task A_callee_looks_slow_for_a_while_its_callers_repeat_and_leave_it_out_and_then_all_is_as_it_was()
    {
        await using var bench = new Bench(SlowestFirst);
        await bench.StartHealthyAsync(bench.Options with { Demo = TimeSpan.FromSeconds(6) });
        await bench.Until(() => Told("demo: for 6 s back answers 0.25 s late; front waits 0.2 s, and asks once more"), "the beginning");
        await bench.Until(() => bench.Service("back").Ejections.Count == 1, "that it is left out");
        Assert.Equal(Supervision.ReplicaState.Healthy, bench.Service("back").State);
        await bench.Until(() => bench.Seen.OfType<NodeEvent.Notice>().Any(n => n.Text.StartsWith("demo: back is itself again; ", StringComparison.Ordinal)), "the end");
        Assert.Matches(
            "^demo: back is itself again; [1-9]\\d* attempts, [1-9]\\d* of them out of time, [1-9]\\d* of them repeats; left out (once|[1-9]\\d* times)$",
            bench.Seen.OfType<NodeEvent.Notice>().Single(n => n.Text.StartsWith("demo: back is", StringComparison.Ordinal)).Text);
        await bench.Until(() => Told("demo: over; nothing is slowed any more"), "the last word");

        // Nobody looks at a console, so the journeys that walked for it wait again.
        await bench.Until(() => bench.Host.JourneysPaused, "that journeys wait");
        await bench.Until(() => bench.Service("back").Ejections.Count == 0, "that it is taken back");
        Assert.Equal((HttpStatusCode.OK, "front of back back-1 -"), await bench.Get("/front/a"));

        bool Told(string text) => bench.Seen.OfType<NodeEvent.Notice>().Any(n => n.Text == text);
    }

    [Fact]
    public async Task Ending_the_run_ends_the_demo()
    {
        await using var bench = new Bench(SlowestFirst);
        var host = await bench.StartHealthyAsync(bench.Options with { Demo = TimeSpan.FromHours(1) });
        await host.StopAsync(CancellationToken.None);
        Assert.Equal(0, bench.Alive());
    }

    [Fact]
    public async Task A_model_that_has_nothing_to_show_is_told_what_it_lacks()
    {
        await using var bench = new Bench("conway: 1\nsystem: one\nservices:\n  back: { command: node back.js }\n");
        await bench.StartHealthyAsync(bench.Options with { Demo = TimeSpan.FromSeconds(1) });
        await bench.Until(() => bench.Seen.OfType<NodeEvent.Notice>().Any(n => n.Text.StartsWith("demo: no call of this model has a time limit of 5 s or less", StringComparison.Ordinal)), "the notice");
    }

    [Fact]
    public void The_call_that_is_waited_for_longest_is_shown_once_without_and_once_with_repeats()
    {
        var acts = DemoAct.Of(
        [
            Listener("orders", "payments", 2, 0), Listener("orders", "catalog", 0.3, 1), Listener("basket", "catalog", 0.4, 2), Listener("orders", "stock", 0.1, 3),
            Listener("orders", "reports", 60, 0), Listener("basket", "stock", 0.4, 0),
        ]);
        Assert.Equal(["payments", "catalog"], acts.Select(a => a.Callee));
        Assert.Equal("demo: for 30 s catalog answers 0.5 s late; basket, orders wait 0.4 s, and ask 2 times more", acts[1].Begins(TimeSpan.FromSeconds(30)));
        Assert.Equal("demo: payments is itself again; 4 attempts, 3 of them out of time, 0 of them repeats; left out once", acts[0].Ends(new DemoCount(4, 3, 0, 1)));
        Assert.Empty(DemoAct.Of([Listener("a", "b", 60, 0)]));
    }

    private static ListenerPlan Listener(string caller, string callee, double seconds, int retries) => new()
    {
        Caller = caller,
        Callee = callee,
        Port = 1,
        AttemptTimeout = TimeSpan.FromSeconds(seconds),
        Budget = TimeSpan.FromSeconds(100),
        Retries = retries,
        Balance = BalancePolicy.PeakEwma,
        Outlier = new Outlier(),
        Required = true,
        Protocol = CallProtocol.Http,
    };
}
