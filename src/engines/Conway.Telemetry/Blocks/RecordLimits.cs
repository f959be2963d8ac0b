namespace Conway.Telemetry.Blocks;

/// <summary>What one record may hold; the rest is cut and the cut is counted in the record.</summary>
/// <remarks>Documented in docs/reference/telemetry.md, section Limits.</remarks>
internal static class RecordLimits
{
    /// <summary>Attributes of a span, event, link, log record, point or resource.</summary>
    public const int AttributesMax = 128;

    /// <summary>Events, and links, of one span.</summary>
    public const int EventsMax = 128;

    /// <summary>Bytes of one attribute's text.</summary>
    public const int TextBytesMax = 8 * 1024;

    /// <summary>Bytes of one log body or output line.</summary>
    public const int BodyBytesMax = 64 * 1024;

    /// <summary>Buckets of one histogram point.</summary>
    public const int BucketsMax = 512;

    /// <summary>Exemplars of one point.</summary>
    public const int ExemplarsMax = 8;

    /// <summary>Up to here a text is stored once a block and named by number.</summary>
    public const int InternBytesMax = 128;

    /// <summary>The text up to a limit, not cut inside a character.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int bytesMax)
    {
        if (text.Length <= bytesMax)
        {
            return text;
        }

        // Continuation bytes of UTF-8 are 10xxxxxx; go back to where a character begins.
        while (bytesMax > 0 && (text[bytesMax] & 0xC0) == 0x80)
        {
            bytesMax--;
        }

        return text[..bytesMax];
    }
}
