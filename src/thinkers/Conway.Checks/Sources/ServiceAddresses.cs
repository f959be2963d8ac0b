using System.Globalization;
using Conway.AddressFacts;
using Conway.Checks.History;
using Conway.Findings;
using Conway.ManifestFacts;
using Conway.Model;

namespace Conway.Checks.Sources;

/// <summary>Which services the source of each names.</summary>
/// <remarks>A file belongs to the service in whose folder it lies; what lies in none is shared, and may speak for any.</remarks>
internal sealed class ServiceAddresses
{
    // What orchestrators call the program of a service.
    private static readonly string[] Endings = ["-api", "-service", "-svc"];

    private readonly Dictionary<string, int> _files = new(StringComparer.Ordinal);
    private readonly ILookup<string, NamedService> _named;
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);
    private readonly HashSet<string> _composing = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string?> _ports = [];
    private readonly bool _isSharedComposing;

    private ServiceAddresses(SourceAddresses addresses, SystemModel model, IReadOnlyList<(Workload Workload, string? Service)> workloads)
    {
        var folders = ServiceFolders.Of(model);
        foreach (var service in addresses.Files.Select(f => ServiceFolders.ServiceOf(folders, f)).OfType<string>())
        {
            _files[service] = _files.GetValueOrDefault(service) + 1;
        }

        var listening = addresses.Mentions.Where(m => m.Kind == AddressKind.Listens).Select(m => (Port: int.Parse(m.Name, CultureInfo.InvariantCulture), Service: ServiceFolders.ServiceOf(folders, m.Place.File)));
        var published = workloads.SelectMany(w => w.Workload.Published.Select(PublishedPort).OfType<int>().Select(port => (Port: port, w.Service)));
        foreach (var (port, service) in listening.Concat(published))
        {
            _ports[port] = !_ports.TryGetValue(port, out var taken) || taken == service ? service : null;
        }

        var named = new List<NamedService>();
        var hosts = new List<(string, AddressMention)>();
        foreach (var mention in addresses.Mentions.Where(m => m.Kind != AddressKind.Listens))
        {
            var caller = ServiceFolders.ServiceOf(folders, mention.Place.File);
            if (mention.Kind == AddressKind.Composed)
            {
                _isSharedComposing |= caller is null;
                _composing.Add(caller ?? "");
            }
            else if (CalleeOf(model, caller, mention) is { } callee)
            {
                if (caller is null)
                {
                    _shared.Add(callee);
                }
                else
                {
                    named.Add(new NamedService(caller, callee, mention));
                }
            }
            else if (caller is not null && mention.Kind == AddressKind.Host && !IsItself(caller, mention.Name))
            {
                hosts.Add((caller, mention));
            }
        }

        named.AddRange(
            from workload in workloads
            where workload.Service is not null
            from variable in workload.Workload.Environment
            let host = HostOf(variable.Value)
            where host is not null
            let mention = new AddressMention(AddressKind.Host, host, variable.Place)
            let callee = CalleeOf(model, workload.Service, mention)
            where callee is not null
            select new NamedService(workload.Service, callee, mention) { IsDeployed = true });
        _named = named.ToLookup(n => n.Caller, StringComparer.Ordinal);
        Others = hosts;
        Services = [.. model.Services.Keys.Where(_files.ContainsKey)];
    }

    /// <summary>Services whose source was found, in order of declaration.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>Addresses of hosts that are no service, with the service in whose source they stand.</summary>
    public IReadOnlyList<(string Service, AddressMention Mention)> Others { get; }

    /// <param name="workloads">What manifests run, each with the service that it is: they say where services listen, and give them addresses of others.</param>
    public static ServiceAddresses Of(SourceAddresses addresses, SystemModel model, IReadOnlyList<(Workload Workload, string? Service)> workloads) => new(addresses, model, workloads);

    /// <summary>How many files of a service were searched.</summary>
    public int FilesOf(string service) => _files.GetValueOrDefault(service);

    /// <summary>Every place in a service's source that names another service, by place.</summary>
    public IEnumerable<NamedService> In(string service) => _named[service];

    /// <summary>Whether a service's source may name another one: it does, or shared code does, or names are put together.</summary>
    public bool MayName(string service, string other) =>
        _isSharedComposing || _composing.Contains(service) || _shared.Contains(other) || _named[service].Any(n => n.Callee == other);

    /// <summary>Why the source does not tell enough, as a sentence; null when it does.</summary>
    public string? Lack() => Services.Count == 0 ? "No source was found in a folder of a service (project, directory)." : null;

    /// <summary>The service that a host means: <c>catalog</c>, <c>catalog-api</c> when there is none of that name, <c>catalog.shop.svc.cluster.local</c>, <c>catalogapi</c> and
    /// <c>catalog.api</c> for <c>catalog-api</c>; null for others, and for the caller itself.</summary>
    public static string? ServiceOf(SystemModel model, string? caller, string host) =>
        host.Split(':')[0].Split('.') is [var first, .. var rest] && (rest.Length < 2 || IsInternal(host.Split(':')[0]))
        && (Named(model, first) ?? ServiceSpelling.Of(model, rest.Length == 1 && !IsInternal(host.Split(':')[0]) ? first + rest[0] : first)) is { } service && service != caller ? service : null;

    /// <summary>Host and port of a value that is the address of something asked over HTTP; null for others.</summary>
    private static string? HostOf(string value) =>
        Uri.TryCreate(value.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0 ? address.Authority : null;

    /// <summary>The host's port of <c>8000:80</c>, <c>127.0.0.1:8000:80/tcp</c> and <c>8000</c>; null when it is chosen by the machine, or a range.</summary>
    private static int? PublishedPort(string published)
    {
        var parts = published.Split('/')[0].Split(':');
        return int.TryParse(parts.Length > 1 ? parts[^2] : parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
    }

    private static string? Named(SystemModel model, string name)
    {
        if (model.Services.ContainsKey(name))
        {
            return name;
        }

        return Endings.Where(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)).Select(e => name[..^e.Length]).FirstOrDefault(model.Services.ContainsKey);
    }

    private static bool IsInternal(string host) =>
        host.EndsWith(".svc", StringComparison.Ordinal) || host.EndsWith(".cluster.local", StringComparison.Ordinal) || host.EndsWith(".internal", StringComparison.Ordinal);

    private bool IsItself(string caller, string host) =>
        (LocalPort(host) is { } port && _ports.GetValueOrDefault(port) == caller) || host.Split(':', '.')[0] is var name && (name == caller || Endings.Any(e => name.Equals(caller + e, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The port of an address on this machine; null for other addresses.</summary>
    private static int? LocalPort(string host) =>
        host.Split(':') is ["localhost" or "127.0.0.1", var port] && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? CalleeOf(SystemModel model, string? caller, AddressMention mention) => mention.Kind switch
    {
        AddressKind.Variable => caller is not null && model.Services[caller].Owns.Keys.Any(s => Names.ToVariable(s) == mention.Name) ? null
            : model.Services.Keys.FirstOrDefault(s => s != caller && Names.ToVariable(s) == mention.Name),
        _ when LocalPort(mention.Name) is { } port => _ports.GetValueOrDefault(port) is { } listening && listening != caller ? listening : null,
        _ => ServiceOf(model, caller, mention.Name),
    };
}

/// <summary>A place in the source of one service that names another.</summary>
internal sealed record NamedService(string Caller, string Callee, AddressMention Mention)
{
    /// <summary>As evidence: <c>reads CATALOG_URL</c>.</summary>
    public string Says => Mention.Kind switch
    {
        _ when IsDeployed => $"is deployed with the address {Mention.Name}",
        AddressKind.Variable => $"reads {Mention.Name}_URL",
        AddressKind.Client => $"makes a client for '{Mention.Name}'",
        _ => $"has the address {Mention.Name}",
    };

    /// <summary>It stands in a manifest.</summary>
    public bool IsDeployed { get; init; }

    /// <summary>It stands in configuration, not in code.</summary>
    public bool IsConfigured => IsDeployed || SourceTexts.IsConfiguration(Mention.Place.File);

    public Evidence Evidence => new($"{Caller} {Says}", Mention.Place);
}
