namespace Conway.Console.Api;

/// <summary>The last time a journey did not succeed.</summary>
public sealed record JourneyFailure(DateTimeOffset Time, string Step, string Detail, string? TraceId);

/// <summary>A synthetic user.</summary>
public sealed record Journey(
    string Name, bool Running, double RatePerSecond, long Started, long Succeeded, long Failed, long Skipped, double? P50Ms, double? P99Ms, JourneyFailure? LastFailure);

/// <summary>All of them.</summary>
/// <param name="Paused">Journeys with <c>traffic: true</c> pause while no console is open.</param>
public sealed record JourneyList(bool Paused, IReadOnlyList<Journey> Journeys);

/// <summary>Traffic was paused or goes on.</summary>
public sealed record TrafficState(bool Paused);
