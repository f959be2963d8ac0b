using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Conway.Telemetry.Tests;

public sealed class OtlpGrpcTests
{
    private static CancellationToken Stop => EngineFixture.Stop;

    private static async Task<HttpResponseMessage> ExportAsync(EngineFixture fixture, byte[] message)
    {
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/opentelemetry.proto.collector.logs.v1.LogsService/Export")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var answer = await fixture.Client.SendAsync(request, Stop);
        await answer.Content.ReadAsByteArrayAsync(Stop);
        return answer;
    }

    [Fact]
    public async Task A_message_that_is_no_otlp_is_an_invalid_argument()
    {
        await using var fixture = await EngineFixture.StartAsync();
        using var taken = await ExportAsync(fixture, Otlp.Request("orders", [Some.Log("x")]));
        Assert.Equal("0", taken.TrailingHeaders.GetValues("grpc-status").Single());
        using var refused = await ExportAsync(fixture, [0x0A, 0x7F, 0x01]);
        Assert.Equal("3", refused.Headers.GetValues("grpc-status").Single());
        Assert.Equal((1, 1), (fixture.Engine.Status.Services.Single().Logs, fixture.Engine.Status.RequestsMalformed));
    }

    [Fact]
    public async Task A_sender_that_is_too_fast_is_unavailable_and_told_when_to_come_again()
    {
        using var gate = new ManualResetEventSlim();
        await using var fixture = await EngineFixture.StartAsync(options => options with { PendingBlocksPerServiceMax = 1 }, new RefusingDisk { Wait = gate });
        var request = Otlp.Request("orders", [.. Enumerable.Range(0, 300).Select(n => Some.Log(new string('x', 1000)))]);
        using var taken = await ExportAsync(fixture, request);
        Assert.Equal("0", taken.TrailingHeaders.GetValues("grpc-status").Single());
        using var refused = await ExportAsync(fixture, request);
        Assert.Equal("14", refused.Headers.GetValues("grpc-status").Single());
        var details = refused.Headers.GetValues("grpc-status-details-bin").Single();
        var bytes = Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='));
        Assert.Contains("google.rpc.RetryInfo", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(1, fixture.Engine.Status.RequestsDeferred);
        gate.Set();
    }
}
