using System.Globalization;

namespace Conway.Telemetry.Querying;

/// <summary>Where a page ends: the time of its last item, and how many items of exactly that time were shown. <c>1763726400000000000.2</c></summary>
internal readonly record struct PageCursor(ulong Time, int Shown)
{
    public static PageCursor Start { get; } = new(ulong.MaxValue, 0);

    /// <summary>Reads what <see cref="ToString"/> wrote; the first page for anything else.</summary>
    public static PageCursor Parse(string? text)
    {
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot > 0
            && ulong.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            && int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var shown)
            ? new(time, shown)
            : Start;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time}.{Shown}");
}
