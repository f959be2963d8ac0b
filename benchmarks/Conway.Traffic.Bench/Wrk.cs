using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Conway.Traffic.Bench;

/// <summary>The load generator, <c>wrk</c>.</summary>
internal static partial class Wrk
{
    internal static async Task<Answer> RunAsync(int port, int seconds, int connections)
    {
        using var process = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", $"http://127.0.0.1:{port}/api/products/17?page=2"])
        {
            RedirectStandardOutput = true,
        })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var failed = Failures().Matches(text).Sum(m => m.Groups.Values.Skip(1).Where(g => g.Success && g.Length > 0).Sum(g => long.Parse(g.Value, CultureInfo.InvariantCulture)));
        return new Answer(
            double.Parse(Rate().Match(text).Groups[1].Value, CultureInfo.InvariantCulture),
            long.Parse(Requests().Match(text).Groups[1].Value, CultureInfo.InvariantCulture),
            Milliseconds(P50().Match(text)),
            Milliseconds(P99().Match(text)),
            failed);
    }

    private static double Milliseconds(Match match) =>
        double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1000 };

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex P50();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex P99();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)|connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex Failures();

    internal sealed record Answer(double Rate, long Requests, double P50, double P99, long Failed);
}
