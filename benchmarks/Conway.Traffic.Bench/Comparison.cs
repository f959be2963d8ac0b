using System.Globalization;

namespace Conway.Traffic.Bench;

/// <summary>What do the gateway and an upstream listener cost beside plain YARP, in one run?</summary>
/// <remarks>Each contestant is a process of its own before the same upstream process. Rounds are interleaved, so that what disturbs the machine disturbs all; medians
/// are compared. CPU is that of the contestant's process alone.</remarks>
internal static class Comparison
{
    private static readonly string[] Roles = ["yarp", "gateway", "listener"];

    // Long enough for the code to be compiled for good.
    private const int WarmUpSeconds = 8;

    internal static async Task<int> RunAsync(int rounds, int seconds, int connections)
    {
        await using var upstream = await Role.StartAsync("upstream", 0);
        List<Role> contestants = [];
        try
        {
            foreach (var role in Roles)
            {
                contestants.Add(await Role.StartAsync(role, upstream.Port));
            }

            Console.WriteLine($"{Environment.ProcessorCount} processors, {rounds} rounds of {seconds} s, {connections} connections, HTTP/1.1 keep-alive, 256 bytes; medians, in brackets least and most");
            foreach (var contestant in contestants)
            {
                await Wrk.RunAsync(contestant.Port, WarmUpSeconds, connections);
            }

            var measured = contestants.ToDictionary(c => c, _ => new List<Measurement>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var contestant in contestants)
                {
                    measured[contestant].Add(await MeasureAsync(contestant, seconds, connections));
                }
            }

            Print(contestants, measured);
            return 0;
        }
        finally
        {
            foreach (var contestant in contestants)
            {
                await contestant.DisposeAsync();
            }
        }
    }

    private static async Task<Measurement> MeasureAsync(Role contestant, int seconds, int connections)
    {
        var (before, allocated) = (contestant.Cpu, await contestant.AllocatedAsync());
        var answer = await Wrk.RunAsync(contestant.Port, seconds, connections);
        var cpu = contestant.Cpu - before;
        return new Measurement(answer, cpu.TotalMicroseconds / answer.Requests, (await contestant.AllocatedAsync() - allocated) / answer.Requests);
    }

    private static void Print(List<Role> contestants, Dictionary<Role, List<Measurement>> measured)
    {
        Console.WriteLine($"{"",-10}{"requests/s",28}{"p50 ms",10}{"p99 ms",10}{"CPU µs/request",28}{"bytes/request",15}{"failed",8}{"MiB",7}");
        foreach (var contestant in contestants)
        {
            var all = measured[contestant];
            var (rate, cpu) = (Range(all, m => m.Wrk.Rate), Range(all, m => m.CpuMicroseconds));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{contestant.Name,-10}{rate,28}{Median(all, m => m.Wrk.P50),10:F2}{Median(all, m => m.Wrk.P99),10:F2}{cpu,28}{Median(all, m => m.Bytes),15:F0}{all.Sum(m => m.Wrk.Failed),8}{contestant.MemoryMiB,7}"));
        }

        foreach (var contestant in contestants.Skip(1))
        {
            var (own, yarp) = (measured[contestant], measured[contestants[0]]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{contestant.Name} ÷ yarp: {Median(own, m => m.Wrk.Rate) / Median(yarp, m => m.Wrk.Rate):F2} × requests/s, {Median(yarp, m => m.CpuMicroseconds) / Median(own, m => m.CpuMicroseconds):F2} × requests per CPU-second, {Median(own, m => m.Wrk.P99) / Median(yarp, m => m.Wrk.P99):F2} × p99"));
        }
    }

    private static string Range(List<Measurement> all, Func<Measurement, double> of) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(all, of):F1} [{all.Min(of):F1} … {all.Max(of):F1}]");

    private static double Median(List<Measurement> all, Func<Measurement, double> of)
    {
        var ordered = all.Select(of).Order().ToList();
        return ordered.Count % 2 == 1 ? ordered[ordered.Count / 2] : (ordered[(ordered.Count / 2) - 1] + ordered[ordered.Count / 2]) / 2;
    }

    private sealed record Measurement(Wrk.Answer Wrk, double CpuMicroseconds, long Bytes);
}
