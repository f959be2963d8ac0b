namespace Conway.Observations;

/// <summary>What one edge carried over the last seconds.</summary>
/// <param name="Caller">Name of the calling service.</param>
/// <param name="Callee">Name of the called service.</param>
/// <param name="Over">The time looked back on.</param>
/// <param name="Count">Requests that ended in it.</param>
/// <param name="Errors">Of these failed.</param>
/// <param name="Retries">Extra attempts made for them.</param>
/// <param name="P50">Median latency.</param>
/// <param name="P99">Latency that one request in a hundred exceeds.</param>
public sealed record LiveTraffic(string Caller, string Callee, TimeSpan Over, long Count, long Errors, long Retries, TimeSpan P50, TimeSpan P99)
{
    /// <summary>Requests a second.</summary>
    public double Rate => Count / Over.TotalSeconds;

    /// <summary>Share of failed requests, 0 to 1; 0 when there were none.</summary>
    public double ErrorRatio => Count == 0 ? 0 : (double)Errors / Count;
}
