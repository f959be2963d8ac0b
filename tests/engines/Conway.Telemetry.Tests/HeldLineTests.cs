using System.Text;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Tests;

/// <summary>A service that exports its logs and prints them too is shown once, and no line is lost when its exporter is dead.</summary>
public sealed class HeldLineTests
{
    private static CancellationToken Stop => EngineFixture.Stop;

    private static OutputLine Line(string text, int trace = 0, int span = 0, string replica = "orders-1", bool exported = true, LogSeverity level = LogSeverity.Information) =>
        new("orders", replica, Some.Start, LogSource.Output, Encoding.UTF8.GetBytes(text), level, trace == 0 ? default : Some.Trace(trace), new SpanId((ulong)span)) { IsExported = exported };

    [Fact]
    public async Task A_line_whose_record_comes_is_shown_once_as_the_record()
    {
        await using var fixture = await EngineFixture.StartAsync();
        using var live = fixture.Engine.SubscribeLogs(TelemetryQuery.Everything);
        Assert.True(fixture.Engine.AppendLog(Line("card refused", trace: 1, span: 2)));
        Assert.Empty(await Shown(fixture));
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("card refused", trace: 1, span: 2, attributes: ("order.id", "o-17")));

        var entry = Assert.Single(await Shown(fixture));
        Assert.Equal((LogSource.Otlp, "card refused", "o-17"), (entry.Source, entry.Body, entry.Attributes.Single().Text));
        Assert.Equal(1, live.Items.Count);
    }

    [Fact]
    public async Task A_line_that_is_read_after_its_record_is_not_shown_again()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Engine.AppendLog(Line("the first that says it is exported"));
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("card refused", trace: 1, span: 2));
        fixture.Engine.AppendLog(Line("card refused", trace: 1, span: 2));
        fixture.Engine.ReplicaEnded("orders", "orders-1");
        Assert.Equal(["Otlp card refused", "Output the first that says it is exported"], await Texts(fixture));
    }

    [Fact]
    public async Task What_a_dead_exporter_did_not_bring_is_shown_from_the_lines_with_their_own_time()
    {
        var clock = new ManualClock(Some.Start);
        await using var fixture = await EngineFixture.StartAsync(clock: clock);
        fixture.Engine.AppendLog(Line("one"));
        fixture.Engine.AppendLog(Line("two"));
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("one"));
        clock.Advance(HeldLines.Patience - TimeSpan.FromSeconds(1));
        fixture.Engine.AppendLog(Line("three"));
        clock.Advance(TimeSpan.FromSeconds(1));
        await Until(async () => (await Texts(fixture)).Length == 2, "the line without a record");
        Assert.Equal(["Otlp one", "Output two"], await Texts(fixture));
        Assert.All(await Shown(fixture), entry => Assert.Equal(Some.Start, entry.At));
    }

    [Fact]
    public async Task A_process_that_ends_leaves_its_last_lines_at_once_and_not_those_of_its_siblings()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Engine.AppendLog(Line("last words"));
        fixture.Engine.AppendLog(Line("last words"));
        fixture.Engine.AppendLog(Line("of a sibling", replica: "orders-2"));
        fixture.Engine.ReplicaEnded("orders", "orders-1");
        fixture.Engine.ReplicaEnded("nobody", "nobody-1");
        Assert.Equal(["Output last words", "Output last words"], await Texts(fixture));
    }

    [Fact]
    public async Task An_engine_that_ends_stores_what_it_held_even_more_than_the_writer_has_room_for()
    {
        const int Lines = 3000;
        var root = EngineFixture.NewRoot();
        await using (var engine = await TelemetryEngine.StartAsync(new() { Root = root, Run = "r-1", Age = Some.Forever, PendingBlocksPerServiceMax = 1 }, TimeProvider.System, Stop))
        {
            for (var number = 0; number < Lines; number++)
            {
                Assert.True(engine.AppendLog(Line($"{number} {new string('x', 900)}")));
            }
        }

        var queries = await TelemetryArchive.OpenAsync(root, "r-1", TimeProvider.System, Stop);
        var (count, next) = (0, (string?)null);
        do
        {
            var page = await queries!.SearchLogsAsync(TelemetryQuery.Everything, new PageRequest(1000, next), Stop);
            (count, next) = (count + page.Entries.Count, page.Next);
        }
        while (next is not null);
        Assert.Equal(Lines, count);
        Directory.Delete(root, recursive: true);
    }

    [Theory]
    [InlineData("card refused", 1, 2, LogSeverity.Error, "orders-1")] // another grade
    [InlineData("card refused", 1, 3, LogSeverity.Information, "orders-1")] // another span
    [InlineData("card refuseD", 1, 2, LogSeverity.Information, "orders-1")] // another text
    [InlineData("card refused", 1, 2, LogSeverity.Information, "orders-2")] // another replica
    public async Task A_record_of_something_else_takes_no_line_away(string text, int trace, int span, LogSeverity severity, string instance)
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Engine.AppendLog(Line("card refused", trace: 1, span: 2));
        using (var answer = await fixture.PostAsync(Signal.Logs, Otlp.Request("orders", [Some.Log(text, severity, trace, span)], instance)))
        {
            Assert.True(answer.IsSuccessStatusCode);
        }

        fixture.Engine.ReplicaEnded("orders", "orders-1");
        Assert.Equal(["Otlp " + text, "Output card refused"], await Texts(fixture));
    }

    [Fact]
    public async Task Of_lines_that_are_alike_as_many_are_shown_as_have_no_record()
    {
        await using var fixture = await EngineFixture.StartAsync();
        for (var line = 0; line < 5; line++)
        {
            fixture.Engine.AppendLog(Line("alive"));
        }

        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("alive"), Some.Log("alive"), Some.Log("alive"));
        fixture.Engine.ReplicaEnded("orders", "orders-1");
        Assert.Equal(["Otlp alive", "Otlp alive", "Otlp alive", "Output alive", "Output alive"], await Texts(fixture));
    }

    [Fact]
    public async Task A_record_that_comes_after_its_line_was_shown_takes_no_other_line_away()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Engine.AppendLog(Line("alive"));
        fixture.Engine.ReplicaEnded("orders", "orders-1");
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("alive"));
        fixture.Engine.AppendLog(Line("alive"));
        fixture.Engine.ReplicaEnded("orders", "orders-1");
        Assert.Equal(["Otlp alive", "Output alive", "Output alive"], await Texts(fixture));
    }

    [Fact]
    public async Task A_line_that_does_not_say_it_is_exported_is_shown_at_once()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Engine.AppendLog(Line("alive", exported: false));
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("alive"));
        Assert.Equal(["Otlp alive", "Output alive"], await Texts(fixture));
    }

    [Fact]
    public async Task A_line_that_was_cut_is_known_by_its_beginning()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var text = new string('é', 5000);
        fixture.Engine.AppendLog(Line(text[..999] + "…"));
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log(text));
        fixture.Engine.ReplicaEnded("orders", "orders-1");
        Assert.Equal(LogSource.Otlp, Assert.Single(await Shown(fixture)).Source);
    }

    [Fact]
    public async Task What_stands_under_a_lines_text_is_kept_with_it()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Engine.AppendLog(Line("it broke") with { Detail = "System.InvalidOperationException: boom\n   at X"u8.ToArray() });
        fixture.Engine.ReplicaEnded("orders", "orders-1");
        Assert.Equal("it broke\nSystem.InvalidOperationException: boom\n   at X", Assert.Single(await Shown(fixture)).Body);
    }

    [Fact]
    public void Too_many_lines_are_given_back_oldest_first_and_none_is_lost()
    {
        var held = new HeldLines(new ManualClock(Some.Start));
        var due = new List<OutputLine>();
        for (var number = 0; number < HeldLines.LinesMax + 3; number++)
        {
            held.Take(Line($"line {number}"), due);
        }

        Assert.Equal(["line 0", "line 1", "line 2"], due.Select(line => Encoding.UTF8.GetString(line.Text.Span)));
        held.Take(Line(new string('x', HeldLines.BytesMax - 1000)), due);
        held.TakeAll(null, due);
        Assert.Equal(HeldLines.LinesMax + 4, due.Select(line => Encoding.UTF8.GetString(line.Text.Span)).Distinct().Count());
        Assert.Equal(HeldLines.LinesMax + 4, due.Count);
    }

    [Fact]
    public void Every_order_of_lines_records_and_ends_shows_each_event_once_or_twice_and_never_not_at_all()
    {
        // Two texts, three replicas' worth of order: what is stored is records + lines given back; per text at least as many as were printed.
        var random = new Random(17);
        for (var round = 0; round < 2000; round++)
        {
            var clock = new ManualClock(Some.Start);
            var held = new HeldLines(clock);
            var due = new List<OutputLine>();
            var (printed, exported) = (new int[2], new int[2]);
            for (var step = 0; step < 40; step++)
            {
                var text = random.Next(2);
                switch (random.Next(8))
                {
                    case < 3:
                        held.Take(Line(text == 0 ? "a" : "b"), due);
                        printed[text]++;
                        break;
                    case < 6 when exported[text] < printed[text]:
                        held.Came(RecordMark.Of(default, default, 9, "orders-1"u8, text == 0 ? "a"u8 : "b"u8));
                        exported[text]++;
                        break;
                    case 6:
                        clock.Advance(TimeSpan.FromSeconds(random.Next(12)));
                        held.TakeDue(due);
                        break;
                    case 7 when random.Next(5) == 0:
                        held.TakeAll("orders-1", due);
                        break;
                }
            }

            held.TakeAll(null, due);
            for (var text = 0; text < 2; text++)
            {
                var shown = exported[text] + due.Count(line => line.Text.Span[0] == "ab"[text]);
                Assert.True(shown >= printed[text] && shown <= printed[text] + exported[text], $"Round {round}: '{"ab"[text]}' printed {printed[text]}, exported {exported[text]}, shown {shown}.");
            }
        }
    }

    private static async Task<IReadOnlyList<LogEntry>> Shown(EngineFixture fixture) =>
        (await fixture.Queries.SearchLogsAsync(TelemetryQuery.Everything, new PageRequest(1000), Stop)).Entries;

    private static async Task<string[]> Texts(EngineFixture fixture) => [.. (await Shown(fixture)).Select(entry => $"{entry.Source} {entry.Body}").Order(StringComparer.Ordinal)];

    private static async Task Until(Func<Task<bool>> condition, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            while (!await condition())
            {
                await Task.Delay(20, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Never came: {what}.");
        }
    }
}
