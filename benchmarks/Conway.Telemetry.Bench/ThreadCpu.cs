using System.Diagnostics;
using System.Globalization;

namespace Conway.Telemetry.Bench;

/// <summary>CPU time of the calling thread; wall time where the system does not tell.</summary>
internal static class ThreadCpu
{
    // "nanoseconds on a processor, nanoseconds waiting, slices"
    private const string Schedule = "/proc/thread-self/schedstat";

    private static readonly bool Known = File.Exists(Schedule);

    public static TimeSpan Now => Known
        ? TimeSpan.FromTicks(long.Parse(File.ReadAllText(Schedule).Split(' ')[0], CultureInfo.InvariantCulture) / 100)
        : Stopwatch.GetElapsedTime(0);
}
