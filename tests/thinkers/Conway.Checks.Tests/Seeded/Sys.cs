using System.Globalization;
using System.Text;
using Conway.AddressFacts;
using Conway.GitFacts;
using Conway.ManifestFacts;
using Conway.Model;
using Conway.Observations;

namespace Conway.Checks.Tests.Seeded;

/// <summary>A system that is being made up, by a seed: some healthy services, and what a case adds to them.</summary>
/// <remarks>The healthy part breaks no rule, whatever the seed: each service has a team, a health check, a goal and a store of its own, calls go one way and
/// are few. So what a check tells of the whole is about what the case added.</remarks>
internal sealed class Sys
{
    private readonly Dictionary<string, Service> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BoundedContext> _contexts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Team> _teams = new(StringComparer.Ordinal);
    private readonly List<(string Author, string[] Services)> _commits = [];
    private readonly List<(string, string)> _manifests = [];
    private readonly List<(string File, string Text)> _texts = [];
    private CodeDraft? _source;
    private int _names;

    public Sys(Random random, int services)
    {
        Random = random;
        var made = Enumerable.Range(0, services).Select(_ => New("base")).ToArray();
        for (var i = 0; i + (made.Length / 2) < made.Length; i++)
        {
            if (random.Next(2) == 0)
            {
                Call(made[i], made[i + (made.Length / 2)]);
            }
        }

        Background = made;
    }

    public Random Random { get; }

    /// <summary>The healthy services.</summary>
    public IReadOnlyList<string> Background { get; }

    public List<Route> Routes { get; } = [];

