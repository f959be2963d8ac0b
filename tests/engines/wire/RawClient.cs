using System.Net.Sockets;
using System.Text;

namespace Conway.Wire;

/// <summary>A socket on which a test says exactly what it wants, byte for byte.</summary>
internal sealed class RawClient : IDisposable
{
    // What comes is taken at once; the limit is for a machine that is ten times slower, or busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TcpClient _tcp = new();

    internal static async Task<RawClient> ConnectAsync(int port)
    {
        var client = new RawClient();
        await client._tcp.ConnectAsync("127.0.0.1", port);
        return client;
    }

    /// <summary>Sends text; each char is one byte.</summary>
    internal async Task SendAsync(string text) => await _tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>All that comes until the other side closes, or until it contains <paramref name="until"/>.</summary>
    internal async Task<string> ReceiveAsync(string? until = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var (buffer, text) = (new byte[16 * 1024], new StringBuilder());
        while (until is null || !text.ToString().Contains(until, StringComparison.Ordinal))
        {
            int count;
            try
            {
                count = await _tcp.GetStream().ReadAsync(buffer, patience.Token);
            }
            catch (IOException)
            {
                count = 0;
            }

            if (count == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    /// <summary>Sends a piece again and again, until the other side will have no more of it.</summary>
    internal async Task DribbleAsync(string piece, TimeSpan pause, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await SendAsync(piece);
                await Task.Delay(pause, cancellation);
            }
        }
        catch (IOException)
        {
            // Cut off.
        }
    }

    /// <summary>Sends, then receives until the other side closes.</summary>
    internal static async Task<string> AskAsync(int port, string text)
    {
        using var client = await ConnectAsync(port);
        await client.SendAsync(text);
        return await client.ReceiveAsync();
    }

    public void Dispose() => _tcp.Dispose();
}
