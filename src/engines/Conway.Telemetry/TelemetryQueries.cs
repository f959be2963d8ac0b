using Conway.Telemetry.Querying;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry;

/// <summary>Questions to the telemetry of one run, running or earlier. Safe for concurrent use.</summary>
public sealed class TelemetryQueries
{
    private readonly IBlockSource _source;

    internal TelemetryQueries(IBlockSource source) => _source = source;

    /// <summary>One trace with its logs; null when nothing of it is here.</summary>
    public Task<TraceView?> FindTraceAsync(TraceId id, CancellationToken cancellationToken) =>
        Task.Run(() => TraceLookup.Find(_source, id, cancellationToken), cancellationToken);
}
