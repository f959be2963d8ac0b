using System.Text;
using Microsoft.Net.Http.Headers;

namespace Conway.Forwarding;

/// <summary>How the bytes of a request's headers become text.</summary>
/// <remarks>One char for each byte, so that every byte reaches the upstream as it came. Two fields are decoded by rules of ours, because Kestrel has
/// changed them by the time a request can be looked at: Content-Length, whose sign is lost, and Connection, whose further names are.</remarks>
internal static class HeaderDecoding
{
    private static readonly Encoding Length = new DigitsOnlyEncoding();
    private static readonly Encoding Connection = new ConnectionEncoding();

    internal static Encoding Of(string name) => name.Length switch
    {
        14 when name == HeaderNames.ContentLength => Length,
        10 when name == HeaderNames.Connection => Connection,
        _ => Encoding.Latin1,
    };

    /// <summary>Decodes digits as they are, and anything else so that Kestrel's parser refuses it: "+3" is no length.</summary>
    private sealed class DigitsOnlyEncoding : DecodingOnly
    {
        protected override string Decode(ReadOnlySpan<byte> bytes) => Latin1.GetString(bytes);

        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                chars[i] = char.IsAsciiDigit((char)bytes[i]) ? (char)bytes[i] : '?';
            }

            return bytes.Length;
        }
    }

    /// <summary>Keeps what Connection names.</summary>
    /// <remarks>Kestrel replaces the value by the one option it knows when it finds just one: of <c>close, X-Foo</c> only <c>close</c> is left, and X-Foo could not be removed
    /// as RFC 9110 §7.6.1 asks. With two options on all lines together it leaves the values alone; each line is decoded by itself, so a line that names fields
    /// has to bring both: <c>keep-alive</c> beside close or upgrade, which changes nothing, and else <c>keep-alive, close</c>: who names fields of his
    /// own is answered and then has to connect again.</remarks>
    private sealed class ConnectionEncoding : DecodingOnly
    {
        protected override string Decode(ReadOnlySpan<byte> bytes)
        {
            var value = Latin1.GetString(bytes);
            if (Is(value, "keep-alive") || Is(value, "close"))
            {
                return value;
            }

            var names = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return !Array.Exists(names, HopByHop.IsField) ? value
                : Array.Exists(names, n => Is(n, "close") || Is(n, "upgrade")) ? "keep-alive, " + value
                : "keep-alive, close, " + value;
        }

        private static bool Is(string name, string option) => name.Equals(option, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What every encoding must have and these two do not need.</summary>
    private abstract class DecodingOnly : Encoding
    {
        protected abstract string Decode(ReadOnlySpan<byte> bytes);

        public override int GetByteCount(char[] chars, int index, int count) => count;

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => throw new NotSupportedException("Only for reading.");

        public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count)).Length;

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
        {
            var text = Decode(bytes.AsSpan(byteIndex, byteCount));
            text.CopyTo(chars.AsSpan(charIndex));
            return text.Length;
        }

        public override int GetMaxByteCount(int charCount) => charCount;

        public override int GetMaxCharCount(int byteCount) => byteCount + "keep-alive, close, ".Length;
    }
}
