namespace Conway.Observations.Tests;

public sealed class LatencyScaleTests
{
    [Fact]
    public void The_middle_of_a_bucket_is_at_most_a_sixteenth_away()
    {
        for (var us = 1L; us < 100_000_000; us += 1 + (us / 97))
        {
            var latency = TimeSpan.FromMicroseconds(us);
            var middle = LatencyScale.MiddleOf(LatencyScale.BucketOf(latency));
            Assert.InRange(middle / latency, 1 - (1 / 15.0), 1 + (1 / 15.0));
        }
    }

    [Fact]
    public void Buckets_are_in_order_and_the_last_takes_the_rest()
    {
        var last = -1;
        for (var us = 0L; us < 200_000_000; us += 1 + (us / 31))
        {
            var bucket = LatencyScale.BucketOf(TimeSpan.FromMicroseconds(us));
            Assert.InRange(bucket, last, LatencyScale.Buckets - 1);
            last = bucket;
        }

        Assert.Equal(LatencyScale.Buckets - 1, LatencyScale.BucketOf(TimeSpan.MaxValue));
        Assert.Equal(0, LatencyScale.BucketOf(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void A_bucket_ends_where_the_next_begins_and_every_eighth_at_a_power_of_two()
    {
        for (var bucket = 0; bucket < LatencyScale.Buckets - 1; bucket++)
        {
            var upper = LatencyScale.UpperOf(bucket);
            Assert.Equal((bucket, bucket + 1), (LatencyScale.BucketOf(upper - TimeSpan.FromTicks(1)), LatencyScale.BucketOf(upper)));
        }

        for (var power = 3; power < 28; power++)
        {
            Assert.Equal(TimeSpan.FromMicroseconds(1L << power), LatencyScale.UpperOf((8 * (power - 2)) - 1));
        }
    }

    [Fact]
    public void The_quantile_of_nothing_is_zero() => Assert.Equal(TimeSpan.Zero, LatencyScale.Quantile(new int[LatencyScale.Buckets], 0.99));
}