    public Dictionary<string, Saga> Sagas { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, OwnRule> Rules { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Capability> Capabilities { get; } = new(StringComparer.Ordinal);

    /// <summary>Its source; asking for it makes it one whose source was looked at.</summary>
    public CodeDraft Source => _source ??= new CodeDraft();

    public StringBuilder Requests { get; } = new();

    public int Attempts { get; set; }

    public bool IsObserved { get; set; }

    public double Loss { get; set; }

    /// <summary>Of this service the spans of the requests that it answers do not arrive; with a share of them.</summary>
    public (string Service, double Share)? Torn { get; set; }

    /// <summary>The folder is the root of a repository, so that a pipeline that is not there is none.</summary>
    public bool IsRepository { get; set; }

    public StoreEngine Engine { get; set; } = StoreEngine.Sqlite;

    /// <summary>A healthy service of a team of its own.</summary>
    public string New(string hint = "svc")
    {
        var name = $"{hint}{++_names}";
        _services[name] = Healthy(name);
        return name;
    }

    /// <summary>What a healthy service of a name is like.</summary>
    public Service Healthy(string name)
    {
        _teams[$"team-{name}"] = new Team { Members = [$"dev-{name}"] };
        return new Service
        {
            Project = $"src/{name}",
            Team = $"team-{name}",
            Health = new Health { Path = "/health" },
            Slo = new Slo { Availability = new Percentage(99) },
            Owns = new([new($"{name}-db", new Store { Engine = Engine, Tables = [$"{name}_items", $"{name}_log"] })]),
        };
    }

    public string[] Several(int count, string hint = "svc") => [.. Enumerable.Range(0, count).Select(_ => New(hint))];

    public Service this[string name]
    {
        get => _services[name];
        set => _services[name] = value;
    }

    public void Call(string caller, string callee, Call? call = null) =>
        _services[caller] = _services[caller] with { Calls = _services[caller].Calls.With(callee, call ?? new Call { Timeout = TimeSpan.FromMilliseconds(Random.Next(1, 9) * 100) }) };

    public void Chain(IReadOnlyList<string> names, Call? call = null)
    {
        for (var i = 1; i < names.Count; i++)
        {
            Call(names[i - 1], names[i], call);
        }
    }

    public void Event(string publisher, string consumer, string name)
    {
        _services[publisher] = _services[publisher] with { Publishes = _services[publisher].Publishes.With(name, new PublishedEvent()) };
        _services[consumer] = _services[consumer] with { Consumes = [.. _services[consumer].Consumes, name] };
    }

    public void Tables(string service, params string[] tables) =>
        _services[service] = _services[service] with { Owns = new([new($"{service}-db", new Store { Engine = Engine, Tables = [.. tables] })]) };

    public string Context(string name, string? team = null, params (string Upstream, ContextPattern As)[] upstream)
    {
        if (team is not null)
        {
            _teams.TryAdd(team, new Team());
        }

        _contexts[name] = new BoundedContext { Team = team, Upstream = [.. upstream.Select(u => new ContextRelation { Context = u.Upstream, As = u.As })] };
        return name;
    }

    public void Realises(string context, string capability) => _contexts[context] = _contexts[context] with { Capability = capability };

    public string In(string context, string hint = "svc")
    {
        var name = New(hint);
        _services[name] = _services[name] with { Context = context };
        return name;
    }

    public void Team(string name, params string[] members) => _teams[name] = new Team { Members = [.. members] };

    public void Commit(string author, params string[] services) => _commits.Add((author, services));

    public void Deployed((string File, string Text) manifest) => _manifests.Add(manifest);

    /// <summary>A file of source, to be searched for addresses.</summary>
    public void Says(string folder, string line, string file = "main.js") => _texts.Add(($"src/{folder}/{_texts.Count}/{file}", line));

    public void Request(string line) => Requests.Append(CultureInfo.InvariantCulture, $"{line}\n");

    public SystemModel Model() => new()
    {
        System = "seeded",
        Services = new(Shuffled(_services)),
        Contexts = new(_contexts),
        Teams = new(_teams),
        Sagas = new(Sagas),
        Capabilities = new(Capabilities),
        Gateway = new Gateway { Routes = [.. Routes] },
        Rules = new(Rules),
    };

    public CheckSubject Subject(int seed)
    {
        var run = Requests.Length > 0 || IsObserved ? Traffic.Run(Requests.ToString(), Attempts) : null;
        if (Torn is { } torn && run is not null)
        {
            var random = new Random(seed);
            run = run with { Spans = [.. run.Spans.Where(s => s.Service != torn.Service || s.Side != SpanSide.Server || random.NextDouble() >= torn.Share)] };
        }

        return new CheckSubject(Model())
        {
            Observed = run is not null && Loss > 0 ? Traffic.Lossy(run, Loss, seed) : run,
            Git = _commits.Count > 0 ? History() : null,
            Code = _source?.Build(),
            Addresses = _texts.Count > 0 ? AddressReader.Read(_texts) : null,
            Manifests = _manifests.Count > 0 ? ManifestReader.Read(_manifests) with { KnowsPipelines = IsRepository } : null,
        };
    }

    private KeyValuePair<string, Service>[] Shuffled(Dictionary<string, Service> services)
    {
        var all = services.ToArray();
        Random.Shuffle(all);
        return all;
    }

    private GitHistory History()
    {
        var files = _services.Keys.Order(StringComparer.Ordinal).ToArray();
        var authors = _commits.Select(c => c.Author).Distinct().Order(StringComparer.Ordinal).ToArray();
        return new GitHistory
        {
            Head = new string('a', 40),
            Files = [.. files.Select(f => new GitFile($"src/{f}/Code.cs", 1, 1, DateTimeOffset.UnixEpoch))],
            Authors = [.. authors.Select(a => new GitAuthor(a, $"{a}@example.com"))],
            Commits = [.. _commits.Select((c, i) => new GitCommit(
                i.ToString("x40", CultureInfo.InvariantCulture), Array.IndexOf(authors, c.Author), DateTimeOffset.UnixEpoch.AddHours(i),
                [.. c.Services.Select(s => Array.IndexOf(files, s)).Order()]))],
        };
    }
}
