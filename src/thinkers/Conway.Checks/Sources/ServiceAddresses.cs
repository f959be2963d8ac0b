using Conway.AddressFacts;
using Conway.Checks.History;
using Conway.Findings;
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
    private readonly bool _isSharedComposing;

    private ServiceAddresses(SourceAddresses addresses, SystemModel model)
    {
        var folders = ServiceFolders.Of(model);
        foreach (var service in addresses.Files.Select(f => ServiceFolders.ServiceOf(folders, f)).OfType<string>())
        {
            _files[service] = _files.GetValueOrDefault(service) + 1;
        }

        var named = new List<NamedService>();
        var hosts = new List<(string, AddressMention)>();
        foreach (var mention in addresses.Mentions)
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

        _named = named.ToLookup(n => n.Caller, StringComparer.Ordinal);
        Others = hosts;
        Services = [.. model.Services.Keys.Where(_files.ContainsKey)];
    }

    /// <summary>Services whose source was found, in order of declaration.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>Addresses of hosts that are no service, with the service in whose source they stand.</summary>
    public IReadOnlyList<(string Service, AddressMention Mention)> Others { get; }

    public static ServiceAddresses Of(SourceAddresses addresses, SystemModel model) => new(addresses, model);

    /// <summary>How many files of a service were searched.</summary>
    public int FilesOf(string service) => _files.GetValueOrDefault(service);

    /// <summary>Every place in a service's source that names another service, by place.</summary>
    public IEnumerable<NamedService> In(string service) => _named[service];

    /// <summary>Whether a service's source may name another one: it does, or shared code does, or names are put together.</summary>
    public bool MayName(string service, string other) =>
        _isSharedComposing || _composing.Contains(service) || _shared.Contains(other) || _named[service].Any(n => n.Callee == other);

    /// <summary>Why the source does not tell enough, as a sentence; null when it does.</summary>
    public string? Lack() => Services.Count == 0 ? "No source was found in a folder of a service (project, directory)." : null;

    /// <summary>The service that a host means: <c>catalog</c>, <c>catalog-api</c> when there is none of that name, <c>catalog.shop.svc.cluster.local</c>; null for others, and for the
    /// caller itself.</summary>
    public static string? ServiceOf(SystemModel model, string? caller, string host) =>
        host.Split(':')[0].Split('.') is [var first, .. var rest] && (rest.Length < 2 || IsInternal(host.Split(':')[0])) && Named(model, first) is { } service && service != caller ? service : null;

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

    private static bool IsItself(string caller, string host) =>
        host.Split(':', '.')[0] is var name && (name == caller || Endings.Any(e => name.Equals(caller + e, StringComparison.OrdinalIgnoreCase)));

    private static string? CalleeOf(SystemModel model, string? caller, AddressMention mention) => mention.Kind switch
    {
        AddressKind.Variable => caller is not null && model.Services[caller].Owns.Keys.Any(s => Names.ToVariable(s) == mention.Name) ? null
            : model.Services.Keys.FirstOrDefault(s => s != caller && Names.ToVariable(s) == mention.Name),
        _ => ServiceOf(model, caller, mention.Name),
    };
}

/// <summary>A place in the source of one service that names another.</summary>
internal sealed record NamedService(string Caller, string Callee, AddressMention Mention)
{
    /// <summary>As evidence: <c>reads CATALOG_URL</c>.</summary>
    public string Says => Mention.Kind switch
    {
        AddressKind.Variable => $"reads {Mention.Name}_URL",
        AddressKind.Client => $"makes a client for '{Mention.Name}'",
        _ => $"has the address {Mention.Name}",
    };

    /// <summary>It stands in configuration, not in code.</summary>
    public bool IsConfigured => SourceTexts.IsConfiguration(Mention.Place.File);

    public Evidence Evidence => new($"{Caller} {Says}", Mention.Place);
}
