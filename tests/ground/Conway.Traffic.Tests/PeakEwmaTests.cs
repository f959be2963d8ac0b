namespace Conway.Traffic.Tests;

public sealed class PeakEwmaTests
{
    private static readonly TimeSpan Tau = 10.Seconds();

    [Fact]
    public void It_starts_at_30_ms_and_forgets_by_e_to_the_minus_t_over_tau()
    {
        var ewma = new PeakEwma(PeakEwma.DefaultRtt, Tau, TimeSpan.Zero);

        Assert.Equal(30, Milliseconds(ewma, TimeSpan.Zero), 6);
        Assert.Equal(30 * Math.Exp(-0.5), Milliseconds(ewma, 5.Seconds()), 6);
        Assert.Equal(30 * Math.Exp(-3), Milliseconds(ewma, 30.Seconds()), 6);
    }

    [Fact]
    public void A_sample_above_it_is_taken_at_once()
    {
        var ewma = new PeakEwma(PeakEwma.DefaultRtt, Tau, TimeSpan.Zero);

        ewma.Record(200.Milliseconds(), 1.Seconds());

        Assert.Equal(200, Milliseconds(ewma, 1.Seconds()), 6);
    }

    [Fact]
    public void A_sample_below_it_counts_by_the_weight_of_the_time_since_the_last()
    {
        var ewma = new PeakEwma(100.Milliseconds(), Tau, TimeSpan.Zero);

        ewma.Record(20.Milliseconds(), 4.Seconds());

        var w = Math.Exp(-0.4);
        Assert.Equal((100 * w) + (20 * (1 - w)), Milliseconds(ewma, 4.Seconds()), 6);
    }

    [Fact]
    public void A_sample_from_the_past_does_not_turn_back_the_clock()
    {
        var ewma = new PeakEwma(100.Milliseconds(), Tau, 10.Seconds());

        ewma.Record(20.Milliseconds(), 5.Seconds());

        Assert.Equal(100, Milliseconds(ewma, 10.Seconds()), 6);
    }

    private static double Milliseconds(PeakEwma ewma, TimeSpan now) => ewma.ReadTicks(now) / TimeSpan.TicksPerMillisecond;
}
