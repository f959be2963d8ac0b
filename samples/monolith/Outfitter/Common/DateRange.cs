namespace Outfitter.Common;

/// <summary>From a moment until before another; no end means for ever.</summary>
public readonly record struct DateRange(DateTime From, DateTime? Until)
{
    public bool Contains(DateTime moment) => moment >= From && (Until is null || moment < Until);

    public bool Overlaps(DateRange other) => (other.Until is null || From < other.Until) && (Until is null || other.From < Until);
}
