namespace Conway.Traffic.Tests;

public sealed class DeadlineTests
{
    [Fact]
    public void The_earlier_of_two_deadlines_counts_and_none_is_later_than_any()
    {
        var now = 5.Seconds();
        Assert.True(Deadline.After(now, null).IsNone);
        Assert.Equal(2.Seconds(), Deadline.After(now, 2.Seconds()).Or(Deadline.None).Left(now));
        Assert.Equal(1.Seconds(), Deadline.After(now, 2.Seconds()).Or(Deadline.After(now, 1.Seconds())).Left(now));
        Assert.Equal(TimeSpan.Zero, Deadline.After(now, 1.Seconds()).Left(9.Seconds()));
        Assert.Equal(TimeSpan.MaxValue, Deadline.None.Left(now));
        Assert.True(Deadline.After(now, TimeSpan.MaxValue).IsNone);
    }

    [Theory]
    [InlineData("0", true, 0)]
    [InlineData("1500", true, 1500)]
    [InlineData("999999999999", true, 999999999999)]
    [InlineData("9999999999999", false, 0)]
    [InlineData("-1", false, 0)]
    [InlineData("+1", false, 0)]
    [InlineData("1.5", false, 0)]
    [InlineData("", false, 0)]
    [InlineData(null, false, 0)]
    public void Milliseconds_are_digits_alone(string? text, bool ok, long ms)
    {
        Assert.Equal(ok, DeadlineFormat.TryParseMilliseconds(text, out var left));
        Assert.Equal(ms, (long)left.TotalMilliseconds);
    }

    [Theory]
    [InlineData("1S", true, 1000)]
    [InlineData("250m", true, 250)]
    [InlineData("99999999H", true, 359999996400000)]
    [InlineData("5000u", true, 5)]
    [InlineData("5000000n", true, 5)]
    [InlineData("2M", true, 120000)]
    [InlineData("123456789m", false, 0)]
    [InlineData("m", false, 0)]
    [InlineData("5s", false, 0)]
    [InlineData("-5m", false, 0)]
    [InlineData(null, false, 0)]
    public void A_grpc_timeout_is_up_to_eight_digits_and_a_unit(string? text, bool ok, long ms)
    {
        Assert.Equal(ok, DeadlineFormat.TryParseGrpc(text, out var left));
        Assert.Equal(ms, (long)left.TotalMilliseconds);
    }

    [Theory]
    [InlineData(1.5, "1500u")]
    [InlineData(99_999, "99999000u")]
    [InlineData(100_000, "100000m")]
    [InlineData(200_000_000, "200000S")]
    public void A_grpc_timeout_is_written_as_finely_as_eight_digits_allow(double ms, string text) =>
        Assert.Equal(text, DeadlineFormat.FormatGrpc(TimeSpan.FromMilliseconds(ms)));

    [Fact]
    public void What_is_written_never_promises_more_than_there_is()
    {
        Assert.Equal("1", DeadlineFormat.FormatMilliseconds(TimeSpan.FromMilliseconds(1.999)));
        var draw = new SeededDraw(3);
        for (var i = 0; i < 10_000; i++)
        {
            var left = TimeSpan.FromTicks((long)(draw.Next() >> (draw.Below(40) + 12)));
            Assert.True(DeadlineFormat.TryParseGrpc(DeadlineFormat.FormatGrpc(left), out var read));
            Assert.True(read <= left);
        }
    }
}
