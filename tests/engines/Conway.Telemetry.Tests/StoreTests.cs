using System.Net;
using System.Text;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Tests;

public sealed class StoreTests
{
    private static CancellationToken Stop => EngineFixture.Stop;

    private static string[] Files(string root, string pattern) => Directory.GetFiles(root, pattern, SearchOption.AllDirectories);

    private static async Task<int> CountLogs(TelemetryQueries queries)
    {
        var (count, next) = (0, (string?)null);
        do
        {
            var page = await queries.SearchLogsAsync(TelemetryQuery.Everything, new PageRequest(1000, next), Stop);
            count += page.Entries.Count;
            next = page.Next;
        }
        while (next is not null);
        return count;
    }

    /// <summary>Writes <paramref name="batches"/> blocks of ten logs and ends, leaving the folder.</summary>
    private static async Task<string> LeaveRunAsync(int batches = 3)
    {
        var root = EngineFixture.NewRoot();
        await using var engine = await TelemetryEngine.StartAsync(new() { Root = root, Run = "r-1", Age = Some.Forever }, TimeProvider.System, Stop);
        for (var batch = 0; batch < batches; batch++)
        {
            for (var line = 0; line < 10; line++)
            {
                Assert.True(engine.AppendLog(new("orders", "orders-1", Some.Start.AddSeconds(batch * 10 + line), LogSource.Output, Encoding.UTF8.GetBytes($"line {batch * 10 + line}"), Trace: Some.Trace(batch + 1))));
            }

            await engine.FlushAsync();
        }

        return root;
    }

