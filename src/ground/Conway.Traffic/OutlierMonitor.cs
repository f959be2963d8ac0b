namespace Conway.Traffic;

/// <summary>The counters by which one endpoint is judged. Written by <see cref="OutlierDetector"/> alone.</summary>
public sealed class OutlierMonitor(string name)
{
    internal int Consecutive5xx;
    internal int ConsecutiveGatewayFailure;
    internal int IntervalTotal;
    internal int IntervalSuccess;
    internal TimeSpan EjectedAt;
    internal TimeSpan Jitter;
    internal int Multiplier;
    private volatile bool _ejected;

    /// <summary>The endpoint's id.</summary>
    public string Name { get; } = name;

    /// <summary>Whether it is set aside.</summary>
    public bool IsEjected
    {
        get => _ejected;
        internal set => _ejected = value;
    }

    /// <summary>How often it was ejected.</summary>
    public int Ejections { get; internal set; }

    /// <summary>How long the present ejection lasts, counted from its beginning.</summary>
    internal TimeSpan EjectionTime(OutlierSettings settings)
    {
        var longest = settings.MaxEjectionTime < settings.BaseEjectionTime ? settings.BaseEjectionTime : settings.MaxEjectionTime;
        var time = settings.BaseEjectionTime * Multiplier;
        return (time < longest ? time : longest) + Jitter;
    }

    internal TimeSpan? EjectedFor(OutlierSettings settings, TimeSpan now)
    {
        if (!IsEjected)
        {
            return null;
        }

        var left = EjectedAt + EjectionTime(settings) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    internal void ClearConsecutive()
    {
        Volatile.Write(ref Consecutive5xx, 0);
        Volatile.Write(ref ConsecutiveGatewayFailure, 0);
    }
}
