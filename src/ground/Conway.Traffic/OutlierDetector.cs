namespace Conway.Traffic;

/// <summary>Decides which endpoints are set aside, and when they come back.</summary>
/// <remarks>
/// <para>Consecutive failures eject as they are reported; success rate and failure percentage are judged at each <see cref="Sweep"/>, where ejections end too.
/// An ejection lasts min(base × multiplier, max) + jitter; the multiplier grows with each ejection and shrinks by one at each sweep that finds the endpoint in.</para>
/// <para>Thread-safe. A report of success takes no lock. Source: Envoy, <c>outlier_detection_impl.cc</c> and <c>arch_overview/upstream/outlier</c>.</para>
/// </remarks>
public sealed class OutlierDetector(OutlierSettings settings, SeededDraw draw)
{
    private readonly Lock _deciding = new();
    private TimeSpan? _sweptAt;

    /// <summary>Takes in how an attempt ended.</summary>
    /// <returns>The detector that ejected the endpoint just now; <see cref="EjectionCause.None"/> when nothing changed.</returns>
    public EjectionCause Report(OutlierMonitor monitor, AttemptResult result, IReadOnlyList<OutlierMonitor> all, TimeSpan now)
    {
        if (!settings.Enabled || result == AttemptResult.Abandoned)
        {
            return EjectionCause.None;
        }

        Interlocked.Increment(ref monitor.IntervalTotal);
        if (result == AttemptResult.Success)
        {
            Interlocked.Increment(ref monitor.IntervalSuccess);
            // Reading first keeps the cache line shared while all is well.
            if ((Volatile.Read(ref monitor.Consecutive5xx) | Volatile.Read(ref monitor.ConsecutiveGatewayFailure)) != 0)
            {
                monitor.ClearConsecutive();
            }

            return EjectionCause.None;
        }

        var cause = EjectionCause.None;
        if (result != AttemptResult.GatewayFailure)
        {
            Volatile.Write(ref monitor.ConsecutiveGatewayFailure, 0);
        }
        else if (Interlocked.Increment(ref monitor.ConsecutiveGatewayFailure) == settings.ConsecutiveGatewayFailure)
        {
            Volatile.Write(ref monitor.ConsecutiveGatewayFailure, 0);
            cause = TryEject(monitor, EjectionCause.ConsecutiveGatewayFailure, settings.EnforcingConsecutiveGatewayFailure, all, now);
        }

        if (Interlocked.Increment(ref monitor.Consecutive5xx) == settings.Consecutive5xx)
        {
            Volatile.Write(ref monitor.Consecutive5xx, 0);
            var second = TryEject(monitor, EjectionCause.Consecutive5xx, settings.EnforcingConsecutive5xx, all, now);
            cause = cause == EjectionCause.None ? second : cause;
        }

        return cause;
    }

    /// <summary>Ends ejections that are over and runs the statistical detectors, once in every interval; in between it does nothing.</summary>
    /// <returns>What changed.</returns>
    public IReadOnlyList<OutlierChange> Sweep(IReadOnlyList<OutlierMonitor> all, TimeSpan now)
    {
        lock (_deciding)
        {
            _sweptAt ??= now;
            if (!settings.Enabled || now - _sweptAt < settings.Interval)
            {
                return [];
            }

            _sweptAt = now;
            List<OutlierChange> changes = [];
            foreach (var monitor in all)
            {
                Sweep_OneMonitor(monitor, changes, now);
            }

            var volumes = new (OutlierMonitor Monitor, int Total, int Success)[all.Count];
            for (var i = 0; i < all.Count; i++)
            {
                volumes[i] = (all[i], Interlocked.Exchange(ref all[i].IntervalTotal, 0), Interlocked.Exchange(ref all[i].IntervalSuccess, 0));
            }

            Sweep_SuccessRate(volumes, all, changes, now);
            Sweep_FailurePercentage(volumes, all, changes, now);
            return changes;
        }
    }

    /// <summary>Takes an endpoint back at once and clears its counters: it has passed a health check.</summary>
    /// <returns>Whether it was ejected.</returns>
    public bool Clear(OutlierMonitor monitor)
    {
        lock (_deciding)
        {
            monitor.ClearConsecutive();
            var wasEjected = monitor.IsEjected;
            monitor.IsEjected = false;
            return wasEjected;
        }
    }

    private void Sweep_OneMonitor(OutlierMonitor monitor, List<OutlierChange> changes, TimeSpan now)
    {
        if (!monitor.IsEjected)
        {
            monitor.Multiplier = Math.Max(0, monitor.Multiplier - 1);
        }
        else if (now - monitor.EjectedAt >= monitor.EjectionTime(settings))
        {
            monitor.IsEjected = false;
            monitor.ClearConsecutive();
            changes.Add(new OutlierChange(monitor, EjectionCause.None));
        }
    }

