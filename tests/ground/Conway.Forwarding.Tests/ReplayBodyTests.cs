namespace Conway.Forwarding.Tests;

public sealed class ReplayBodyTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(ReplayBody.BytesMax)]
    public async Task A_body_up_to_the_bound_can_be_read_again_from_any_point(int size)
    {
        var bytes = Bytes(size);
        var body = new ReplayBody(new MemoryStream(bytes));
        foreach (var read in (int[])[size / 3, size / 2, size])
        {
            await body.ReadExactlyAsync(new byte[read], Cancelled);
            Assert.True(body.CanReplay);
            body.Rewind();
        }

        Assert.Equal(bytes, await AllAsync(body));
        body.Return();
    }

    [Fact]
    public async Task A_larger_body_passes_whole_and_can_not_be_read_again()
    {
        var bytes = Bytes(ReplayBody.BytesMax + 1);
        var body = new ReplayBody(new MemoryStream(bytes));

        Assert.Equal(bytes, await AllAsync(body));
        Assert.False(body.CanReplay);
    }

    [Fact]
    public async Task A_rewind_in_the_middle_goes_on_with_the_source_where_what_was_kept_ends()
    {
        var bytes = Bytes(10_000);
        var body = new ReplayBody(new MemoryStream(bytes));
        await body.ReadExactlyAsync(new byte[4_000], Cancelled);
        body.Rewind();
        await body.ReadExactlyAsync(new byte[1_000], Cancelled);
        body.Rewind();

        Assert.Equal(bytes, await AllAsync(body));
    }

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private static async Task<byte[]> AllAsync(Stream body)
    {
        using var all = new MemoryStream();
        await body.CopyToAsync(all, 777, Cancelled);
        return all.ToArray();
    }
}
