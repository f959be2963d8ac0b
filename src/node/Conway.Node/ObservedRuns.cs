using Conway.Observations;
using Conway.Telemetry;

namespace Conway.Node;

/// <summary>Runs whose telemetry is still here, as observed traffic.</summary>
public static class ObservedRuns
{
    /// <summary>About how many spans are read: the newest.</summary>
    public const int SpansMax = 300_000;

    /// <summary>Reads a run from disk. The running one can be read too; what it received in the last seconds may not be on disk yet.</summary>
    /// <param name="stateFolder">The system's <c>.conway</c>.</param>
    /// <param name="run">Its name; null for the newest run that has spans.</param>
    /// <param name="clock">For what asks how old something is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when there is no such run, or none that has spans.</returns>
    public static async Task<ObservedRun?> ReadAsync(string stateFolder, string? run, TimeProvider clock, CancellationToken cancellationToken)
    {
        var root = Path.Combine(stateFolder, "telemetry");
        foreach (var name in run is not null ? [run] : TelemetryArchive.ListRuns(root).Select(r => r.Run).ToArray())
        {
            if (await TelemetryArchive.OpenAsync(root, name, clock, cancellationToken).ConfigureAwait(false) is { } queries
                && await queries.ReadSpansAsync(SpansMax, cancellationToken).ConfigureAwait(false) is var page
                && (page.Spans.Count > 0 || run is not null))
            {
                return new ObservedRun { Run = name, Spans = [.. page.Spans.Select(SpanReading.Of)], IsCut = page.IsCut };
            }
        }

        return null;
    }
}
