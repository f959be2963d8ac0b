using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Conway.Registry.Checks;
using Conway.Registry.Dns;
using Conway.Registry.Http;
using Conway.Registry.State;
using Conway.Registry.Watching;
using Conway.Registry.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Conway.Registry;

/// <summary>Consul's HTTP API and DNS, embedded: service discovery, health, keys and values, sessions and locks for one machine.</summary>
/// <remarks>Thread-safe. Knows nothing of who supervises what: that comes in as an <see cref="InstanceTable"/>.
/// The endpoints and the differences from Consul stand in docs/reference/registry.md.</remarks>
public sealed class RegistryEngine : IAsyncDisposable
{
    private readonly Ledger _ledger;
    private readonly Prober _prober;
    private readonly WebApplication _web;
    private readonly DnsServer? _dns;
    private readonly RegistryOptions _options;
    private InstanceTable _table = InstanceTable.Empty;

    private RegistryEngine(Ledger ledger, Prober prober, WebApplication web, DnsServer? dns, RegistryOptions options, int port) =>
        (_ledger, _prober, _web, _dns, _options, Port) = (ledger, prober, web, dns, options, port);

    /// <summary>The bound TCP port of the HTTP API.</summary>
    public int Port { get; }

    /// <summary>The bound port of the DNS server; null when there is none.</summary>
    public int? DnsPort => _dns?.Port;

    /// <summary>Where clients reach the HTTP API, such as <c>http://127.0.0.1:8500</c>: the value for <c>CONSUL_HTTP_ADDR</c>.</summary>
    public Uri Address => new UriBuilder(Uri.UriSchemeHttp, _options.Host, Port).Uri;

    /// <summary>The table applied last.</summary>
    public InstanceTable Table => Volatile.Read(ref _table);

    /// <summary>How many readers of the HTTP API wait for a change now.</summary>
    public int Waiting => _ledger.Board.Count;

    /// <summary>Binds the ports and serves until disposed.</summary>
    /// <param name="options">See <see cref="RegistryOptions"/>.</param>
    /// <param name="time">All waiting and expiring goes by its monotonic timestamp, never by its wall clock.</param>
    /// <param name="cancellation">Gives up the start.</param>
    /// <exception cref="ArgumentException">An option makes no sense; the message says which.</exception>
    /// <exception cref="IOException">A port is taken.</exception>
    /// <exception cref="RegistryStateException">The state file cannot be used.</exception>
    public static async Task<RegistryEngine> StartAsync(RegistryOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var bound = options.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(options.Host, out var parsed) ? parsed
            : throw new ArgumentException($"Registry: Host must be an IP address or 'localhost', not '{options.Host}'.", nameof(options));
        var nodeId = NodeId(options.NodeName);
        var ledger = OpenLedger(options, time);

        var random = options.Seed is { } seed ? new LockedRandom(seed) : Random.Shared;
        var prober = new Prober(ledger, random, options.Log);
        ledger.ProbeChanged = prober.Change;
        var web = Build(bound, options);
        var guard = new HostGuard(bound, options.HostNames);
        var address = Reachable(bound);
        // The agent tells its port, which is known only once it is bound: a request that comes in between waits.
        var ready = new TaskCompletionSource<Dispatcher>(TaskCreationOptions.RunContinuationsAsynchronously);
        web.Run(async context => await (await ready.Task).DispatchAsync(context));
        try
        {
            if (ledger.Commit(draft => draft.PutNode(OwnNode(options, nodeId, bound)) ?? draft.PutCheck(Alive(options)) ?? draft.Resume(options.NodeName)) is { } refusal)
                throw new InvalidOperationException($"Registry: cannot start. {refusal.Text}");
            await web.StartAsync(cancellation);
            var port = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
            var dns = options.DnsPort is { } dnsPort
                ? DnsServer.Start(bound, dnsPort, ledger, new Zone(options.Datacenter, random), options.Log)
                : null;
            var engine = new RegistryEngine(ledger, prober, web, dns, options, port);
            ready.SetResult(new Dispatcher(ledger, options, new AgentFacts(nodeId, address, port, engine.DnsPort), guard, random));
            return engine;
        }
        catch
        {
            ready.TrySetCanceled(CancellationToken.None);
            await web.DisposeAsync();
            await prober.DisposeAsync();
            ledger.Dispose();
            throw;
        }
    }

