using System.Net.Security;

namespace Conway.Registry.Checks;

/// <summary>Opens an HTTP/2 connection and sends one PING; passing when its acknowledgement comes. Source: RFC 9113, sections 3.4, 4.1, 6.7.</summary>
internal sealed class H2PingProbe(CheckDefinition definition) : Probe
{
    private const int HeaderBytes = 9;
    private const byte Ping = 6;
    private const byte GoAway = 7;
    private const byte Ack = 1;
    private const int FrameBytesMax = 16 * 1024;
    private const int FramesMax = 64;

    // Preface, then an empty SETTINGS frame, then PING with eight bytes of our own.
    private static readonly byte[] Hello =
    [
        .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
        0, 0, 0, 4, 0, 0, 0, 0, 0,
        0, 0, 8, Ping, 0, 0, 0, 0, 0, .. "conwayhc"u8,
    ];

    public override async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        await using var stream = await ConnectAsync(definition, [SslApplicationProtocol.Http2], cancellation);
        await stream.WriteAsync(Hello, cancellation);
        var header = new byte[HeaderBytes];
        var payload = new byte[FrameBytesMax];
        for (var frames = 0; frames < FramesMax; frames++)
        {
            await stream.ReadExactlyAsync(header, cancellation);
            var length = (header[0] << 16) | (header[1] << 8) | header[2];
            if (length > FrameBytesMax) break;
            await stream.ReadExactlyAsync(payload.AsMemory(0, length), cancellation);
            if (header[3] == GoAway) break;
            if (header[3] == Ping && (header[4] & Ack) != 0 && length == 8 && payload.AsSpan(0, 8).SequenceEqual("conwayhc"u8))
                return new ProbeResult(InstanceHealth.Passing, $"HTTP2 ping was successful: {definition.Target}");
        }
        throw new InvalidDataException("no HTTP/2 answered the ping");
    }
}
