namespace Conway.Traffic;

/// <summary>Random numbers from a seed, for any number of threads, without a lock.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014): the state is a counter, so one atomic addition
/// is all that threads share. On one thread a seed gives the same numbers every time.</remarks>
public sealed class SeededDraw(ulong seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var z = Interlocked.Add(ref _state, GoldenGamma);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to <paramref name="exclusiveMax"/> − 1.</summary>
    public int Below(int exclusiveMax) => (int)(((Next() >> 32) * (ulong)exclusiveMax) >> 32);

    /// <summary>A number in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True in <paramref name="percent"/> of a hundred draws; never at 0, always at 100.</summary>
    public bool InPercent(int percent) => percent >= 100 || (percent > 0 && Below(100) < percent);
}
