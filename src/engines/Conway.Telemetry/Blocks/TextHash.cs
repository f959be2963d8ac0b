using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Conway.Telemetry.Blocks;

/// <summary>A number for a text. Seeded per process, so that nobody can prepare texts that share one.</summary>
/// <remarks>Multiply and rotate, eight bytes a step: texts are short, and this runs for each of them.</remarks>
internal static class TextHash
{
    private static readonly ulong Seed = (ulong)RandomNumberGenerator.GetInt32(int.MaxValue) * 0x9E3779B97F4A7C15 | 1;

    public static ulong Of(ReadOnlySpan<byte> text)
    {
        var hash = Seed ^ (ulong)text.Length;
        while (text.Length >= 8)
        {
            hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(text)) * 0x9FB21C651E98DF25, 29);
            text = text[8..];
        }

        ulong tail = 0;
        foreach (var b in text)
        {
            tail = tail << 8 | b;
        }

        hash = (hash ^ tail) * 0x9FB21C651E98DF25;
        return hash ^ hash >> 32;
    }
}
