namespace Conway.Telemetry;

/// <summary>Rate, errors and duration over a stretch of a run, made from the spans that are stored.</summary>
/// <param name="From">Begin of the stretch; requests that ended in it are counted.</param>
/// <param name="Until">Its end.</param>
/// <param name="Services">One row for each service that answered something, busiest first.</param>
/// <param name="Routes">One for each of its routes, busiest first.</param>
/// <param name="IsComplete">False when there is more telemetry than one question reads: then the oldest of the stretch is missing.</param>
/// <param name="Unreadable">Damaged pieces of the telemetry of a run that has ended; what was in them is not counted.</param>
/// <remarks>The series of a row has at most 60 slots of equal length, of a second at least; one without a request is zero. What quotas removed is not counted, nor what senders sampled away.</remarks>
public sealed record RunRates(DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<RequestRate> Services, IReadOnlyList<RequestRate> Routes, bool IsComplete, int Unreadable);
