using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Conway.Grpc.Tests;

public sealed class CleartextProtocolTests
{
    private static readonly GrpcUnaryHandler Never = _ => ValueTask.FromResult(GrpcReply.Ok(default));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task One_port_serves_both_protocols(string version)
    {
        await using var host = await GrpcHost.StartAsync(Never);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await host.Client.SendAsync(request, Stop);
        Assert.Equal("HTTP/" + version.TrimEnd('0').TrimEnd('.'), await response.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_request_that_arrives_byte_by_byte_is_served()
    {
        await using var host = await GrpcHost.StartAsync(Never);
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port, Stop);
        foreach (var b in Encoding.ASCII.GetBytes("PRO / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        {
            await socket.GetStream().WriteAsync(new[] { b }, Stop);
        }

        using var reader = new StreamReader(socket.GetStream());
        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync(Stop));
    }

    [Fact]
    public async Task A_silent_connection_does_not_hold_up_the_stop()
    {
        var host = await GrpcHost.StartAsync(Never);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port, Stop);
        await socket.GetStream().WriteAsync("PRI"u8.ToArray(), Stop);
        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(4), Stop);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("PRI", null)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", true)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nmore", true)]
    [InlineData("G", false)]
    [InlineData("PRI / HTTP/1.1\r\n", false)]
    public void The_preface_is_told_from_anything_else_as_early_as_can_be(string bytes, bool? expected) =>
        Assert.Equal(expected, CleartextProtocolSniffer.Compare(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(bytes))));
}
