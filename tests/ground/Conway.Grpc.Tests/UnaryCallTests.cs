using System.Net;
using System.Text;

namespace Conway.Grpc.Tests;

public sealed class UnaryCallTests
{
    private static readonly GrpcUnaryHandler Echo = call => ValueTask.FromResult(GrpcReply.Ok(call.Message.ToArray()));

    [Fact]
    public async Task A_message_comes_back_in_a_frame_with_its_status_in_the_trailers()
    {
        await using var host = await GrpcHost.StartAsync(Echo);
        var (status, _, body, raw) = await host.CallAsync(GrpcHost.Frame("hello"u8));
        Assert.Equal("0", status);
        Assert.Equal(GrpcHost.Frame("hello"u8), body);
        Assert.Equal(HttpStatusCode.OK, raw.StatusCode);
        Assert.Equal("application/grpc", raw.Content.Headers.ContentType!.ToString());
        Assert.True(raw.TrailingHeaders.Contains("grpc-status"));
    }

    [Fact]
    public async Task An_empty_message_is_a_message()
    {
        await using var host = await GrpcHost.StartAsync(Echo);
        var (status, _, body, _) = await host.CallAsync(GrpcHost.Frame([]));
        Assert.Equal("0", status);
        Assert.Equal(GrpcHost.Frame([]), body);
    }

    [Fact]
    public async Task A_gzip_message_is_unfolded_and_a_large_answer_is_folded_for_a_caller_that_accepts_it()
    {
        await using var host = await GrpcHost.StartAsync(Echo);
        var message = Encoding.UTF8.GetBytes(new string('x', 5000));
        var (status, _, body, raw) = await host.CallAsync(GrpcHost.Frame(GrpcHost.Gzip(message), 1), headers: [("grpc-encoding", "gzip"), ("grpc-accept-encoding", "identity, gzip")]);
        Assert.Equal("0", status);
        Assert.Equal("gzip", raw.Headers.GetValues("grpc-encoding").Single());
        Assert.Equal(1, body[0]);
        using var unfolded = RentedBytes.Gunzip(new(body.AsMemory(5)), 10_000);
        Assert.Equal(message, unfolded!.Memory.ToArray());
    }

    [Fact]
    public async Task A_refusal_is_trailers_only_and_its_text_survives_any_character()
    {
        await using var host = await GrpcHost.StartAsync(_ => ValueTask.FromResult(GrpcReply.Refuse(GrpcStatusCode.Unavailable, "100 % full – später\n", "abc"u8.ToArray())));
        var (status, message, body, raw) = await host.CallAsync(GrpcHost.Frame([]));
        Assert.Equal("14", status);
        Assert.Equal("100 % full – später\n", message);
        Assert.Empty(body);
        Assert.True(raw.Headers.Contains("grpc-status"));
        Assert.Equal("YWJj", raw.Headers.GetValues("grpc-status-details-bin").Single());
    }

    [Fact]
    public async Task An_unknown_method_is_unimplemented()
    {
        await using var host = await GrpcHost.StartAsync(Echo);
        var (status, message, _, _) = await host.CallAsync(GrpcHost.Frame([]), "/test.Echo/Sing");
        Assert.Equal("12", status);
        Assert.Equal("There is no method /test.Echo/Sing here.", message);
    }

    [Fact]
    public async Task An_unknown_encoding_is_unimplemented_and_the_answer_lists_what_is_spoken()
    {
        await using var host = await GrpcHost.StartAsync(Echo);
        var (status, _, _, raw) = await host.CallAsync(GrpcHost.Frame([], 1), headers: ("grpc-encoding", "snappy"));
        Assert.Equal("12", status);
        Assert.Equal("identity,gzip", raw.Headers.GetValues("grpc-accept-encoding").Single());
    }

    [Theory]
    [InlineData(2000, false)]
    [InlineData(2000, true)]
    public async Task A_message_over_the_limit_is_refused_before_and_after_decompression(int bytes, bool gzip)
    {
        await using var host = await GrpcHost.StartAsync(Echo, new GrpcLimits { MessageBytesMax = 1000 });
        var frame = gzip ? GrpcHost.Frame(GrpcHost.Gzip(new byte[bytes]), 1) : GrpcHost.Frame(new byte[bytes]);
        var (status, message, _, _) = await host.CallAsync(frame, headers: ("grpc-encoding", gzip ? "gzip" : "identity"));
        Assert.Equal("8", status);
        Assert.Contains("1000", message, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]> BrokenBodies() => new()
    {
        { "There is no message in the request.", [] },
        { "The message ends before its length.", [0, 0, 0, 0, 9, 1] },
        { "The message ends before its length.", [0, 0] },
        { "There is more than one message in a unary request.", [.. GrpcHost.Frame("a"u8), .. GrpcHost.Frame("b"u8)] },
        { "The compressed flag is 7; it must be 0 or 1.", GrpcHost.Frame("a"u8, 7) },
        { "The message is marked as compressed, but no grpc-encoding was sent.", GrpcHost.Frame("a"u8, 1) },
    };

    [Theory]
    [MemberData(nameof(BrokenBodies))]
    public async Task A_broken_body_is_internal_and_says_what_is_broken(string says, byte[] body)
    {
        await using var host = await GrpcHost.StartAsync(Echo);
        var (status, message, _, _) = await host.CallAsync(body);
        Assert.Equal(("13", says), (status, message));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(40)]
    public async Task Gzip_that_is_cut_or_is_none_is_internal(int keep)
    {
        await using var host = await GrpcHost.StartAsync(Echo);
        var zipped = GrpcHost.Gzip(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 999))));
        var (status, message, _, _) = await host.CallAsync(GrpcHost.Frame(zipped.AsSpan(0, keep), 1), headers: ("grpc-encoding", "gzip"));
        Assert.Equal(("13", "The message is marked as gzip and is not."), (status, message));
    }

    [Fact]
    public async Task A_call_whose_time_runs_out_is_cancelled_and_answered_deadline_exceeded()
    {
        var seen = new TaskCompletionSource<TimeSpan?>();
        await using var host = await GrpcHost.StartAsync(async call =>
        {
            seen.SetResult(call.TimeLeft);
            await Task.Delay(Timeout.Infinite, call.Cancelled);
            return GrpcReply.Ok(default);
        });
        var (status, _, _, _) = await host.CallAsync(GrpcHost.Frame([]), headers: ("grpc-timeout", "50m"));
        Assert.Equal("4", status);
        Assert.Equal(TimeSpan.FromMilliseconds(50), await seen.Task);
    }

    [Fact]
    public async Task A_handler_that_throws_is_unknown_and_its_text_stays_here()
    {
        await using var host = await GrpcHost.StartAsync(_ => throw new InvalidOperationException("the secret"));
        var (status, message, _, _) = await host.CallAsync(GrpcHost.Frame([]));
        Assert.Equal(("2", "The handler failed."), (status, message));
    }

    [Fact]
    public async Task A_caller_on_http_1_is_told_to_upgrade()
    {
        await using var host = await GrpcHost.StartAsync(Echo);
        using var content = new ByteArrayContent(GrpcHost.Frame([]));
        content.Headers.ContentType = new("application/grpc+proto");
        using var response = await host.Client.PostAsync(new Uri("/test.Echo/Say", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }
}
