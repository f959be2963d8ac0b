namespace Conway.Decomposition.Graphs;

/// <summary>Draws that are the same for the same seed on every machine and every version of .NET (xorshift64*, Vigna 2014).</summary>
/// <remarks><see cref="Random"/> promises its sequence for a seed only within a version. Not for secrets.</remarks>
public struct SeededBits
{
    private ulong _state;

    /// <param name="seed">Any number; each gives another sequence.</param>
    public SeededBits(ulong seed)
    {
        // One round of splitmix64: seeds that are close give states that are not, and none gives 0, where xorshift would stay for ever.
        var mixed = seed + 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        mixed ^= mixed >> 31;
        _state = mixed == 0 ? 0x9E3779B97F4A7C15UL : mixed;
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1DUL;
    }

    /// <summary>A number from 0 up to, but not including, <paramref name="bound"/>, each as likely as the others to within 2⁻⁶⁴ × bound.</summary>
    public ulong Below(ulong bound) => Math.BigMul(Next(), bound, out _);

    /// <summary>Puts items into an order of which each is as likely (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = (int)Below((ulong)last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