    [Fact]
    public async Task An_earlier_run_is_listed_and_read()
    {
        var root = await LeaveRunAsync();
        var run = Assert.Single(TelemetryArchive.ListRuns(root));
        Assert.Equal(("r-1", false), (run.Run, run.IsRunning));
        var queries = await TelemetryArchive.OpenAsync(root, "r-1", TimeProvider.System, Stop);
        Assert.Equal(30, await CountLogs(queries!));
        Assert.Null(await TelemetryArchive.OpenAsync(root, "../" + Path.GetFileName(root), TimeProvider.System, Stop));
        Assert.Null(await TelemetryArchive.OpenAsync(root, "r-2", TimeProvider.System, Stop));
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_missing_index_is_rebuilt_and_finds_the_same_traces()
    {
        var root = await LeaveRunAsync();
        var index = Assert.Single(Files(root, "*.idx"));
        var before = await File.ReadAllBytesAsync(index, Stop);
        File.Delete(index);
        await using (var engine = await TelemetryEngine.StartAsync(new() { Root = root, Run = "r-1", Age = Some.Forever }, TimeProvider.System, Stop))
        {
            Assert.Equal(before, await File.ReadAllBytesAsync(index, Stop));
            TelemetryQuery.TryParse("trace:" + Some.Trace(2), out var query, out _);
            Assert.Equal(10, (await engine.Queries.SearchLogsAsync(query!, new PageRequest(), Stop)).Entries.Count);
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_damaged_index_is_not_believed()
    {
        var root = await LeaveRunAsync();
        var index = Assert.Single(Files(root, "*.idx"));
        var bytes = await File.ReadAllBytesAsync(index, Stop);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(index, bytes, Stop);
        Assert.Equal(30, await CountLogs((await TelemetryArchive.OpenAsync(root, "r-1", TimeProvider.System, Stop))!));
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Wherever_a_segment_is_torn_every_whole_block_before_is_kept()
    {
        var root = await LeaveRunAsync();
        var segment = Assert.Single(Files(root, "*.seg"));
        var whole = await File.ReadAllBytesAsync(segment, Stop);
        foreach (var index in Files(root, "*.idx"))
        {
            File.Delete(index);
        }

        for (var length = whole.Length; length >= 0; length -= 7)
        {
            await File.WriteAllBytesAsync(segment, whole[..length], Stop);
            var kept = await CountLogs((await TelemetryArchive.OpenAsync(root, "r-1", TimeProvider.System, Stop))!);
            Assert.Equal(0, kept % 10);
            Assert.InRange(kept, (length - 200) * 30 / whole.Length - 10, 30);
            if (length == whole.Length)
            {
                Assert.Equal(30, kept);
            }
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_torn_end_is_cut_off_and_writing_goes_on_after_it()
    {
        var root = await LeaveRunAsync();
        var segment = Assert.Single(Files(root, "*.seg"));
        var length = new FileInfo(segment).Length;
        await using (var file = File.OpenWrite(segment))
        {
            file.SetLength(length - 5);
        }

        await using (var engine = await TelemetryEngine.StartAsync(new() { Root = root, Run = "r-1", Age = Some.Forever }, TimeProvider.System, Stop))
        {
            Assert.Equal(20, await CountLogs(engine.Queries));
            Assert.True(new FileInfo(segment).Length < length - 5);
            engine.AppendLog(new("orders", "orders-1", Some.Start.AddHours(1), LogSource.Output, "after"u8.ToArray()));
            await engine.FlushAsync();
        }

        Assert.Equal(21, await CountLogs((await TelemetryArchive.OpenAsync(root, "r-1", TimeProvider.System, Stop))!));
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task What_cannot_be_read_of_an_earlier_run_is_told_by_a_sentence_for_each_file()
    {
        var root = await LeaveRunAsync();
        Assert.Empty((await OpenAsync()).Damage);
        var segment = Assert.Single(Files(root, "*.seg"));
        var length = new FileInfo(segment).Length;
        var folder = Path.GetFileName(Path.GetDirectoryName(segment));
        await using (var file = File.OpenWrite(segment))
        {
            file.SetLength(length - 5);
        }

        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(segment)!, "000009.seg"), "Lorem ipsum", Stop);
        var queries = await OpenAsync();
        Assert.Equal(20, await CountLogs(queries));
        Assert.Equal(2, queries.Damage.Count);
        Assert.Matches($"^'{folder}/000001.seg' can be read up to byte [0-9,]+: [0-9,]+ bytes after it were not written whole, or are damaged.$", queries.Damage[0]);
        Assert.Equal($"'{folder}/000009.seg' does not begin as a segment does: 11 bytes are left out.", queries.Damage[1]);

        for (var number = 10; number < 40; number++)
        {
            await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(segment)!, $"0000{number}.seg"), "", Stop);
        }

        Assert.Equal((10, "And 23 files more."), ((await OpenAsync()).Damage.Count, (await OpenAsync()).Damage[^1]));
        Directory.Delete(root, recursive: true);

        async Task<TelemetryQueries> OpenAsync() => (await TelemetryArchive.OpenAsync(root, "r-1", TimeProvider.System, Stop))!;
    }

    [Fact]
    public async Task Seeded_damage_anywhere_in_a_run_never_makes_its_reading_throw()
    {
        var root = await LeaveRunAsync();
        var segment = Assert.Single(Files(root, "*.seg"));
        var index = Assert.Single(Files(root, "*.idx"));
        var (segmentBytes, indexBytes) = (await File.ReadAllBytesAsync(segment, Stop), await File.ReadAllBytesAsync(index, Stop));
        var random = new Random(7201);
        for (var round = 0; round < 300; round++)
        {
            var (path, bytes) = round % 2 == 0 ? (segment, segmentBytes) : (index, indexBytes);
            var damaged = bytes.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, damaged, Stop);
            Assert.InRange(await CountLogs((await TelemetryArchive.OpenAsync(root, "r-1", TimeProvider.System, Stop))!), 0, 30);
            await File.WriteAllBytesAsync(path, bytes, Stop);
        }

        Directory.Delete(root, recursive: true);
    }

    [Theory]
    [InlineData(28, "CW7201")]
    [InlineData(13, "CW7202")]
    public async Task A_disk_that_refuses_means_memory_only_and_a_finding_and_nothing_is_lost(int errno, string code)
    {
        var clock = new ManualClock(Some.Start);
        var disk = new RefusingDisk { Errno = errno };
        await using var fixture = await EngineFixture.StartAsync(disk: disk, clock: clock);
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("one"), Some.Log("two"));
        await fixture.Engine.FlushAsync();
        Assert.Equal(code, Assert.Single(fixture.Engine.Findings).Code);
        Assert.True(fixture.Engine.Status.IsMemoryOnly);
        Assert.Equal(2, await CountLogs(fixture.Queries));

        // The disk comes back: within half a minute writing goes on and the finding is gone.
        disk.Errno = null;
        clock.Advance(TimeSpan.FromSeconds(31));
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("three"));
        await fixture.Engine.FlushAsync();
        Assert.Empty(fixture.Engine.Findings);
        Assert.Equal(3, await CountLogs(fixture.Queries));
        Assert.Single(Files(fixture.Root, "*.seg"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_opened_at_the_start_is_tried_again_every_half_minute_and_keeps_what_came_meanwhile()
    {
        // A file lies where the run's folder should.
        var clock = new ManualClock(Some.Start);
        var root = EngineFixture.NewRoot();
        var inTheWay = Path.Combine(root, "r-1");
        await File.WriteAllTextAsync(inTheWay, "", Stop);
        await using var fixture = await EngineFixture.StartAsync(root: root, clock: clock);
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("one"));
        await fixture.Engine.FlushAsync();
        Assert.Equal(("CW7202", true), (Assert.Single(fixture.Engine.Findings).Code, fixture.Engine.Status.IsMemoryOnly));

        File.Delete(inTheWay);
        clock.Advance(TimeSpan.FromSeconds(29));
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("two"));
        await fixture.Engine.FlushAsync();
        Assert.Equal("CW7202", Assert.Single(fixture.Engine.Findings).Code);

        clock.Advance(TimeSpan.FromSeconds(1));
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("three"));
        await fixture.Engine.FlushAsync();
        Assert.Empty(fixture.Engine.Findings);
        Assert.False(fixture.Engine.Status.IsMemoryOnly);
        Assert.Equal(3, await CountLogs(fixture.Queries));
        Assert.Equal(1, await CountLogs((await TelemetryArchive.OpenAsync(root, "r-1", TimeProvider.System, Stop))!));
    }

