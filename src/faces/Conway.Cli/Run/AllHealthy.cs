namespace Conway.Cli;

/// <summary>The line that people and scripts wait for.</summary>
internal static class AllHealthy
{
    /// <param name="services">How many there are.</param>
    /// <param name="took">Since the start, or since builds ended.</param>
    public static string Say(int services, TimeSpan took) => $"{(services == 1 ? "the service is" : $"all {services} services")} healthy after {Spans.Short(took)}";
}
