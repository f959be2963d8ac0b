namespace Conway.Observations;

/// <summary>Counts of one edge in one second.</summary>
internal sealed class TrafficSecond(long number)
{
    private readonly int[] _buckets = new int[LatencyScale.Buckets];
    private int _errors;
    private int _retries;

    internal long Number { get; } = number;

    internal int Errors => Volatile.Read(ref _errors);

    internal int Retries => Volatile.Read(ref _retries);

    internal void Count(int bucket, bool failed, int retries)
    {
        if (failed)
        {
            Interlocked.Increment(ref _errors);
        }

        if (retries > 0)
        {
            Interlocked.Add(ref _retries, retries);
        }

        Interlocked.Increment(ref _buckets[bucket]);
    }

    internal long AddTo(int[] sum)
    {
        var count = 0L;
        for (var i = 0; i < sum.Length; i++)
        {
            var here = Volatile.Read(ref _buckets[i]);
            sum[i] += here;
            count += here;
        }

        return count;
    }
}
