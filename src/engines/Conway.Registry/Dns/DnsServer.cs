using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Conway.Registry.Dns;

/// <summary>DNS over UDP and TCP on one port number. Source: RFC 1035, RFC 7766 for TCP.</summary>
internal sealed partial class DnsServer : IAsyncDisposable
{
    private const int ConnectionsMax = 256;
    private const int BindTries = 20;
    private const int PacketBytesMax = 65535;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly Ledger _ledger;
    private readonly Zone _zone;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _connections = new(ConnectionsMax);
    private readonly Task _loops;

    private DnsServer(Socket udp, Socket tcp, Ledger ledger, Zone zone, ILogger log)
    {
        (_udp, _tcp, _ledger, _zone, _log) = (udp, tcp, ledger, zone, log);
        Port = ((IPEndPoint)udp.LocalEndPoint!).Port;
        _loops = Task.WhenAll(Task.Run(ReceiveAsync), Task.Run(AcceptAsync));
    }

    public int Port { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static DnsServer Start(IPAddress address, int port, Ledger ledger, Zone zone, ILogger log)
    {
        // A port that is free for UDP may be taken for TCP; when any will do, try another.
        for (var tries = port == 0 ? BindTries : 1; ; tries--)
        {
            var udp = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            var tcp = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                udp.Bind(new IPEndPoint(address, port));
                tcp.Bind(new IPEndPoint(address, ((IPEndPoint)udp.LocalEndPoint!).Port));
                tcp.Listen(128);
                return new DnsServer(udp, tcp, ledger, zone, log);
            }
            catch (SocketException error)
            {
                udp.Dispose();
                tcp.Dispose();
                if (tries <= 1) throw new IOException($"Registry: DNS cannot listen on {address}:{port}. {error.Message}", error);
            }
        }
    }

    /// <summary>What to send back; null: nothing.</summary>
    public byte[]? Answer(ReadOnlySpan<byte> packet, bool overTcp)
    {
        if (DnsQuery.Read(packet) is not { } query) return null;
        var reply = query.Fault == DnsCode.Success ? _zone.Answer(_ledger.World, query) : DnsReply.Fault(query.Fault);
        return DnsWriter.Write(query, reply, overTcp ? PacketBytesMax : query.UdpBytesMax);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _udp.Dispose();
        _tcp.Dispose();
        await _loops;
        // Open connections end by the cancelled token; wait for the last of them to hand back its place.
        for (var i = 0; i < ConnectionsMax; i++) await _connections.WaitAsync(CancellationToken.None);
        _stop.Dispose();
        _connections.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[PacketBytesMax];
        EndPoint any = new IPEndPoint(_udp.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _udp.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                if (Answer(buffer.AsSpan(0, received.ReceivedBytes), overTcp: false) is { } reply)
                    await _udp.SendToAsync(reply, SocketFlags.None, received.RemoteEndPoint, _stop.Token);
            }
            catch (Exception error) when (_stop.IsCancellationRequested && error is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
            catch (SocketException)
            {
                // An asker that went away; the next one matters.
            }
            catch (Exception error)
            {
                Log.Failed(_log, error);
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _connections.WaitAsync(_stop.Token);
                var accepted = false;
                try
                {
                    var connection = await _tcp.AcceptAsync(_stop.Token);
                    accepted = true;
                    _ = ServeAsync(connection);
                }
                finally
                {
                    if (!accepted) _connections.Release();
                }
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                if (_stop.IsCancellationRequested) return;
            }
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        try
        {
            using var late = new CancellationTokenSource(Idle, _ledger.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _stop.Token);
            await using var stream = new NetworkStream(connection, ownsSocket: true);
            var length = new byte[2];
            while (await stream.ReadAtLeastAsync(length, 2, throwOnEndOfStream: false, either.Token) == 2)
            {
                var packet = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await stream.ReadExactlyAsync(packet, either.Token);
                if (Answer(packet, overTcp: true) is not { } reply) return;
                var framed = new byte[reply.Length + 2];
                BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)reply.Length);
                reply.CopyTo(framed, 2);
                await stream.WriteAsync(framed, either.Token);
                late.CancelAfter(Idle);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // Gone, slow or stopped: the connection is over either way.
        }
        catch (Exception error)
        {
            Log.Failed(_log, error);
        }
        finally
        {
            connection.Dispose();
            _connections.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4104, LogLevel.Error, "The registry failed at a DNS question.")]
        public static partial void Failed(ILogger log, Exception error);
    }
}
