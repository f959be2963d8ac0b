using System.Net.Security;
using System.Net.Sockets;

namespace Conway.Registry.Checks;

/// <summary>What one look at an instance found.</summary>
internal sealed record ProbeResult(InstanceHealth Health, string Output);

/// <summary>One way to look at an instance. Failing to reach it is said by an exception of the network, which means critical.</summary>
internal abstract class Probe : IDisposable
{
    public abstract Task<ProbeResult> RunAsync(CancellationToken cancellation);

    public virtual void Dispose()
    {
    }

    public static Probe For(CheckDefinition definition) => definition.Kind switch
    {
        CheckKind.Http => new HttpProbe(definition),
        CheckKind.Tcp => new TcpProbe(definition),
        CheckKind.Grpc => new GrpcProbe(definition),
        CheckKind.H2Ping => new H2PingProbe(definition),
        _ => throw new InvalidOperationException($"Registry: a check of kind {definition.Kind} is not probed."),
    };

    /// <summary>A stream to host:port, in TLS when the definition asks for it.</summary>
    protected static async Task<Stream> ConnectAsync(CheckDefinition definition, List<SslApplicationProtocol> protocols, CancellationToken cancellation)
    {
        HostPort.TryParse(definition.Target, out var target);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target.Host, target.Port, cancellation);
            var plain = new NetworkStream(socket, ownsSocket: true);
            if (!definition.UseTls) return plain;
            var tls = new SslStream(plain);
            var options = Tls(definition, target.Host);
            options.ApplicationProtocols = protocols;
            await tls.AuthenticateAsClientAsync(options, cancellation);
            return tls;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    protected static SslClientAuthenticationOptions Tls(CheckDefinition definition, string host)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = definition.TlsServerName.Length > 0 ? definition.TlsServerName : host };
        // TLSSkipVerify is the registrant's own choice about his own instance.
        if (definition.TlsSkipVerify) options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        return options;
    }
}
