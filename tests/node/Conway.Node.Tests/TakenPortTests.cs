using System.Net;
using System.Net.Sockets;
using Conway.Lowering;

namespace Conway.Node.Tests;

/// <summary>Somebody else takes a port after it was found to be free and before an engine listens on it.</summary>
public sealed class TakenPortTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PortKeys.Gateway)]
    [InlineData(PortKeys.Otlp)]
    [InlineData(PortKeys.Registry)]
    [InlineData("listener/front/back")]
    public async Task Whichever_engine_loses_its_port_gets_another_and_the_rest_keep_theirs(string key)
    {
        await using var bench = new Bench();
        using var thief = new Thief(key, times: 1);
        var host = await bench.StartHealthyAsync(bench.Options with { PortsFound = thief.Look });
        var stolen = Assert.Single(thief.Stolen);
        Assert.DoesNotContain(stolen, Engines(host).Values);
        var before = thief.Seen[0];
        Assert.All(Engines(host).Where(e => e.Key != key), e => Assert.Equal(before[e.Key], e.Value));
        Assert.Equal(HttpStatusCode.OK, (await bench.Get("/front/a")).Status);
    }

    [Theory]
    [InlineData(PortKeys.Gateway)]
    [InlineData(PortKeys.Otlp)]
    [InlineData(PortKeys.Registry)]
    [InlineData("listener/front/back")]
    public async Task One_who_loses_it_again_and_again_is_told_so_in_a_sentence_and_nothing_is_left(string key)
    {
        await using var bench = new Bench();
        using (var thief = new Thief(key, times: int.MaxValue))
        {
            var start = await NodeHost.StartAsync(bench.Options with { PortsFound = thief.Look }, Cancel);
            Assert.Null(start.Host);
            Assert.Equal(RefusalKind.CannotStart, start.Refusal!.Kind);
            Assert.Contains($":{thief.Stolen[^1]}", start.Refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Environment.NewLine, start.Refusal.Message, StringComparison.Ordinal);
            Assert.Equal(3, thief.Stolen.Count);
            Assert.False(File.Exists(Path.Combine(bench.Folder, ".conway", "node.json")));
            var ours = OwnListeners();
            Assert.All(thief.Stolen, port => Assert.Contains(port, ours));
            Assert.All(thief.Seen.SelectMany(s => s.Values).Except(thief.Stolen).Distinct(), port => Assert.DoesNotContain(port, ours));
        }

        // Lock, files and ports are there for the next run.
        await bench.StartHealthyAsync();
    }

    private static Dictionary<string, int> Engines(NodeHost host) => new()
    {
        [PortKeys.Gateway] = host.Plan.Platform.GatewayPort,
        [PortKeys.Otlp] = host.Plan.Platform.OtlpPort,
        [PortKeys.Registry] = host.Plan.Platform.RegistryPort,
        [PortKeys.Listener("front", "back")] = host.Plan.Listeners.Single().Port,
    };

    /// <summary>Ports that this process listens on. Whether a port is free says less: another process may have taken it meanwhile.</summary>
    private static HashSet<int> OwnListeners()
    {
        // proc(5): /proc/self/fd leads to "socket:[inode]"; a line of net/tcp has the local address as hex, the state (0A is listening) and the inode.
        var own = Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(fd => new FileInfo(fd).LinkTarget).OfType<string>().Where(to => to.StartsWith("socket:[", StringComparison.Ordinal)).Select(to => to[8..^1]).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. new[] { "/proc/self/net/tcp", "/proc/self/net/tcp6" }.Where(File.Exists).SelectMany(file => File.ReadLines(file).Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words[3] == "0A" && own.Contains(words[9]))
                .Select(words => Convert.ToInt32(words[1].Split(':')[1], 16)),
        ];
    }

    /// <summary>Listens on a port between the look whether it is free and the engine that wants it.</summary>
    private sealed class Thief(string key, int times) : IDisposable
    {
        private readonly List<TcpListener> _listeners = [];

        public List<int> Stolen { get; } = [];

        /// <summary>All ports, as they were when one was stolen.</summary>
        public List<IReadOnlyDictionary<string, int>> Seen { get; } = [];

        public void Look(IReadOnlyDictionary<string, int> ports)
        {
            if (Stolen.Count == times)
            {
                return;
            }

            var listener = new TcpListener(IPAddress.Loopback, ports[key]);
            listener.Start();
            _listeners.Add(listener);
            Stolen.Add(ports[key]);
            Seen.Add(ports);
        }

        public void Dispose() => _listeners.ForEach(l => l.Dispose());
    }
}