    [Fact]
    public async Task A_run_that_another_engine_wrote_is_taken_over_when_that_one_has_ended()
    {
        var clock = new ManualClock(Some.Start);
        var root = EngineFixture.NewRoot();
        await using var second = await BothAsync();

        // Nothing comes in, so only the passing of time can tell.
        clock.Advance(TimeSpan.FromSeconds(30));
        await Until(() => second.Engine.Findings.Count == 0, "the folder is opened");
        Assert.Equal(["in memory", "the first one's"], (await second.Queries.SearchLogsAsync(TelemetryQuery.Everything, new PageRequest(), Stop)).Entries.Select(entry => entry.Body));
        await second.SendAsync(Signal.Logs, "orders", Some.Log("after"));
        await second.Engine.FlushAsync();
        Assert.Equal(2, Files(root, "*.seg").Length);

        async Task<EngineFixture> BothAsync()
        {
            await using var first = await TelemetryEngine.StartAsync(new() { Root = root, Run = "r-1", Age = Some.Forever }, clock, Stop);
            Assert.True(first.AppendLog(new("orders", "orders-1", Some.Start, LogSource.Output, "the first one's"u8.ToArray())));
            var other = await EngineFixture.StartAsync(root: root, clock: clock);
            Assert.True(other.Engine.AppendLog(new("orders", "orders-1", Some.Start.AddSeconds(1), LogSource.Output, "in memory"u8.ToArray())));
            await other.Engine.FlushAsync();
            Assert.Equal("CW7206", Assert.Single(other.Engine.Findings).Code);
            return other;
        }
    }

    [Fact]
    public async Task A_disk_that_takes_something_again_is_noticed_while_nothing_comes_in()
    {
        var clock = new ManualClock(Some.Start);
        var disk = new RefusingDisk { Errno = 28 };
        await using var fixture = await EngineFixture.StartAsync(disk: disk, clock: clock);
        await fixture.SendAsync(Signal.Logs, "orders", Some.Log("one"));
        await fixture.Engine.FlushAsync();
        Assert.Equal("CW7201", Assert.Single(fixture.Engine.Findings).Code);
        disk.Errno = null;
        clock.Advance(TimeSpan.FromSeconds(30));
        await Until(() => fixture.Engine.Findings.Count == 0, "the disk is found to be well");
        Assert.Empty(Directory.GetFiles(Path.Combine(fixture.Root, "r-1"), "*.probe"));
    }

