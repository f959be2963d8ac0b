using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Conway.Registry.Checks;

/// <summary>Asks <c>grpc.health.v1.Health/Check</c>; passing when it says SERVING. Source: grpc/grpc health checking protocol.</summary>
internal sealed class GrpcProbe : Probe
{
    private const int Serving = 1;
    private const int AnswerBytesMax = 1024;

    private readonly CheckDefinition _definition;
    private readonly HostPort _target;
    private readonly HttpClient _client;

    public GrpcProbe(CheckDefinition definition)
    {
        _definition = definition;
        HostPort.TryParse(definition.Target, out _target);
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, UseProxy = false, AllowAutoRedirect = false };
        if (definition.UseTls) handler.SslOptions = Tls(definition, _target.Host);
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public override async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        var scheme = _definition.UseTls ? "https" : "http";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{scheme}://{_target.Authority}/grpc.health.v1.Health/Check")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Ask(_target.Service)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[AnswerBytesMax];
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        var status = Header(response.TrailingHeaders, "grpc-status") ?? Header(response.Headers, "grpc-status") ?? "";
        if (status is not "0")
        {
            var message = Header(response.TrailingHeaders, "grpc-message") ?? Header(response.Headers, "grpc-message") ?? $"HTTP {(int)response.StatusCode}";
            return new ProbeResult(InstanceHealth.Critical, $"gRPC check {_definition.Target}: status {(status.Length > 0 ? status : "missing")}, {Uri.UnescapeDataString(message)}");
        }
        return Said(buffer.AsSpan(0, count)) == Serving
            ? new ProbeResult(InstanceHealth.Passing, $"gRPC check {_definition.Target}: success")
            : new ProbeResult(InstanceHealth.Critical, $"gRPC check {_definition.Target}: not serving");
    }

    public override void Dispose() => _client.Dispose();

    /// <summary>A frame (flag, length) around <c>HealthCheckRequest { string service = 1; }</c>.</summary>
    private static byte[] Ask(string service)
    {
        var name = Encoding.UTF8.GetBytes(service);
        // A length below 128 is one byte of varint; service names longer than that are cut off by nobody in practice, but handled.
        var length = new List<byte>();
        for (var rest = name.Length; ; rest >>= 7)
        {
            length.Add((byte)(rest > 127 ? (rest & 127) | 128 : rest));
            if (rest <= 127) break;
        }
        byte[] message = name.Length == 0 ? [] : [0x0A, .. length, .. name];
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    /// <summary><c>HealthCheckResponse { ServingStatus status = 1; }</c>: the bytes 08 01 mean SERVING; an empty message UNKNOWN.</summary>
    private static int Said(ReadOnlySpan<byte> frame) =>
        frame.Length >= 7 && frame[0] == 0 && BinaryPrimitives.ReadUInt32BigEndian(frame[1..]) >= 2 && frame[5] == 0x08 ? frame[6] : 0;

    private static string? Header(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : null;
}
