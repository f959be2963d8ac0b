using System.Text;

namespace Conway.Telemetry.Tests;

/// <summary>A process that writes numbered lines without end, and prints the last number known to be with the disk.</summary>
internal static class EndlessWriter
{
    public static async Task RunAsync(string folder)
    {
        await using var engine = await TelemetryEngine.StartAsync(new() { Root = folder, Run = "r-1", Age = Some.Forever }, TimeProvider.System, CancellationToken.None);
        for (var number = 0; ; number++)
        {
            while (!engine.AppendLog(new("orders", "orders-1", Some.Start.AddTicks(number * 10L), LogSource.Output, Encoding.UTF8.GetBytes($"{number} {Guid.NewGuid()}"))))
            {
                await engine.FlushAsync();
            }

            if (number % 5000 == 4999)
            {
                await engine.FlushAsync();
                Console.WriteLine(number);
            }
        }
    }
}