    [Fact]
    public async Task What_is_kept_in_memory_for_a_full_disk_pushes_nothing_off_the_disk()
    {
        var disk = new RefusingDisk();
        await using var fixture = await EngineFixture.StartAsync(options => options with { MemoryBytesMax = 100_000 }, disk);
        await FillAsync(fixture.Engine, "orders", 20);
        var before = Files(fixture.Root, "*.seg").Sum(path => new FileInfo(path).Length);
        disk.Errno = 28;
        await FillAsync(fixture.Engine, "orders", 20);
        Assert.Equal(before, Files(fixture.Root, "*.seg").Sum(path => new FileInfo(path).Length));
        Assert.InRange(fixture.Engine.Status.BytesKept, before + 1, before + 100_000);
    }

    [Fact]
    public async Task A_full_disk_bounds_what_is_kept_in_memory()
    {
        await using var fixture = await EngineFixture.StartAsync(options => options with { MemoryBytesMax = 100_000 }, new RefusingDisk { Errno = 28 });
        await FillAsync(fixture.Engine, "orders", 40);
        Assert.InRange(fixture.Engine.Status.BytesKept, 1, 100_000);
        Assert.True(fixture.Engine.Status.Services.Single().RecordsEvicted > 0);
    }

    [Fact]
    public async Task Two_engines_on_one_run_do_not_write_the_same_files()
    {
        await using var first = await EngineFixture.StartAsync();
        await using var second = await TelemetryEngine.StartAsync(new() { Root = first.Root, Run = "r-1", Age = Some.Forever }, TimeProvider.System, Stop);
        Assert.Equal("CW7206", Assert.Single(second.Findings).Code);
        Assert.Empty(first.Engine.Findings);
        Assert.True(second.AppendLog(new("orders", "orders-1", Some.Start, LogSource.Output, "in memory"u8.ToArray())));
        await second.FlushAsync();
        Assert.Empty(Files(first.Root, "*.seg"));
        Assert.Equal(1, await CountLogs(second.Queries));
    }

    [Fact]
    public async Task The_chatty_service_pays_for_its_own_noise()
    {
        await using var fixture = await EngineFixture.StartAsync(options => options with { DiskBytesMax = 1024 * 1024, ServiceBytesMax = long.MaxValue });
        await fixture.SendAsync(Signal.Logs, "quiet", Some.Log("the one line that matters"));
        await fixture.Engine.FlushAsync();
        await FillAsync(fixture.Engine, "chatty", 60);
        var status = fixture.Engine.Status;
        Assert.InRange(status.BytesKept, 1, 1024 * 1024);
        var (chatty, quiet) = (status.Services.Single(s => s.Service == "chatty"), status.Services.Single(s => s.Service == "quiet"));
        Assert.True(chatty.RecordsEvicted > 0, "The quota was not reached.");
        Assert.Equal((0, 1), (quiet.RecordsEvicted, quiet.Logs));
        TelemetryQuery.TryParse("service:quiet", out var query, out _);
        Assert.Equal("the one line that matters", Assert.Single((await fixture.Queries.SearchLogsAsync(query!, new PageRequest(), Stop)).Entries).Body);
        Assert.Equal("CW7204", Assert.Single(fixture.Engine.Findings).Code);
        Assert.InRange(Files(fixture.Root, "*.seg").Sum(path => new FileInfo(path).Length), 1, 1024 * 1024);
    }

