using System.Net;
using System.Net.Sockets;

namespace Conway.Tests;

/// <summary>
/// Ports for processes that a test starts and that must be told their port beforehand. A port found by binding to 0 and letting go can be
/// given to somebody else before it is used: to another process's binding to 0, or to any outgoing connection. These come from
/// 10000–19999, below the range the system gives away by itself, in blocks: a test process owns a block for as long as it lives by
/// listening on its first port, so no two test processes hand out the same one, and none is handed out twice.
/// </summary>
internal static class FreePorts
{
    private const int First = 10_000, End = 20_000, Block = 40;

    private static readonly Lock Gate = new();
    private static readonly List<Socket> Owned = [];
    private static int _next, _end;

    /// <summary>A port on 127.0.0.1 that nobody listens on and that is handed out to nobody else.</summary>
    public static int Next()
    {
        lock (Gate)
        {
            while (true)
            {
                if (_next == _end)
                    Own();
                var port = _next++;
                using var socket = Bound(port);
                if (socket is not null)
                    return port;
            }
        }
    }

    private static void Own()
    {
        const int blocks = (End - First) / Block;
        var start = Random.Shared.Next(blocks);
        for (var tried = 0; tried < blocks; tried++)
        {
            var first = First + (start + tried) % blocks * Block;
            var socket = Bound(first);
            if (socket is null)
                continue;
            socket.Listen();
            Owned.Add(socket);
            (_next, _end) = (first + 1, first + Block);
            return;
        }

        throw new InvalidOperationException($"Every block of ports from {First} to {End - 1} is taken.");
    }

    private static Socket? Bound(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
