using System.Diagnostics;

namespace Conway.Service.Tests.Support;

/// <summary>Waits for a condition, not for a time.</summary>
internal static class Eventually
{
    public static async Task True(Func<bool> condition, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"Waited 20 s in vain: {what}");
            await Task.Delay(10, RunningService.Ct);
        }
    }
}
