using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Conway.Forwarding;

/// <summary>Refuses requests whose end could be read in two ways, which is what request smuggling lives on.</summary>
/// <remarks>
/// Kestrel refuses most of them itself (two differing lengths, a coding that does not end in chunked, spaces before the colon, folded lines, NUL, bare
/// CR). What it lets pass is refused here: <c>Content-Length: +3</c>, a length beside a coding, any coding but one <c>chunked</c>, a coding in
/// HTTP/1.0, lines that end in a bare LF. Source: RFC 9112 §6.1, §6.3, §2.2.
/// </remarks>
public static class StrictFraming
{
    private static readonly Encoding Length = new DigitsOnlyEncoding();

    /// <summary>How a header's bytes become text: one char for each byte, so that every byte reaches the upstream as it came; lengths only if they are digits.</summary>
    internal static Encoding HeaderEncoding(string name) => name.Length == 14 && name == HeaderNames.ContentLength ? Length : Encoding.Latin1;

    /// <summary>What is wrong with the framing of a request.</summary>
    /// <returns>The status to refuse it with and the reason; null when all is well. After a refusal the connection is to be closed.</returns>
    public static (int Status, string Reason)? Refusal(HttpRequest request)
    {
        var codings = request.Headers.TransferEncoding;
        if (codings.Count == 0)
        {
            return null;
        }

        if (request.Protocol == HttpProtocol.Http10)
        {
            return (400, "HTTP/1.0 knows no Transfer-Encoding");
        }

        if (request.Headers.ContainsKey("X-Content-Length") || request.ContentLength is not null)
        {
            return (400, "Content-Length and Transfer-Encoding contradict each other");
        }

        return Refusal_OfCodings(codings);
    }

    /// <summary>Lets Kestrel refuse lines that end in a bare LF.</summary>
    /// <remarks>A switch of the whole process: Kestrel has no option for it.</remarks>
    internal static void RefuseBareLineFeeds() => AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

    private static (int Status, string Reason)? Refusal_OfCodings(StringValues codings)
    {
        if (codings.Count == 1 && codings[0]!.Equals("chunked", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var all = codings.ToString().Split(',', StringSplitOptions.TrimEntries);
        return all.All(c => c.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            ? (400, "chunked may be applied only once")
            : (501, "the only Transfer-Encoding understood is chunked");
    }

    /// <summary>Decodes digits as they are and anything else so that Kestrel's parser refuses it.</summary>
    private sealed class DigitsOnlyEncoding : Encoding
    {
        public override int GetByteCount(char[] chars, int index, int count) => count;

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => throw new NotSupportedException("A length is only read.");

        public override int GetCharCount(byte[] bytes, int index, int count) => count;

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
            GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                chars[i] = char.IsAsciiDigit((char)bytes[i]) ? (char)bytes[i] : '?';
            }

            return bytes.Length;
        }

        public override int GetMaxByteCount(int charCount) => charCount;

        public override int GetMaxCharCount(int byteCount) => byteCount;
    }
}
