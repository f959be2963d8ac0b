using System.Diagnostics;
using System.Globalization;

namespace Conway.Telemetry.Tests;

public sealed class KilledEngineTests
{
    [Fact]
    public async Task A_killed_engine_loses_nothing_that_was_flushed_and_its_run_opens_again()
    {
        var stop = TestContext.Current.CancellationToken;
        var root = EngineFixture.NewRoot();
        var start = new ProcessStartInfo("dotnet", [typeof(KilledEngineTests).Assembly.Location, "write", root]) { RedirectStandardOutput = true };
        var flushed = -1;
        using (var process = Process.Start(start)!)
        {
            try
            {
                while (flushed < 40_000)
                {
                    var line = await process.StandardOutput.ReadLineAsync(stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), stop);
                    flushed = int.Parse(line!, CultureInfo.InvariantCulture);
                }
            }
            finally
            {
                // SIGKILL: no handler runs, and a block may be half written.
                process.Kill();
                await process.WaitForExitAsync(stop);
            }

            while (await process.StandardOutput.ReadLineAsync(stop) is { } line)
            {
                flushed = int.Parse(line, CultureInfo.InvariantCulture);
            }
        }

        await using (var engine = await TelemetryEngine.StartAsync(new() { Root = root, Run = "r-1", Age = Some.Forever }, TimeProvider.System, stop))
        {
            Assert.Empty(engine.Findings);
            var numbers = new HashSet<int>();
            string? next = null;
            do
            {
                var page = await engine.Queries.SearchLogsAsync(TelemetryQuery.Everything, new PageRequest(1000, next), stop);
                numbers.UnionWith(page.Entries.Select(entry => int.Parse(entry.Body.AsSpan(0, entry.Body.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture)));
                next = page.Next;
            }
            while (next is not null);
            Assert.Equal(Enumerable.Range(0, flushed + 1), numbers.Where(number => number <= flushed).Order());
            Assert.Equal(numbers.Count - 1, numbers.Max());
        }

        Directory.Delete(root, recursive: true);
    }
}
