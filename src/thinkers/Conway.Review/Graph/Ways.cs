using Conway.Model;

namespace Conway.Review.Graph;

/// <summary>One way into the system that somebody uses: a journey, or a route that no journey takes.</summary>
/// <param name="Name"><c>journey 'buy'</c>, <c>route /api/orders/**</c></param>
/// <param name="Entries">The services that answer first.</param>
internal sealed record Way(string Name, IReadOnlyList<string> Entries);

/// <summary>How people come into the system.</summary>
internal sealed class Ways
{
    private readonly CallWeb _web;
    private readonly Dictionary<string, IReadOnlySet<string>> _reach = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlySet<string>> _needs = new(StringComparer.Ordinal);

    public Ways(SystemModel model, CallWeb web)
    {
        _web = web;
        var journeys = model.Journeys.OrderBy(j => j.Key, StringComparer.Ordinal)
            .Select(j => (j.Key, Routes: (IReadOnlyList<Route>)[.. j.Value.Steps.Select(s => RouteChoice.Of(model.Gateway.Routes, s)).OfType<Route>().Where(r => model.Services.ContainsKey(r.To))]))
            .Where(j => j.Routes.Count > 0).ToArray();
        Journeys = [.. journeys.Select(j => new Way($"journey '{j.Key}'", [.. j.Routes.Select(r => r.To).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))];
        var walked = journeys.SelectMany(j => j.Routes).ToHashSet(ReferenceEqualityComparer.Instance);
        All =
        [
            .. Journeys,
            .. model.Gateway.Routes.Where(r => !walked.Contains(r) && model.Services.ContainsKey(r.To))
                .Select(r => new Way($"route {Leaves.ListIdentity.OfRoute(r)}", [r.To])).OrderBy(w => w.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Journeys first, then routes that none of them takes, each by name.</summary>
    public IReadOnlyList<Way> All { get; }

    public IReadOnlyList<Way> Journeys { get; }

    /// <summary>Ways on which a service is waited for.</summary>
    public IEnumerable<Way> Through(string service) => All.Where(w => ReachOf(w).Contains(service));

    /// <summary>Everything behind a way, whether it can be done without or not.</summary>
    public IReadOnlySet<string> ReachOf(Way way) =>
        _reach.TryGetValue(way.Name, out var known) ? known : _reach[way.Name] = _web.Reach(way.Entries, onlyRequired: false);

    /// <summary>Journeys (or, without any, routes) that cannot be finished without a service.</summary>
    public (int Needing, int All) NeedersOf(string service)
    {
        var ways = Journeys.Count > 0 ? Journeys : All;
        return (ways.Count(w => NeedsOf(w).Contains(service)), ways.Count);
    }

    private IReadOnlySet<string> NeedsOf(Way way) =>
        _needs.TryGetValue(way.Name, out var known) ? known : _needs[way.Name] = _web.Reach(way.Entries, onlyRequired: true);

    public Way? Find(string name) => All.FirstOrDefault(w => w.Name == name);

    /// <summary>The longest row of calls of a way.</summary>
    public IReadOnlyList<string> LongestOf(Way way) =>
        way.Entries.Select(_web.LongestFrom).OrderByDescending(r => r.Count).ThenBy(r => r[0], StringComparer.Ordinal).First();

    public Promise PromiseOf(Way way) => _web.PromiseOf(way.Entries);
}
