using System.Text;
using System.Text.Unicode;

namespace Conway.CodeFacts.Sources;

/// <summary>Bytes of a source file to text, whatever editor wrote them.</summary>
internal static class SourceDecoder
{
    /// <summary>The text, and whether the bytes can be text at all.</summary>
    /// <remarks>A byte order mark decides; then UTF-8 if it is valid; then UTF-16 if every other byte is zero; else each byte is one character, as in Windows' western encodings.</remarks>
    public static (string Text, bool IsText) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return Checked(Encoding.UTF8.GetString(bytes[3..]));
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
        {
            return Checked(Encoding.UTF32.GetString(bytes[4..]));
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Checked(Encoding.Unicode.GetString(bytes[2..]));
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Checked(Encoding.BigEndianUnicode.GetString(bytes[2..]));
        }

        if (bytes.Contains((byte)0))
        {
            return Unmarked(bytes) is { } encoding ? Checked(encoding.GetString(bytes)) : ("", false);
        }

        return Checked(Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes));
    }

    /// <summary>UTF-16 without a mark: mostly ASCII, so that nearly every other byte is zero.</summary>
    private static UnicodeEncoding? Unmarked(ReadOnlySpan<byte> bytes)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == 0)
            {
                (even, odd) = (i & 1) == 0 ? (even + 1, odd) : (even, odd + 1);
            }
        }

        var half = bytes.Length / 2;
        return odd > half * 3 / 4 && even < half / 20 ? new UnicodeEncoding(bigEndian: false, byteOrderMark: false)
            : even > half * 3 / 4 && odd < half / 20 ? new UnicodeEncoding(bigEndian: true, byteOrderMark: false)
            : null;
    }

    /// <summary>Control characters are rare in text; where they are not, it is a picture or an archive with the wrong name.</summary>
    private static (string Text, bool IsText) Checked(string text)
    {
        var odd = 0;
        foreach (var sign in text)
        {
            odd += sign is '\uFFFD' || (sign < ' ' && sign is not ('\t' or '\n' or '\r' or '\f' or '\v' or '\x1A' or '\x1B')) ? 1 : 0;
        }

        return odd > 8 && odd > text.Length / 20 ? ("", false) : (text, true);
    }
}
