using System.Text;

namespace Conway.Grpc;

/// <summary>The <c>grpc-message</c> header: UTF-8 with everything but printable ASCII percent-encoded.</summary>
/// <remarks>Source: gRPC over HTTP/2, section Responses, <c>Status-Message</c>: 0x20 to 0x7E except <c>%</c> stand for themselves.</remarks>
public static class GrpcMessageText
{
    /// <summary>Encodes a sentence for the header.</summary>
    public static string Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            _ = b is >= 0x20 and <= 0x7E and not (byte)'%' ? encoded.Append((char)b) : encoded.Append('%').Append(b.ToString("X2", null));
        }

        return encoded.ToString();
    }

    /// <summary>Decodes a header; what is not a valid escape stays as it stands, as the protocol asks. Never throws.</summary>
    public static string Decode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Uri.UnescapeDataString(text);
    }
}
