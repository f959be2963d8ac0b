using System.Globalization;
using System.Text;

namespace Conway.Telemetry.Tests;

/// <summary>What an engine does on a disk that is really full, told line by line: run in a process whose folder is a small filesystem.</summary>
internal static class FullDisk
{
    private static readonly Random Noise = new(7);
    private static int s_number;

    public static async Task TellAsync(string folder)
    {
        var clock = new ManualClock(Some.Start);
        var ballast = Path.Combine(folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[256 * 1024]);

        // Something to lose: a run that ended.
        await using (var earlier = await StartAsync(folder, "r-1", clock))
        {
            await PrintAsync(earlier, 200);
        }

        await using (var engine = await StartAsync(folder, "r-2", clock))
        {
            while (engine.Findings.Count == 0)
            {
                await PrintAsync(engine, 100);
            }

            var onDisk = s_number;
            await PrintAsync(engine, 100);
            Tell("full", engine);
            Console.WriteLine($"every line of it is found: {await CountAsync(engine.Queries) == s_number - 200}");
            Console.WriteLine($"lines of the run that ended: {await CountAsync(await OpenAsync(folder, "r-1"))}");

            File.Delete(ballast);
            clock.Advance(TimeSpan.FromSeconds(29));
            await PrintAsync(engine, 100);
            Tell("space again, and half a minute not over", engine);
            clock.Advance(TimeSpan.FromSeconds(2));
            await PrintAsync(engine, 100);
            Tell("half a minute later", engine);
            Console.WriteLine($"every line of it is found: {await CountAsync(engine.Queries) == s_number - 200}");
        }

        // Of what was on the disk nothing is gone; what was in memory is.
        var left = await CountAsync(await OpenAsync(folder, "r-2"));
        Console.WriteLine($"lines on the disk at the end: {(left >= 100 && left < s_number - 200 ? "those before and those after" : left)}");

        await FillAsync(Path.Combine(folder, "ballast"));
        await using (var engine = await StartAsync(folder, "r-3", clock))
        {
            await PrintAsync(engine, 200);
            Tell("started on a full disk", engine);
            Console.WriteLine($"every line of it is found: {await CountAsync(engine.Queries) == 200}");
            Console.WriteLine($"lines of the runs before: {await CountAsync(await OpenAsync(folder, "r-1"))}, {await CountAsync(await OpenAsync(folder, "r-2")) == left}");
        }
    }

    private static Task<TelemetryEngine> StartAsync(string folder, string run, TimeProvider clock) =>
        TelemetryEngine.StartAsync(new() { Root = folder, Run = run }, clock, CancellationToken.None);

    private static async Task<TelemetryQueries> OpenAsync(string folder, string run) =>
        (await TelemetryArchive.OpenAsync(folder, run, TimeProvider.System, CancellationToken.None))!;

    private static void Tell(string when, TelemetryEngine engine) =>
        Console.WriteLine($"{when}: {string.Join(", ", engine.Findings.Select(finding => finding.Code))} memory only {engine.Status.IsMemoryOnly}");

    // Half a kilobyte a line that does not compress.
    private static async Task PrintAsync(TelemetryEngine engine, int lines)
    {
        var bytes = new byte[400];
        for (var line = 0; line < lines; line++)
        {
            Noise.NextBytes(bytes);
            if (!engine.AppendLog(new("orders", "orders-1", Some.Start.AddTicks(s_number), LogSource.Output, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{s_number++} {Convert.ToBase64String(bytes)}")))))
            {
                throw new InvalidOperationException("A line was dropped.");
            }
        }

        await engine.FlushAsync();
    }

    private static async Task<int> CountAsync(TelemetryQueries queries)
    {
        var numbers = new HashSet<string>();
        string? next = null;
        do
        {
            var page = await queries.SearchLogsAsync(TelemetryQuery.Everything, new PageRequest(1000, next), CancellationToken.None);
            numbers.UnionWith(page.Entries.Select(entry => entry.Body));
            next = page.Next;
        }
        while (next is not null);
        return numbers.Count;
    }

    private static async Task FillAsync(string path)
    {
        await using var file = File.Create(path, bufferSize: 0);
        try
        {
            while (true)
            {
                await file.WriteAsync(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
