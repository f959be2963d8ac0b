using System.Diagnostics;

namespace Conway.Gateway;

/// <summary>The trace context that the upstream is told.</summary>
/// <param name="Parent">The value of <c>traceparent</c>.</param>
/// <param name="State">The value of <c>tracestate</c>; null when there is none.</param>
internal readonly record struct TraceContext(string Parent, string? State)
{
    /// <summary>The trace's id, 32 hexadecimal digits.</summary>
    internal string Id => Parent.Substring(3, 32);

    /// <summary>A trace that begins here, without a span of ours.</summary>
    internal static TraceContext New(bool isSampled)
    {
        // 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
        Span<byte> random = stackalloc byte[24];
        Random.Shared.NextBytes(random);
        // All zeros mean "none" in both places.
        random[0] |= 1;
        random[16] |= 1;
        Span<char> text = stackalloc char[55];
        "00-".CopyTo(text);
        Convert.TryToHexStringLower(random[..16], text[3..], out _);
        text[35] = '-';
        Convert.TryToHexStringLower(random[16..], text[36..], out _);
        (isSampled ? "-01" : "-00").CopyTo(text[52..]);
        return new TraceContext(new string(text), null);
    }

    /// <summary>The context that a span of ours gives on.</summary>
    internal static TraceContext Of(Activity span) => new(span.Id!, span.TraceStateString);
}
