using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Conway.Grpc;

/// <summary>Lets one cleartext port serve HTTP/1.1 and HTTP/2: looks at a connection's first bytes and tells Kestrel which it is.</summary>
/// <remarks>Kestrel chooses by ALPN, which is part of TLS, and without TLS it takes <c>Http1AndHttp2</c> to mean HTTP/1.1. An HTTP/2 client with
/// prior knowledge opens with a preface no HTTP/1.1 request can begin with (RFC 9113, section 3.4): <c>PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n</c>.
/// When it is seen, the connection gets the ALPN answer <c>h2</c>. Not one byte is consumed. Safe for concurrent connections.</remarks>
public sealed class CleartextProtocolSniffer
{
    /// <summary>How long a new connection may stay silent before it is closed. Kestrel's own timeouts start only after this look.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);

    private static readonly TlsFreeAlpn Http2 = new();
    private readonly ConnectionDelegate _next;

    /// <param name="next">What serves the connection afterwards.</param>
    public CleartextProtocolSniffer(ConnectionDelegate next) => _next = next;

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Looks, marks, and passes the connection on.</summary>
    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (await IsHttp2Async(connection) is not { } isHttp2)
        {
            return;
        }

        if (isHttp2)
        {
            // Kestrel asks for both: the ALPN answer counts only where a TLS feature stands beside it.
            connection.Features.Set<ITlsApplicationProtocolFeature>(Http2);
            connection.Features.Set<ITlsConnectionFeature>(Http2);
        }

        await _next(connection);
    }

    /// <summary>Whether the connection opens with the preface; null when it ended or stayed silent.</summary>
    private static async ValueTask<bool?> IsHttp2Async(ConnectionContext connection)
    {
        var input = connection.Transport.Input;

        // The first bytes are nearly always there already: no timer and no token for such a connection.
        if (!input.TryRead(out var read))
        {
            var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, closing);
            silence.CancelAfter(SilenceMax);
            try
            {
                read = await input.ReadAsync(silence.Token);
                while (true)
                {
                    if (Compare(read.Buffer) is { } early)
                    {
                        input.AdvanceTo(read.Buffer.Start);
                        return early;
                    }

                    if (read.IsCompleted)
                    {
                        input.AdvanceTo(read.Buffer.End);
                        return null;
                    }

                    input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    read = await input.ReadAsync(silence.Token);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or ConnectionResetException or ConnectionAbortedException)
            {
                return null;
            }
        }

        var answer = Compare(read.Buffer);
        if (answer is null && !read.IsCompleted)
        {
            // Part of a preface: examined, not consumed, and asked again on the slow path above.
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            return await IsHttp2Async(connection);
        }

        // Nothing examined, or the next reader would wait for bytes that are here already.
        input.AdvanceTo(read.Buffer.Start);
        return answer ?? false;
    }

    /// <summary>True for the whole preface, false once it cannot be one, null when there are too few bytes to tell.</summary>
    internal static bool? Compare(ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(buffer.Length, start.Length);
        buffer.Slice(0, length).CopyTo(start);
        if (!start[..length].SequenceEqual(Preface[..length]))
        {
            return false;
        }

        return length == Preface.Length ? true : null;
    }

    private sealed class TlsFreeAlpn : ITlsApplicationProtocolFeature, ITlsConnectionFeature
    {
        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = "h2"u8.ToArray();

        public X509Certificate2? ClientCertificate
        {
            get => null;
            set => throw new NotSupportedException("A cleartext connection has no client certificate.");
        }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
    }
}

/// <summary>Adds <see cref="CleartextProtocolSniffer"/> to a listening port.</summary>
public static class CleartextListenOptionsExtensions
{
    /// <summary>Serves HTTP/1.1 and HTTP/2 with prior knowledge on this one cleartext port.</summary>
    /// <remarks>Also allows request schemes other than the transport's, since clients name <c>http</c> or <c>https</c> by their own lights.
    /// Not for ports with TLS: there ALPN decides.</remarks>
    public static ListenOptions UseHttp1AndHttp2Cleartext(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.KestrelServerOptions.AllowAlternateSchemes = true;
        ((IConnectionBuilder)listen).Use(next => new CleartextProtocolSniffer(next).OnConnectionAsync);
        return listen;
    }
}
