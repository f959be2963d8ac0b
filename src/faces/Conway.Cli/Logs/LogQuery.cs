using System.Globalization;

namespace Conway.Cli;

/// <summary>The query that the options of <c>conway logs</c> mean, in the grammar of docs/reference/telemetry.md.</summary>
internal static class LogQuery
{
    public static IReadOnlyList<string> Levels { get; } = ["trace", "debug", "info", "warn", "error", "fatal"];

    /// <param name="services">Names; none for all.</param>
    /// <param name="level">This level and above.</param>
    /// <param name="since">Not older than this; zero for any age.</param>
    /// <param name="search">More terms, as they are.</param>
    public static string Of(IReadOnlyList<string> services, string? level, TimeSpan since, string? search) =>
        string.Join(' ', services.Select(s => $"service:{s}").Concat(
        [
            level is not null ? $"level:{level}" : "",
            since > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"since:{since.TotalMilliseconds:0}ms") : "",
            search ?? "",
        ]).Where(t => !string.IsNullOrWhiteSpace(t)));
}
