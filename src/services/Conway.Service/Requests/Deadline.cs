using System.Globalization;
using Conway.Service.Requests;

namespace Conway.Service;

/// <summary>The moment after which nobody waits for the answer any more.</summary>
/// <remarks>On the wire it is the time left (<c>conway-deadline-ms</c>), as gRPC's <c>grpc-timeout</c>, so that clocks need not agree.</remarks>
public sealed class Deadline
{
    /// <summary>The header between services: whole milliseconds left when it was written.</summary>
    public const string Header = "conway-deadline-ms";

    private readonly TimeProvider _time;
    private readonly long _start;

    internal Deadline(TimeSpan total, TimeProvider time)
    {
        Total = total;
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>The deadline of the request this code runs for; null when it has none, and in background work.</summary>
    public static Deadline? Current => CallContext.Current?.Deadline;

    /// <summary>How much there was when the request came.</summary>
    public TimeSpan Total { get; }

    /// <summary>How much is left; never negative.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = Total - _time.GetElapsedTime(_start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>The smaller of what the caller left and what this service allows itself; null when neither said.</summary>
    /// <param name="header">The header's text as it came. What is not a whole number of 0 to 2³¹-1 is treated as absent.</param>
    /// <param name="budget">What this service allows itself for any request; null for no bound.</param>
    internal static TimeSpan? Choose(string? header, TimeSpan? budget)
    {
        if (!int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            return budget;
        var left = TimeSpan.FromMilliseconds(milliseconds);
        return budget < left ? budget : left;
    }

    /// <summary>The header's text for what is left now, rounded down.</summary>
    internal static string Format(TimeSpan left) => ((long)left.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
