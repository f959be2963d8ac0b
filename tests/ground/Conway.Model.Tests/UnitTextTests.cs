namespace Conway.Model.Tests;

public sealed class UnitTextTests
{
    [Theory]
    [InlineData("800ms", 800)]
    [InlineData("1.5s", 1500)]
    [InlineData("1m30s", 90_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("30d", 2_592_000_000)]
    [InlineData("0", 0)]
    public void A_duration_is_a_sum_of_parts(string text, long milliseconds)
    {
        Assert.True(UnitText.TryDuration(text, out var value));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), value);
    }

    [Theory]
    [InlineData("300")]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("1s1m")]
    [InlineData("1s1s")]
    [InlineData("5 s")]
    [InlineData("1..5s")]
    [InlineData("-5s")]
    [InlineData("1sec")]
    [InlineData("99999999999d")]
    [InlineData("٣s")]
    public void A_duration_without_a_known_unit_or_out_of_order_is_refused(string text) => Assert.False(UnitText.TryDuration(text, out _));

    [Theory]
    [InlineData("512", 512)]
    [InlineData("64KiB", 65_536)]
    [InlineData("10MB", 10_000_000)]
    [InlineData("1.5GiB", 1_610_612_736)]
    public void A_size_tells_1000_from_1024(string text, long bytes)
    {
        Assert.True(UnitText.TrySize(text, out var value));
        Assert.Equal(bytes, value.Bytes);
    }

    [Theory]
    [InlineData("400/s", 400)]
    [InlineData("30/min", 0.5)]
    [InlineData("3600/h", 1)]
    public void A_rate_says_per_what(string text, double perSecond)
    {
        Assert.True(UnitText.TryRate(text, out var value));
        Assert.Equal(perSecond, value.PerSecond, 9);
    }

    [Theory]
    [InlineData("400")]
    [InlineData("400/")]
    [InlineData("/s")]
    [InlineData("4/fortnight")]
    public void A_rate_that_does_not_say_per_what_is_refused(string text) => Assert.False(UnitText.TryRate(text, out _));

    [Theory]
    [InlineData("99.9%", 99.9)]
    [InlineData("0%", 0)]
    [InlineData("100 %", 100)]
    public void A_percentage_has_its_sign(string text, double percent)
    {
        Assert.True(UnitText.TryPercentage(text, out var value));
        Assert.Equal(percent, value.Percent);
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("101%")]
    [InlineData("%")]
    public void A_percentage_without_sign_or_over_a_hundred_is_refused(string text) => Assert.False(UnitText.TryPercentage(text, out _));

    [Fact]
    public void Every_quantity_reads_back_as_it_was_written_out()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 5000; i++)
        {
            var duration = TimeSpan.FromTicks(random.NextInt64(0, TimeSpan.TicksPerDay * (i % 2 == 0 ? 1 : 400)));
            Assert.True(UnitText.TryDuration(UnitText.Format(duration), out var read), UnitText.Format(duration));
            Assert.Equal(duration, read);

            var size = new ByteSize(random.NextInt64(0, 1L << random.Next(1, 50)) << random.Next(0, 10));
            Assert.True(UnitText.TrySize(UnitText.Format(size), out var sizeRead));
            Assert.Equal(size, sizeRead);
        }
    }

    [Theory]
    [InlineData("5/h", "5/h")]
    [InlineData("1/d", "1/d")]
    [InlineData("30/min", "30/min")]
    [InlineData("60/min", "1/s")]
    [InlineData("0.5/s", "30/min")]
    [InlineData("0/s", "0/s")]
    public void A_rate_is_written_in_whole_numbers_where_it_can(string written, string shortest)
    {
        Assert.True(UnitText.TryRate(written, out var value));
        Assert.Equal(shortest, UnitText.Format(value));
    }
}
