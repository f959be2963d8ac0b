using Conway.Telemetry;

namespace Conway.Console.FromNode;

/// <summary>Requests, errors and latency of the last hour, one sample every five seconds, for the lines beside the figures.</summary>
/// <remarks>One writer, many readers. At most <see cref="SamplesMax"/> samples; the oldest goes first.</remarks>
internal sealed class RedHistory
{
    public const int SamplesMax = 720;
    public const int PointsMax = 60;

    private readonly Lock _lock = new();
    private readonly Queue<Sample> _samples = new(SamplesMax);

    public void Add(DateTimeOffset time, IEnumerable<RequestRate> rates)
    {
        var sample = new Sample(time, rates.ToDictionary(rate => (rate.Service, rate.Operation), rate => rate));
        lock (_lock)
        {
            _samples.Enqueue(sample);
            if (_samples.Count > SamplesMax)
            {
                _samples.Dequeue();
            }
        }
    }

    /// <summary>The samples since a moment, gathered into at most <see cref="PointsMax"/> points: the mean of the rates, the worst of the p99.</summary>
    public IReadOnlyList<Api.RedPoint> Series(string service, string operation, DateTimeOffset since)
    {
        Sample[] samples;
        lock (_lock)
        {
            samples = [.. _samples.Where(sample => sample.Time >= since)];
        }

        var size = Math.Max(1, (samples.Length + PointsMax - 1) / PointsMax);
        return [.. samples.Chunk(size).Select(chunk => PointOf(chunk, (service, operation)))];
    }

    private static Api.RedPoint PointOf(Sample[] chunk, (string, string) key)
    {
        var seen = chunk.Select(sample => sample.Rates.GetValueOrDefault(key)).OfType<RequestRate>().Where(rate => rate.Count > 0).ToArray();
        var requests = seen.Sum(rate => rate.PerSecond);
        return new(
            chunk[^1].Time, requests / chunk.Length, requests == 0 ? 0 : seen.Sum(rate => rate.ErrorRatio * rate.PerSecond) / requests,
            seen.Length == 0 ? null : seen.Max(rate => rate.P99.TotalMilliseconds));
    }

    private sealed record Sample(DateTimeOffset Time, Dictionary<(string Service, string Operation), RequestRate> Rates);
}
