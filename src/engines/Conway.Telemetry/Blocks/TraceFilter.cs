using System.Numerics;
using System.Runtime.InteropServices;

namespace Conway.Telemetry.Blocks;

/// <summary>Which traces a block may hold: a Bloom filter, ten bits a trace, about one wrong yes in a hundred, never a wrong no.</summary>
/// <remarks>Immutable. So the place of a trace costs 1.25 bytes of memory and not an index entry. Source: Kirsch and Mitzenmacher, "Less hashing, same
/// performance" (2006): two hashes make all seven.</remarks>
internal sealed class TraceFilter
{
    private const int BitsPerTrace = 10;
    private const int Hashes = 7;

    private readonly ulong[] _bits;

    private TraceFilter(ulong[] bits) => _bits = bits;

    /// <summary>For blocks without any trace.</summary>
    public static TraceFilter None { get; } = new([]);

    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes<ulong>(_bits);

    public static ulong HashOf(TraceId trace)
    {
        var mixed = (trace.Low ^ BitOperations.RotateLeft(trace.High, 32)) * 0x9E3779B97F4A7C15;
        return mixed ^ mixed >> 29;
    }

    /// <param name="hashes">One for each trace; sorted here, repetitions do no harm.</param>
    public static TraceFilter Of(Span<ulong> hashes)
    {
        if (hashes.IsEmpty)
        {
            return None;
        }

        hashes.Sort();
        var distinct = 1;
        for (var index = 1; index < hashes.Length; index++)
        {
            distinct += hashes[index] == hashes[index - 1] ? 0 : 1;
        }

        var filter = new TraceFilter(new ulong[(distinct * BitsPerTrace + 63) / 64]);
        foreach (var hash in hashes)
        {
            var step = Step(hash);
            for (ulong index = 0, at = hash; index < Hashes; index++, at += step)
            {
                filter._bits[filter.Word(at)] |= 1UL << (int)(at & 63);
            }
        }

        return filter;
    }

    public static TraceFilter FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length < 8 ? None : new(MemoryMarshal.Cast<byte, ulong>(bytes).ToArray());

    public bool MayHold(TraceId trace) => MayHold(HashOf(trace));

    public bool MayHold(ulong hash)
    {
        if (_bits.Length == 0)
        {
            return false;
        }

        var step = Step(hash);
        for (ulong index = 0, at = hash; index < Hashes; index++, at += step)
        {
            if ((_bits[Word(at)] & 1UL << (int)(at & 63)) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static ulong Step(ulong hash) => BitOperations.RotateLeft(hash * 0xD6E8FEB86659FD93, 31) | 1;

    // The high bits choose the word, the low six the bit in it.
    private int Word(ulong at) => (int)Math.BigMul(at, (ulong)_bits.Length, out _);
}
