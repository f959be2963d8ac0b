using System.Text;

namespace Conway.Telemetry.Querying;

/// <summary>Finds words in UTF-8 without making strings; letter case of ASCII is ignored.</summary>
internal static class Utf8Search
{
    public static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> words)
    {
        if (words.IsEmpty)
        {
            return true;
        }

        var (lower, upper) = (Lower(words[0]), Upper(words[0]));
        while (text.Length >= words.Length)
        {
            var at = text[..(text.Length - words.Length + 1)].IndexOfAny(lower, upper);
            if (at < 0)
            {
                return false;
            }

            if (Equal(text.Slice(at, words.Length), words))
            {
                return true;
            }

            text = text[(at + 1)..];
        }

        return false;
    }

    private static bool Equal(ReadOnlySpan<byte> text, ReadOnlySpan<byte> words)
    {
        if (Ascii.EqualsIgnoreCase(text, words))
        {
            return true;
        }

        for (var index = 0; index < words.Length; index++)
        {
            if (Lower(text[index]) != Lower(words[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;

    private static byte Upper(byte b) => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b & ~0x20) : b;
}
