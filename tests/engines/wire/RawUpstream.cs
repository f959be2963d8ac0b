using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Conway.Wire;

/// <summary>An upstream that shows the bytes it got and can misbehave as no HTTP server would.</summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, Stream, Task> _answer;
    private readonly Task _accepting;
    private readonly ConcurrentQueue<string> _heads = new();

    /// <param name="answer">Is given the head of each request and the connection; when it returns, the connection is closed.</param>
    internal RawUpstream(Func<string, Stream, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal string Address => $"127.0.0.1:{Port}";

    /// <summary>The head of every request so far, as it came.</summary>
    internal IReadOnlyList<string> Heads => [.. _heads];

    internal static Task SayAsync(Stream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    internal static RawUpstream Echoing(string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok") => new((_, stream) => SayAsync(stream, answer));

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        while (true)
        {
            try
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync()));
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Stopped while it waited, or just before it asked for the next.
                break;
            }
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            var (head, one) = (new StringBuilder(), new byte[1]);
            try
            {
                while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                {
                    if (await stream.ReadAsync(one) == 0)
                    {
                        return;
                    }

                    head.Append((char)one[0]);
                }

                _heads.Enqueue(head.ToString());
                await _answer(head.ToString(), stream);
            }
            catch (IOException)
            {
                // The other side gave up.
            }
        }
    }
}