    [Fact]
    public void The_largest_gives_way_first_and_among_equals_the_first_by_name()
    {
        ServiceShelf[] shelves = [Shelf("b", 10), Shelf("a", 10), Shelf("c", 5), Shelf("empty", 0)];
        var order = new List<string>();
        while (Quota.Victim(shelves) is { } victim)
        {
            order.Add(victim.Service);
            victim.TakeOldest();
        }

        Assert.Equal("a b a b a b a b a b a b a b a b a b a b", string.Join(' ', order.Take(20)));
        static ServiceShelf Shelf(string name, int segments)
        {
            var shelf = new ServiceShelf(name);
            for (var i = 0; i < segments; i++)
            {
                shelf.Keep(new Segment("", Signal.Logs, name) { Length = name == "c" ? 1 : 100 }, name == "c" ? 1 : 100, isNew: true);
            }

            return shelf;
        }
    }

    [Fact]
    public async Task A_service_that_prints_without_end_loses_lines_and_keeps_nobody_waiting()
    {
        // A writer that does not come on: what waits may grow to the service's share and no further.
        using var gate = new ManualResetEventSlim();
        var disk = new RefusingDisk { Wait = gate };
        await using var fixture = await EngineFixture.StartAsync(options => options with { PendingBlocksPerServiceMax = 4 }, disk);
        var line = Encoding.UTF8.GetBytes(new string('x', 1000));
        var taken = 0;
        for (var count = 0; count < 5000; count++)
        {
            taken += fixture.Engine.AppendLog(new("chatty", "chatty-1", Some.Start, LogSource.Output, line)) ? 1 : 0;
        }

        Assert.InRange(taken, 1000, 1500);
        Assert.True(fixture.Engine.AppendLog(new("quiet", "quiet-1", Some.Start, LogSource.Output, line)));
        Assert.Equal(5000 - taken, fixture.Engine.Status.Services.Single(s => s.Service == "chatty").LinesDropped);
        Assert.Equal("CW7203", Assert.Single(fixture.Engine.Findings).Code);

        // The same for requests: refused for now, and the sender is told when to come again.
        using var refused = await fixture.PostAsync(Signal.Logs, Otlp.Request("chatty", [Some.Log("x")]));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1.0), (refused.StatusCode, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        using var taken2 = await fixture.PostAsync(Signal.Logs, Otlp.Request("quiet", [Some.Log("x")]));
        Assert.Equal(HttpStatusCode.OK, taken2.StatusCode);
        gate.Set();
    }

    [Fact]
    public void Earlier_runs_are_kept_by_number_and_by_size_newest_first()
    {
        var day = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        (string, DateTime, long)[] runs = [("a", day, 10), ("b", day.AddDays(1), 10), ("c", day.AddDays(2), 10), ("d", day.AddDays(3), 10)];
        Assert.Equal(["b", "a"], Retention.Decide(runs, 2, 1000));
        Assert.Equal(["a"], Retention.Decide(runs, 20, 35));
        Assert.Empty(Retention.Decide(runs, 20, 1000));
    }

    [Fact]
    public async Task More_services_than_are_told_apart_share_one_name_and_a_finding()
    {
        await using var fixture = await EngineFixture.StartAsync(options => options with { ServicesMax = 3 });
        for (var i = 0; i < 10; i++)
        {
            await fixture.SendAsync(Signal.Logs, "s" + i, Some.Log("x"));
        }

        Assert.Equal(["(other)", "s0", "s1", "s2"], fixture.Engine.Status.Services.Select(s => s.Service));
        Assert.Equal(7, fixture.Engine.Status.Services[0].Logs);
        Assert.Equal("CW7205", Assert.Single(fixture.Engine.Findings).Code);
    }

    private static async Task FillAsync(TelemetryEngine engine, string service, int blocks)
    {
        var random = new Random(1);
        var line = new byte[1000];
        for (var block = 0; block < blocks; block++)
        {
            for (var i = 0; i < 100; i++)
            {
                random.NextBytes(line);
                Encoding.ASCII.GetBytes(Convert.ToHexString(line.AsSpan(0, 500)), line);
                Assert.True(engine.AppendLog(new(service, service + "-1", Some.Start.AddSeconds(block), LogSource.Output, line)));
            }

            await engine.FlushAsync();
        }
    }

    private static async Task Until(Func<bool> condition, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            while (!condition())
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
