namespace Conway.Telemetry;

/// <summary>Numbers that whoever starts the engine knows and it does not; shown at <c>/metrics</c> beside what services send.</summary>
/// <param name="Name">As Prometheus writes it, beginning with <c>conway_</c>, a counter without <c>_total</c>: <c>conway_replica_restarts</c>.</param>
/// <param name="Grows">Whether it is a counter; else it goes up and down.</param>
/// <param name="Unit"><c>seconds</c>, <c>bytes</c>; the name ends in it. Empty when there is none.</param>
/// <param name="Help">One sentence for a person.</param>
/// <param name="Rows">The first 2,000 are shown; their labels differ.</param>
public sealed record Measure(string Name, bool Grows, string Unit, string Help, IReadOnlyList<MeasureRow> Rows);

/// <summary>One number of a <see cref="Measure"/>.</summary>
/// <param name="Labels">Names as Prometheus allows them, with their values; values are cut to 512 bytes.</param>
/// <param name="Value">The number.</param>
public sealed record MeasureRow(IReadOnlyList<(string Name, string Value)> Labels, double Value);
