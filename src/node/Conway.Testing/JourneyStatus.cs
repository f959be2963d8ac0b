namespace Conway.Testing;

/// <summary>How a journey fares, since its definition last changed.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Running">Whether new walks begin. False while it is stopped, paused, or cannot be read.</param>
/// <param name="RatePerSecond">How many walks begin in a second.</param>
/// <param name="Started">Walks begun.</param>
/// <param name="Succeeded">Walks of which every step was as expected.</param>
/// <param name="Failed">Walks that ended at a step that was not.</param>
/// <param name="Skipped">Walks that were due and did not begin, because <see cref="JourneyRunner.InFlightMax"/> were still under way or the machine was too late.</param>
/// <param name="P50">Within what time half of the last 1,024 successful walks ended, counted from when they were due; unset before the first.</param>
/// <param name="P99"><inheritdoc cref="P50"/> The same for 99 of 100.</param>
/// <param name="LastFailure">The last walk that failed; unset when none has.</param>
public sealed record JourneyStatus(
    string Name, bool Running, double RatePerSecond, long Started, long Succeeded, long Failed, long Skipped, TimeSpan? P50, TimeSpan? P99, JourneyFailure? LastFailure);

/// <summary>Where a walk ended before its end.</summary>
/// <param name="Time">When.</param>
/// <param name="Step">Name of the step, or its method and path: <c>POST /api/orders</c>.</param>
/// <param name="Detail">What was expected and what came: <c>expected 202, got 503</c>.</param>
/// <param name="TraceId">32 hexadecimal digits: the trace that every request of the walk is part of.</param>
public sealed record JourneyFailure(DateTimeOffset Time, string Step, string Detail, string TraceId);
