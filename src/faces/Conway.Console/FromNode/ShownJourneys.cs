using Conway.Testing;

namespace Conway.Console.FromNode;

/// <summary>Journeys as the console shows them.</summary>
internal static class ShownJourneys
{
    public static Api.Journey Of(JourneyStatus status) => new(
        status.Name, status.Running, status.RatePerSecond, status.Started, status.Succeeded, status.Failed, status.Skipped, status.P50?.TotalMilliseconds, status.P99?.TotalMilliseconds,
        status.LastFailure is { } failure ? new Api.JourneyFailure(failure.Time, failure.Step, failure.Detail, failure.TraceId) : null);
}
