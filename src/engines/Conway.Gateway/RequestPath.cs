using System.Buffers;
using System.Text;

namespace Conway.Gateway;

/// <summary>Brings a path into the one form that routes are matched on and upstreams are sent.</summary>
/// <remarks>
/// <para>RFC 3986 §6.2.2: escapes of unreserved characters are undone, others written in upper case; characters that may not stand in a path are escaped;
/// dot segments are resolved and runs of slashes merged. The result stays escaped, so that what was matched (and later authorised) is byte for byte
/// what the upstream sees: nothing is decoded twice.</para>
/// <para>Refused: broken escapes, <c>%00</c>, backslashes (some servers read them as slashes), fragments; <c>%2F</c> and <c>%5C</c> by choice.</para>
/// </remarks>
public static class RequestPath
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static readonly SearchValues<char> UnreservedSet = SearchValues.Create(Unreserved);
    private static readonly SearchValues<char> Plain = SearchValues.Create(Unreserved + "!$&'()*+,;=:@/");

    /// <summary>Normalises a path as it came, without query.</summary>
    /// <param name="raw">Begins with a slash.</param>
    /// <param name="slashes">What to do with escaped slashes.</param>
    /// <param name="path">The normal form; <paramref name="raw"/> itself when it has it already.</param>
    /// <returns>Why it is refused; null when it is not.</returns>
    public static string? Normalize(string raw, EscapedSlash slashes, out string path)
    {
        path = raw;
        if (IsNormal(raw))
        {
            return null;
        }

        var text = new StringBuilder(raw.Length + 16);
        if (Unescape(raw, slashes, text) is { } refusal)
        {
            return refusal;
        }

        path = ResolveSegments(text.ToString());
        return null;
    }

    /// <summary>Normalises a path that a person wrote in a route; what a request could not have is escaped.</summary>
    internal static string OfRoute(string written)
    {
        var rooted = written.StartsWith('/') ? written : "/" + written;
        return Normalize(rooted, EscapedSlash.Keep, out var path) is { } refusal
            ? throw new ArgumentException($"The path '{written}' can't be matched: {refusal}")
            : path;
    }

    private static bool IsNormal(ReadOnlySpan<char> raw) =>
        raw.IndexOfAnyExcept(Plain) < 0
        && !raw.Contains("//", StringComparison.Ordinal)
        && !raw.Contains("/.", StringComparison.Ordinal);

    private static string? Unescape(string raw, EscapedSlash slashes, StringBuilder text)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (c == '%')
            {
                if (i + 2 >= raw.Length || !char.IsAsciiHexDigit(raw[i + 1]) || !char.IsAsciiHexDigit(raw[i + 2]))
                {
                    return "an escape (%) is not followed by two hexadecimal digits";
                }

                var value = (char)Convert.ToByte(raw.Substring(i + 1, 2), 16);
                if (value == '\0')
                {
                    return "the path has a NUL (%00)";
                }

                if (value is '/' or '\\' && slashes == EscapedSlash.Reject)
                {
                    return "escaped slashes (%2F, %5C) are not accepted";
                }

                _ = UnreservedSet.Contains(value)
                    ? text.Append(value)
                    : text.Append('%').Append(char.ToUpperInvariant(raw[i + 1])).Append(char.ToUpperInvariant(raw[i + 2]));
                i += 2;
            }
            else if (c is '\\' or '#')
            {
                return c == '#' ? "a fragment (#) is not part of a request" : "the path has a backslash";
            }
            else if (Plain.Contains(c))
            {
                text.Append(c);
            }
            else
            {
                i += Escape(raw, i, text);
            }
        }

        return null;
    }

    // Routes may hold any letter, and a surrogate pair is one: it has to be escaped as a whole.
    private static int Escape(string raw, int index, StringBuilder text)
    {
        Rune.TryGetRuneAt(raw, index, out var rune);
        Span<byte> utf8 = stackalloc byte[4];
        var count = rune.EncodeToUtf8(utf8);
        foreach (var b in utf8[..count])
        {
            text.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return rune.Utf16SequenceLength - 1;
    }

    private static string ResolveSegments(string path)
    {
        List<string> kept = [];
        var segments = path.Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            var (segment, isLast) = (segments[i], i == segments.Length - 1);
            if (segment == "..")
            {
                if (kept.Count > 0)
                {
                    kept.RemoveAt(kept.Count - 1);
                }
            }
            else if (segment.Length > 0 && segment != ".")
            {
                kept.Add(segment);
                continue;
            }

            // What ends in a slash or a dot segment names a folder and keeps its slash.
            if (isLast)
            {
                kept.Add("");
            }
        }

        return "/" + string.Join('/', kept);
    }
}
