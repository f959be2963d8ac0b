using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Conway.Node;

/// <summary>Gives out ports and remembers them from run to run: <c>.conway/ports.json</c>.</summary>
/// <remarks>A port is found by binding it, so it may be lost to somebody else before it is used; who then cannot listen takes another, or says so.</remarks>
internal sealed class PortLedger
{
    private const int First = 20_000;
    private const int Span = 12_000;

    private readonly string _file;
    private readonly Dictionary<string, int> _known;
    private readonly HashSet<int> _given = [];

    public PortLedger(string stateFolder)
    {
        _file = Path.Combine(stateFolder, "ports.json");
        try
        {
            _known = File.Exists(_file) ? JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(_file)) ?? [] : [];
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            _known = [];
        }
    }

    /// <summary>A port for each key: the one it had if it is free, else a free one. Keys given before keep theirs, free or not.</summary>
    public IReadOnlyDictionary<string, int> Take(IEnumerable<string> keys, IReadOnlyDictionary<string, int> current)
    {
        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            ports[key] = current.TryGetValue(key, out var held) ? held : Take_New(key);
            _given.Add(ports[key]);
        }

        return ports;
    }

    /// <summary>This port or, when it is taken, the next free one above it.</summary>
    public int TakeFrom(string key, int first)
    {
        for (var port = first; port <= Math.Min(first + 200, ushort.MaxValue); port++)
        {
            if (!_given.Contains(port) && IsFree(port))
            {
                _given.Add(port);
                return port;
            }
        }

        return Take_New(key);
    }

    /// <summary>Remembers what was given, for the next run; without a word when the disk does not let us, since all it costs is other ports.</summary>
    public void Save(IReadOnlyDictionary<string, int> ports)
    {
        foreach (var (key, port) in ports)
        {
            _known[key] = port;
        }

        try
        {
            WholeFile.Write(_file, stream => JsonSerializer.Serialize(stream, _known));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }

    /// <summary>Whether nobody listens on any of these.</summary>
    public static bool AreFree(IEnumerable<int> ports) => ports.All(IsFree);

    private int Take_New(string key)
    {
        if (_known.TryGetValue(key, out var port) && port is >= First and <= ushort.MaxValue && _given.Add(port) && IsFree(port))
        {
            return port;
        }

        // Below the range from which the operating system draws ports for outgoing connections: one of those must not sit on a service's
        // port while the service restarts. The start follows from folder and key, so that even without a ledger a port mostly stays.
        var start = (int)(StableHash(_file + key) % Span);
        for (var i = 0; i < Span; i++)
        {
            var free = First + ((start + i) % Span);
            if (_given.Add(free) && IsFree(free))
            {
                return free;
            }
        }

        throw new InvalidOperationException($"No port between {First} and {First + Span - 1} is free for '{key}'.");
    }

    /// <summary>FNV-1a, since string.GetHashCode differs from run to run.</summary>
    private static uint StableHash(string text) => text.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u);

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As Kestrel and libuv bind, so that a port in TIME_WAIT counts as free.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
