using Conway.Telemetry.Otlp;
using Conway.Telemetry.Querying;

namespace Conway.Telemetry.Tests;

public sealed class NoiseTests
{
    private const int Seed = 7301;

    [Fact]
    public void Two_samples_of_the_same_service_differ_in_fewer_than_one_of_a_hundred_comparisons()
    {
        var random = new Random(Seed);
        var (compared, told) = (0, 0);
        for (var round = 0; round < 1000; round++)
        {
            var (run, other) = (Sample(random, 100 + random.Next(2000)), Sample(random, 100 + random.Next(2000)));
            foreach (var change in (Change[])[Noise.Errors(run, other), Noise.Percentile(run, other, 0.5), Noise.Percentile(run, other, 0.95), Noise.Percentile(run, other, 0.99)])
            {
                compared++;
                told += change.Verdict is Verdict.More or Verdict.Less ? 1 : 0;
            }
        }

        Assert.True(told < compared / 100, $"{told} of {compared} comparisons of the same service told a difference");
    }

    [Fact]
    public void Requests_that_are_slow_together_are_not_taken_for_a_slower_service()
    {
        // Each run has six of sixty slots in which all is slow and fails, by chance: the two differ, the service does not.
        var random = new Random(Seed);
        var told = 0;
        for (var round = 0; round < 300; round++)
        {
            var (run, other) = (Bursts(random), Bursts(random));
            told += Noise.Errors(run, other).Verdict is Verdict.More or Verdict.Less || Noise.Percentile(run, other, 0.95).Verdict is Verdict.More or Verdict.Less ? 1 : 0;
        }

        Assert.True(told <= 12, $"{told} of 300 comparisons told a difference");

        static RateRow Bursts(Random random)
        {
            var row = new RateRow();
            for (var slot = 0; slot < 60; slot++)
            {
                var isBad = random.NextDouble() < 0.1;
                for (var request = 0; request < 50; request++)
                {
                    row.Add(Request(isBad ? 200 : 5 + random.NextDouble(), isBad && request % 2 == 0), slot);
                }
            }

            return row;
        }
    }

    [Fact]
    public void Twice_as_slow_and_five_times_as_broken_is_told_with_the_range_it_lies_in()
    {
        var random = new Random(Seed);
        var (run, other) = (Sample(random, 3000, slower: 2, errors: 0.05), Sample(random, 3000));
        foreach (var share in (double[])[0.5, 0.95, 0.99])
        {
            var (more, less) = (Noise.Percentile(run, other, share), Noise.Percentile(other, run, share));
            Assert.Equal((Verdict.More, Verdict.Less), (more.Verdict, less.Verdict));
            Assert.InRange(2, more.Low!.Value, more.High!.Value);
            Assert.InRange(0.5, less.Low!.Value, less.High!.Value);
            Assert.InRange(more.Value!.Value, more.Low.Value, more.High.Value);
        }

        var errors = Noise.Errors(run, other);
        Assert.Equal(Verdict.More, errors.Verdict);
        Assert.InRange(0.04, errors.Low!.Value, errors.High!.Value);
        Assert.Equal(Verdict.Less, Noise.Errors(other, run).Verdict);
        Assert.Equal((Verdict.Noise, 0.0), (Noise.Errors(run, run).Verdict, Noise.Errors(run, run).Value));
    }

    [Fact]
    public void Few_requests_tell_the_median_and_not_the_slowest()
    {
        var random = new Random(Seed);
        var (run, other) = (Sample(random, 60), Sample(random, 60));
        Assert.Equal((Verdict.Noise, Verdict.TooFew), (Noise.Percentile(run, other, 0.5).Verdict, Noise.Percentile(run, other, 0.99).Verdict));
        Assert.Null(Noise.Percentile(run, other, 0.99).High);
        var one = Sample(random, 1);
        foreach (var (mine, with) in ((RateRow, RateRow)[])[(one, other), (other, one), (one, one)])
        {
            Assert.Equal(Verdict.TooFew, Noise.Percentile(mine, with, 0.5).Verdict);
            Assert.Equal(Verdict.Noise, Noise.Errors(mine, with).Verdict);
        }
    }

    [Fact]
    public void None_of_three_failed_against_three_of_three_is_more_than_noise_only_when_there_were_more_of_them()
    {
        Assert.Equal(Verdict.Noise, Noise.Errors(All(3, failed: true), All(3, failed: false)).Verdict);
        Assert.Equal(Verdict.Noise, Noise.Errors(All(4, failed: true), All(4, failed: false)).Verdict);
        Assert.Equal(Verdict.More, Noise.Errors(All(5, failed: true), All(5, failed: false)).Verdict);
        Assert.Equal(Verdict.More, Noise.Errors(All(30, failed: true), All(30, failed: false)).Verdict);

        static RateRow All(int count, bool failed)
        {
            var row = new RateRow();
            for (var request = 0; request < count; request++)
            {
                row.Add(Request(1, failed), request % 60);
            }

            return row;
        }
    }

    // Log-normal as latencies are, with a hundredth of failures.
    private static RateRow Sample(Random random, int count, double slower = 1, double errors = 0.01)
    {
        var row = new RateRow();
        for (var request = 0; request < count; request++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            row.Add(Request(10 * slower * Math.Exp(0.6 * normal), random.NextDouble() < errors), request * 60 / count);
        }

        return row;
    }

    private static SpanFacts Request(double ms, bool failed) => new() { Start = 1, Duration = (ulong)(ms * 1e6), StatusIsError = failed };
}