    private void Sweep_SuccessRate(
        (OutlierMonitor Monitor, int Total, int Success)[] volumes, IReadOnlyList<OutlierMonitor> all, List<OutlierChange> changes, TimeSpan now)
    {
        var judged = volumes.Where(v => !v.Monitor.IsEjected && v.Total >= settings.SuccessRateRequestVolume).ToList();
        if (settings.EnforcingSuccessRate == 0 || judged.Count == 0 || judged.Count < settings.SuccessRateMinimumHosts)
        {
            return;
        }

        var mean = judged.Average(v => Percent(v.Success, v.Total));
        var deviation = Math.Sqrt(judged.Average(v => Math.Pow(Percent(v.Success, v.Total) - mean, 2)));
        var threshold = mean - (deviation * settings.SuccessRateStdevFactor / 1000);
        foreach (var volume in judged.Where(v => Percent(v.Success, v.Total) < threshold))
        {
            Sweep_Eject(volume.Monitor, EjectionCause.SuccessRate, settings.EnforcingSuccessRate, all, changes, now);
        }
    }

    private void Sweep_FailurePercentage(
        (OutlierMonitor Monitor, int Total, int Success)[] volumes, IReadOnlyList<OutlierMonitor> all, List<OutlierChange> changes, TimeSpan now)
    {
        var judged = volumes.Where(v => !v.Monitor.IsEjected && v.Total >= settings.FailurePercentageRequestVolume).ToList();
        if (settings.EnforcingFailurePercentage == 0 || judged.Count == 0 || judged.Count < settings.FailurePercentageMinimumHosts)
        {
            return;
        }

        foreach (var volume in judged.Where(v => 100 - Percent(v.Success, v.Total) >= settings.FailurePercentageThreshold))
        {
            Sweep_Eject(volume.Monitor, EjectionCause.FailurePercentage, settings.EnforcingFailurePercentage, all, changes, now);
        }
    }

    private void Sweep_Eject(
        OutlierMonitor monitor, EjectionCause cause, int enforcing, IReadOnlyList<OutlierMonitor> all, List<OutlierChange> changes, TimeSpan now)
    {
        if (TryEject(monitor, cause, enforcing, all, now) != EjectionCause.None)
        {
            changes.Add(new OutlierChange(monitor, cause));
        }
    }

    private EjectionCause TryEject(OutlierMonitor monitor, EjectionCause cause, int enforcing, IReadOnlyList<OutlierMonitor> all, TimeSpan now)
    {
        lock (_deciding)
        {
            if (monitor.IsEjected)
            {
                return EjectionCause.None;
            }

            var ejected = all.Count(m => m.IsEjected);
            var isWithinShare = 100.0 * (ejected + 1) / all.Count <= Math.Min(100, settings.MaxEjectionPercent);
            var isTheOneAlwaysAllowed = settings.AlwaysEjectOneHost && ejected == 0;
            if (!(isWithinShare || isTheOneAlwaysAllowed) || !draw.InPercent(enforcing))
            {
                return EjectionCause.None;
            }

            monitor.EjectedAt = now;
            monitor.Jitter = settings.MaxEjectionTimeJitter * draw.Unit();
            // Envoy stops counting once the longest time is reached, so that the way back is not endless either.
            if (settings.BaseEjectionTime * monitor.Multiplier < settings.MaxEjectionTime + settings.BaseEjectionTime)
            {
                monitor.Multiplier++;
            }

            monitor.Ejections++;
            monitor.IsEjected = true;
            return cause;
        }
    }

    private static double Percent(int part, int whole) => 100.0 * part / whole;
}

/// <summary>Which detector ejected.</summary>
public enum EjectionCause
{
    /// <summary>None; in an <see cref="OutlierChange"/>: the ejection ended.</summary>
    None,

    /// <summary>Failures in a row.</summary>
    Consecutive5xx,

    /// <summary>Gateway failures in a row.</summary>
    ConsecutiveGatewayFailure,

    /// <summary>Success rate far below that of the others.</summary>
    SuccessRate,

    /// <summary>Too large a share of failures.</summary>
    FailurePercentage,
}

/// <summary>What a sweep changed about one endpoint.</summary>
/// <param name="Monitor">Whose.</param>
/// <param name="Cause">Why it was ejected; <see cref="EjectionCause.None"/> when its ejection ended.</param>
public readonly record struct OutlierChange(OutlierMonitor Monitor, EjectionCause Cause);
