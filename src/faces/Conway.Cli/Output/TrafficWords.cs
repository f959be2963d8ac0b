using System.Globalization;
using Conway.Checks;

namespace Conway.Cli;

/// <summary>How much was seen of a run, in a line.</summary>
internal static class TrafficWords
{
    /// <summary><c>run r-…, 12:00:01 to 12:04:40 UTC: 1,200 requests, 98 % with a known caller, about 1 % of spans missing</c></summary>
    public static string Of(TrafficSeen traffic) => string.Create(
        CultureInfo.InvariantCulture,
        $"run {traffic.Run}, {Time(traffic)}{traffic.Requests:N0} request{(traffic.Requests == 1 ? "" : "s")}, {traffic.Coverage * 100:0.#} % with a known caller, about {traffic.SpanLoss * 100:0.#} % of spans missing{(traffic.IsCut ? "; older spans were not read" : "")}");

    private static string Time(TrafficSeen traffic) =>
        traffic.Requests == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{traffic.From.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {traffic.Until.UtcDateTime:HH:mm:ss} UTC: ");
}