    /// <summary>Makes the supervised instances exactly those of the table; readers that wait for one of them wake. What was registered over HTTP stays.</summary>
    /// <remarks>Applying the same table again changes nothing. An instance that registered itself over HTTP under an ID of the table gives way to it.</remarks>
    /// <exception cref="ArgumentException">Two instances have the same ID, or one has none; nothing was applied.</exception>
    public void Apply(InstanceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instance in table.Instances)
        {
            if (instance.InstanceId.Length == 0 || instance.ServiceName.Length == 0)
                throw new ArgumentException("Registry: an instance needs an ID and a service name.", nameof(table));
            if (!ids.Add(instance.InstanceId))
                throw new ArgumentException($"Registry: the instance ID '{instance.InstanceId}' is in the table twice.", nameof(table));
        }
        var refusal = _ledger.Commit(draft =>
        {
            draft.ApplyTable(_options.NodeName, table);
            return null;
        });
        if (refusal is not null) throw new InvalidOperationException($"Registry: the instance table cannot be applied. {refusal.Text}");
        Volatile.Write(ref _table, table);
    }

    /// <summary>Every instance the registry knows, supervised or registered over HTTP, with its worst health, ordered by service and ID.</summary>
    public ImmutableArray<Instance> Instances()
    {
        var catalog = _ledger.World.Catalog;
        return [.. catalog.Names.Keys.SelectMany(catalog.InstancesOf).Select(found => new Instance
        {
            ServiceName = found.Service.Record.Name,
            InstanceId = found.Service.Record.Id,
            Address = found.Service.Record.Address.Length > 0 ? found.Service.Record.Address : found.Node.Record.Address,
            Port = found.Service.Record.Port,
            Tags = found.Service.Record.Tags,
            Meta = found.Service.Record.Meta,
            Health = Health.Worst(found.Node.Checks.Values.Concat(found.Service.Checks.Values)),
            Output = found.Service.Checks.Values.MaxBy(check => check.Status)?.Output ?? "",
        })];
    }

    /// <summary>Lets all waiting readers go with what there is, and closes the ports.</summary>
    public async ValueTask DisposeAsync()
    {
        _ledger.Stop();
        if (_dns is not null) await _dns.DisposeAsync();
        await _web.StopAsync();
        await _web.DisposeAsync();
        await _prober.DisposeAsync();
        _ledger.Dispose();
    }

    private static WebApplication Build(IPAddress bound, RegistryOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.BodyBytesMax;
            kestrel.Listen(bound, options.Port);
        });
        return builder.Build();
    }

    private static Ledger OpenLedger(RegistryOptions options, TimeProvider time)
    {
        var board = new WatchBoard(options.WatchersMax);
        if (options.StatePath is null) return new Ledger(WorldState.Empty, null, board, time, options.Log);
        var file = StateFile.Open(options.StatePath);
        try
        {
            var (index, keys, sessions) = file.Load();
            return new Ledger(Restoring.World(index, keys, sessions), file, board, time, options.Log);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static NodeRecord OwnNode(RegistryOptions options, string id, IPAddress bound)
    {
        var address = Reachable(bound);
        return new NodeRecord
        {
            Name = options.NodeName,
            Id = id,
            Address = address,
            TaggedAddresses = Maps.Empty.Add("lan", address).Add("wan", address),
        };
    }

    private static CheckRecord Alive(RegistryOptions options) => new()
    {
        Node = options.NodeName,
        Id = TableEdits.SerfCheck,
        Name = "Serf Health Status",
        Status = InstanceHealth.Passing,
        Output = "Agent alive and reachable",
        Type = TableEdits.SerfType,
    };

    /// <summary>"Any address" is one to listen on, not one to call.</summary>
    private static string Reachable(IPAddress bound) =>
        (bound.Equals(IPAddress.Any) ? IPAddress.Loopback : bound.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : bound).ToString();

    /// <summary>The same for the same name, as Consul's survives restarts.</summary>
    private static string NodeId(string name) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("conway-registry/" + name)).AsSpan(0, 16)).ToString();
}
