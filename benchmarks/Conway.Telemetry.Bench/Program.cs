// How many spans a second does one core take in, how many reach the disk, and what do they weigh there? Google.Protobuf's decoder, which builds the
// objects and does nothing with them, runs beside it as the peer.
// usage: dotnet run -c Release [seconds per part, default 10]
using System.Diagnostics;
using System.Globalization;
using Conway.Telemetry;
using Conway.Telemetry.Bench;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

var part = TimeSpan.FromSeconds(args is [var seconds] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 10);
var requests = Requests.Make(50).ToArray();
var bytes = requests.Sum(request => (long)request.Length);
Console.WriteLine($"{requests.Length} requests of {Requests.SpansPerRequest} spans, {bytes / (double)requests.Length / Requests.SpansPerRequest:0} bytes a span, {Environment.ProcessorCount} cores");

Peer(TimeSpan.FromSeconds(2));
Ingest(TimeSpan.FromSeconds(2), quiet: true);
Peer(part, "Google.Protobuf decode");
Ingest(part, quiet: false);
await AskAsync(groups: 250);

void Peer(TimeSpan time, string? name = null)
{
    var (spans, allocated, cpu, clock) = (0L, GC.GetAllocatedBytesForCurrentThread(), ThreadCpu.Now, Stopwatch.StartNew());
    for (var index = 0; clock.Elapsed < time; index++)
    {
        spans += Bench.Request.Parser.ParseFrom(requests[index % requests.Length]).ResourceSpans[0].ScopeSpans[0].Spans.Count;
    }

    if (name is not null)
    {
        Console.WriteLine($"{name,-28} {spans / (ThreadCpu.Now - cpu).TotalSeconds,12:N0} spans a CPU-second   {(GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)spans,8:N0} B garbage a span");
    }
}

// One thread throughout: what it spends is read from its own CPU clock, so that neighbours on the machine do not count.
void Ingest(TimeSpan time, bool quiet)
{
    var root = Directory.CreateTempSubdirectory("conway-bench-").FullName;
    var options = new TelemetryOptions { Root = root, DiskBytesMax = 8L << 30, ServiceBytesMax = 8L << 30 };
    var store = new TelemetryStore(options, new SegmentDisk(), TimeProvider.System, CancellationToken.None);
    {
        var intake = new OtlpIntake(store, new Watchers(TimeProvider.System));
        var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var (spans, deferred, rssMax) = (0L, 0L, 0L);
        var (taking, wall) = (TimeSpan.Zero, Stopwatch.StartNew());
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; wall.Elapsed < time; index++)
        {
            var before = ThreadCpu.Now;
            var result = intake.Accept(Signal.Traces, requests[index % requests.Length]);
            taking += ThreadCpu.Now - before;
            if (result.Outcome == IntakeOutcome.Busy)
            {
                deferred++;
                Thread.Yield();
            }

            spans += result.Accepted;
            rssMax = index % 1000 == 0 ? Math.Max(rssMax, Environment.WorkingSet) : rssMax;
        }

        var garbage = GC.GetAllocatedBytesForCurrentThread() - allocated;
        store.FlushAsync().Wait();
        var elapsed = wall.Elapsed.TotalSeconds;
        process.Refresh();
        var used = (process.TotalProcessorTime - cpu).TotalSeconds;
        if (!quiet)
        {
            Console.WriteLine($"{"Conway decoded and queued",-28} {spans / taking.TotalSeconds,12:N0} spans a CPU-second   {garbage / (double)spans,8:N0} B garbage a span");
            Console.WriteLine($"{"Conway indexed and on disk",-28} {spans / elapsed,12:N0} spans/s          {spans / used,12:N0} spans a CPU-second, {deferred:N0} requests deferred");
            Console.WriteLine($"{"On disk",-28} {store.Writer.WrittenBytes / (double)spans,12:N1} bytes a span      {store.Writer.WrittenBytes / 1e6,12:N0} MB");
            Console.WriteLine($"{"Memory",-28} {rssMax / 1e6,12:N0} MB at most");
        }
    }

    store.DisposeAsync().AsTask().Wait();
    Directory.Delete(root, recursive: true);
}

// Questions are put to a million spans of which no two are alike.
static async Task AskAsync(int groups)
{
    var root = Directory.CreateTempSubdirectory("conway-bench-").FullName;
    var store = new TelemetryStore(new TelemetryOptions { Root = root }, new SegmentDisk(), TimeProvider.System, CancellationToken.None);
    var intake = new OtlpIntake(store, new Watchers(TimeProvider.System));
    var spans = 0L;
    foreach (var request in Requests.Make(groups))
    {
        spans += intake.Accept(Signal.Traces, request).Accepted;
    }

    await store.FlushAsync();
    var queries = new TelemetryQueries(store, TimeProvider.System);
    var page = await Timed($"newest 50 traces of {spans:N0} spans", () => queries.SearchTracesAsync(TelemetryQuery.Everything, new PageRequest(50), CancellationToken.None));
    await Timed("one trace by its id", () => queries.FindTraceAsync(page.Traces[^1].Id, CancellationToken.None));
    TelemetryQuery.TryParse("service:service-3 attr.http.route:/api/products/7 duration:>85ms", out var query, out _);
    await Timed("50 traces by attribute", () => queries.SearchTracesAsync(query!, new PageRequest(50), CancellationToken.None));
    TelemetryQuery.TryParse("nothing-like-this", out var none, out _);
    await Timed("a word that is nowhere", () => queries.SearchTracesAsync(none!, new PageRequest(50), CancellationToken.None));
    await store.DisposeAsync();
    Directory.Delete(root, recursive: true);
}

static async Task<T> Timed<T>(string what, Func<Task<T>> ask)
{
    await ask();
    var (process, clock) = (Process.GetCurrentProcess(), Stopwatch.StartNew());
    var cpu = process.TotalProcessorTime;
    var answer = await ask();
    var wall = clock.Elapsed;
    process.Refresh();
    Console.WriteLine($"{what,-44} {wall.TotalMilliseconds,10:N0} ms, {(process.TotalProcessorTime - cpu).TotalMilliseconds,8:N0} ms CPU");
    return answer;
}
