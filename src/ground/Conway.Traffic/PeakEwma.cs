namespace Conway.Traffic;

/// <summary>A moving average of latency that jumps to every peak at once and forgets it slowly.</summary>
/// <remarks>
/// <para>On a sample s: if s &gt; rtt then rtt = s, else with w = e^(−Δt/τ): rtt = rtt·w + s·(1 − w). On reading: as if s were 0, so that an endpoint nobody
/// asks is tried again in time. Source: Finagle and tower, <c>load::PeakEwma</c>.</para>
/// <para>Thread-safe. Writers take a lock; readers do not, and may at worst see a new value with an old time, which misjudges one pick.</para>
/// </remarks>
public sealed class PeakEwma
{
    /// <summary>What an endpoint is taken for before its first answer.</summary>
    public static readonly TimeSpan DefaultRtt = TimeSpan.FromMilliseconds(30);

    /// <summary>τ, the time in which the weight of the past falls to 1/e.</summary>
    public static readonly TimeSpan DefaultDecay = TimeSpan.FromSeconds(10);

    private readonly double _decayTicks;
    private readonly Lock _writing = new();
    private double _rttTicks;
    private long _updatedTicks;

    /// <summary>An average that starts at <paramref name="rtt"/>.</summary>
    public PeakEwma(TimeSpan rtt, TimeSpan decay, TimeSpan now)
    {
        _rttTicks = rtt.Ticks;
        _decayTicks = decay.Ticks;
        _updatedTicks = now.Ticks;
    }

    /// <summary>The average now, in ticks of 100 ns.</summary>
    public double ReadTicks(TimeSpan now)
    {
        var rtt = Volatile.Read(ref _rttTicks);
        var elapsed = now.Ticks - Volatile.Read(ref _updatedTicks);
        // Under a thousandth of τ the decay is under 0.1 %, and the exponential is the dearest part of a pick.
        return elapsed <= _decayTicks / 1000 ? rtt : rtt * Math.Exp(-elapsed / _decayTicks);
    }

    /// <summary>Takes in one latency.</summary>
    public void Record(TimeSpan sample, TimeSpan now)
    {
        lock (_writing)
        {
            var elapsed = Math.Max(0, now.Ticks - _updatedTicks);
            if (sample.Ticks > _rttTicks)
            {
                Volatile.Write(ref _rttTicks, sample.Ticks);
            }
            else
            {
                var w = Math.Exp(-elapsed / _decayTicks);
                Volatile.Write(ref _rttTicks, (_rttTicks * w) + (sample.Ticks * (1 - w)));
            }

            Volatile.Write(ref _updatedTicks, _updatedTicks + elapsed);
        }
    }
}
