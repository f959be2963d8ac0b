namespace Conway.Traffic;

/// <summary>The moment at which nobody waits any more.</summary>
/// <param name="At">On the clock of whoever made it; <see cref="TimeSpan.MaxValue"/> for never.</param>
public readonly record struct Deadline(TimeSpan At)
{
    /// <summary>No deadline.</summary>
    public static Deadline None { get; } = new(TimeSpan.MaxValue);

    /// <summary>Whether there is none.</summary>
    public bool IsNone => At == TimeSpan.MaxValue;

    /// <summary>The deadline that lies <paramref name="budget"/> after <paramref name="now"/>; none when there is no budget.</summary>
    public static Deadline After(TimeSpan now, TimeSpan? budget) =>
        budget is { } b && b < TimeSpan.MaxValue - now ? new Deadline(now + b) : None;

    /// <summary>The earlier of two.</summary>
    public Deadline Or(Deadline other) => At <= other.At ? this : other;

    /// <summary>Time left; zero when it has passed, <see cref="TimeSpan.MaxValue"/> when there is none.</summary>
    public TimeSpan Left(TimeSpan now) => IsNone ? TimeSpan.MaxValue : At > now ? At - now : TimeSpan.Zero;
}
