namespace Conway.Grpc.Tests;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData("1H", 3_600_000)]
    [InlineData("2M", 120_000)]
    [InlineData("3S", 3_000)]
    [InlineData("250m", 250)]
    [InlineData("99999999u", 99_999.999)]
    [InlineData("1500000n", 1.5)]
    public void Each_unit_is_read(string text, double milliseconds)
    {
        Assert.True(GrpcTimeout.TryParse(text, out var timeout));
        Assert.Equal(milliseconds, timeout.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("123456789m")]
    [InlineData("-1m")]
    [InlineData("1.5S")]
    [InlineData("10")]
    [InlineData("10 m")]
    public void What_is_no_timeout_is_refused(string text) => Assert.False(GrpcTimeout.TryParse(text, out _));

    [Fact]
    public void A_positive_timeout_below_a_tick_stays_positive() => Assert.True(GrpcTimeout.TryParse("1n", out var timeout) && timeout > TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0n")]
    [InlineData(12, "1200n")]
    [InlineData(10_000_000, "1000000u")]
    [InlineData(36_000_000_000_000, "3600000S")]
    public void What_is_written_fits_in_eight_digits(long ticks, string text)
    {
        Assert.Equal(text, GrpcTimeout.Format(new TimeSpan(ticks)));
        Assert.True(GrpcTimeout.TryParse(text, out var back));
        Assert.Equal(ticks, back.Ticks);
    }
}
