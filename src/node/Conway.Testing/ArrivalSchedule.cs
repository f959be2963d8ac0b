namespace Conway.Testing;

/// <summary>When walks of a journey begin: at even distances from a start, whatever answers take (open loop). One owner.</summary>
/// <remarks>A closed loop waits for slow answers before it asks again, and so measures a slow system with less load than a fast one ("coordinated omission").
/// Arrivals that could not be made within <see cref="LateMax"/>, because the machine slept or was too busy, are not made up for: a burst is not the load that was declared.</remarks>
internal sealed class ArrivalSchedule(double perSecond, TimeSpan start)
{
    /// <summary>How late an arrival may be.</summary>
    public static readonly TimeSpan LateMax = TimeSpan.FromSeconds(1);

    // A thousand-millionth of an arrival: what the division of ticks by a rate may lack.
    private const double Rounding = 1e-9;

    private long _taken;

    /// <summary>When the next arrival is due; never with a rate of 0.</summary>
    public TimeSpan Next => perSecond > 0 ? Due(_taken) : TimeSpan.MaxValue;

    /// <summary>Takes all arrivals that are due.</summary>
    public Arrivals Take(TimeSpan now)
    {
        if (perSecond <= 0 || now < start)
        {
            return default;
        }

        var due = CountUntil(now);
        var onTime = Math.Max(_taken, CountBefore(now - LateMax));
        var arrivals = new Arrivals(Math.Max(0, due - onTime), Math.Max(0, Math.Min(onTime, due) - _taken), Due(onTime));
        _taken = Math.Max(_taken, due);
        return arrivals;
    }

    /// <summary>How many are due up to a time: the first at the start itself.</summary>
    private long CountUntil(TimeSpan time) => (long)Math.Floor(((time - start).TotalSeconds * perSecond) + Rounding) + 1;

    private long CountBefore(TimeSpan time) => Math.Max(0, (long)Math.Ceiling(((time - start).TotalSeconds * perSecond) - Rounding));

    private TimeSpan Due(long number)
    {
        var seconds = number / perSecond;
        return seconds < TimeSpan.FromDays(36_500).TotalSeconds ? start + TimeSpan.FromTicks((long)Math.Ceiling(seconds * TimeSpan.TicksPerSecond)) : TimeSpan.MaxValue;
    }
}

/// <summary>Arrivals that are due.</summary>
/// <param name="OnTime">How many to begin now.</param>
/// <param name="Late">How many are too late to begin.</param>
/// <param name="First">When the first one on time was due.</param>
internal readonly record struct Arrivals(long OnTime, long Late, TimeSpan First);
