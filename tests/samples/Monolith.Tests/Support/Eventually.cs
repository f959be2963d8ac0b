using System.Diagnostics;

namespace Monolith.Tests.Support;

/// <summary>Waits for a condition, not for a time.</summary>
internal static class Eventually
{
    public static async Task True(Func<Task<bool>> condition, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(2), $"Waited two minutes in vain: {what}");
            await Task.Delay(10, ShopApp.Ct);
        }
    }
}
