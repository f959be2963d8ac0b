namespace Conway.Testing;

/// <summary>What one walk of a journey draws by chance. The same seed, journey and number draw the same, on every machine and version. One owner.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014); <see cref="Random"/> may change from one .NET to the next.
/// Each walk has dice of its own, because walks overlap and would otherwise draw in the order of their answers.</remarks>
internal sealed class RunDice
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state;

    public RunDice(ulong seed, string journey, long number)
    {
        // FNV-1a; string.GetHashCode differs in every process.
        var name = journey.Aggregate(14695981039346656037UL, (hash, c) => (hash ^ c) * 1099511628211);
        _state = Mix(Mix(seed ^ name) + (ulong)number);
    }

    /// <summary>A number from 0 to below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>True in this share of all throws.</summary>
    /// <param name="fraction">0 to 1.</param>
    public bool Throw(double fraction) => (Next() >> 11) * (1.0 / (1UL << 53)) < fraction;

    private ulong Next() => Mix(_state += Step);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
