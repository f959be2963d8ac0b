using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Migration.Plans;

namespace Conway.Migration.Planning;

/// <summary>Which slice comes when: by value over risk, as far as what it needs allows.</summary>
/// <remarks>score = 1000 × value / risk. A slice whose data another one's queries join on comes after that one: its joins have become questions or copies by then.
/// Where such needs form a circle, the need with the fewest joins is left out, and these joins are replaced before.</remarks>
internal sealed class SliceOrder
{
    /// <summary>How far back changes count.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromDays(90);

    // Names of what everything else asks who somebody is.
    private static readonly string[] IdentityWords = ["identity", "auth", "account", "accounts", "user", "users", "login", "membership", "permission", "permissions"];

    private readonly MigrationSubject _subject;
    private readonly Crossings _crossings;
    private readonly OrderWeights _weights;
    private readonly List<(string Part, bool IsValue, int Weight, int?[] Counts)> _parts = [];
    private readonly List<string> _notKnown = [];

    public SliceOrder(MigrationSubject subject, Crossings crossings, OrderWeights weights)
    {
        (_subject, _crossings, _weights) = (subject, crossings, weights);
        Measure();
        var figures = Enumerable.Range(0, subject.Services.Length).Select(Figures).ToArray();
        var needs = Needs(out var cut);
        (Slices, Reasons) = Place(figures, needs, cut);
        Figure = [.. figures];
        Need = [.. Enumerable.Range(0, figures.Length).Select(s => needs[s].Order().ToImmutableArray())];
    }

    /// <summary>Services in their order.</summary>
    public ImmutableArray<int> Slices { get; }

    /// <summary>By service.</summary>
    public ImmutableArray<OrderFigures> Figure { get; }

    /// <summary>Services that must come before, by service.</summary>
    public ImmutableArray<ImmutableArray<int>> Need { get; }

    /// <summary>What could not be taken into account.</summary>
    public IReadOnlyList<string> NotKnown => _notKnown;

    /// <summary>Why the score alone does not decide, by service.</summary>
    public ImmutableArray<ImmutableArray<string>> Reasons { get; }

    private void Measure()
    {
        var count = _subject.Services.Length;
        Part("change-frequency", true, _weights.ChangeFrequency, Changes(), "change frequency: give --git, in a clone with history");
        Part("scaling-gap", true, _weights.ScalingGap, null, "scaling gap: the code has no service level objectives; write them down in phase baseline");
        var teams = _subject.Services.All(s => s.Teams is not null) && count > 0 ? _subject.Services.Select(s => s.Teams).ToArray() : null;
        Part("team-demand", true, _weights.TeamDemand, teams, "team demand: write 'team NAME: TYPES' lines in the constraints");
        Part("defects", true, _weights.Defects, null, "defects: no list of them is read");
        Part("transactions", false, _weights.Transactions, Each(s => _subject.Transactions.Count(t => t.Steps.Any(p => p.Service == s))), null);
        Part("shared-tables", false, _weights.SharedTables, Each(s => _crossings.Accesses.Where(a => a.Owner == s && a.Writes).Select(a => a.Table).Distinct().Count()), null);
        Part("foreign-keys", false, _weights.ForeignKeys, Each(s => _crossings.Keys.Count(k => k.From == s || k.To == s)), null);
        Part("in-degree", false, _weights.InDegree, Each(_crossings.InDegree), null);
        Part("criticality", false, _weights.Criticality, Critical(), null);
        Part("untested", false, _weights.Untested, null, "tests of its use cases: measure coverage in phase baseline");
        Part("contested", false, _weights.Contested, Each(s => _subject.Services[s].Contested), null);

        int?[] Each(Func<int, int> of) => [.. Enumerable.Range(0, count).Select(s => (int?)of(s))];
    }

    private void Part(string part, bool isValue, int weight, int?[]? counts, string? wouldTell)
    {
        _parts.Add((part, isValue, weight, counts ?? new int?[_subject.Services.Length]));
        if (counts is null)
        {
            _notKnown.Add(wouldTell!);
        }
    }

    private int?[]? Changes()
    {
        if (_subject.History is not { Commits.IsEmpty: false } history)
        {
            return null;
        }

        var services = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        foreach (var type in _subject.Code.Types.Where(t => _subject.ServiceOfType[t.Id] != MigrationSubject.None))
        {
            var path = _subject.Code.Files[type.Place.File].Path;
            (services.TryGetValue(path, out var of) ? of : services[path] = []).Add(_subject.ServiceOfType[type.Id]);
        }

        var newest = history.Commits.Max(c => c.When);
        var counts = new int?[_subject.Services.Length];
        Array.Fill(counts, 0);
        foreach (var commit in history.Commits.Where(c => newest - c.When <= Recent))
        {
            foreach (var service in commit.Files.SelectMany(f => services.GetValueOrDefault(history.Files[f].Path) ?? []).Distinct())
            {
                counts[service]++;
            }
        }

        return counts;
    }

    /// <summary>In thousandths of all requests, else of all entry points.</summary>
    private int?[] Critical()
    {
        var counts = new long[_subject.Services.Length];
        var seen = _subject.Traffic is { Matched: > 0 } traffic
            ? traffic.UseCases.Select(u => (Entry: _subject.Code.UseCases[u.UseCase].EntryPoint, u.Requests))
            : _subject.Code.EntryPoints.Where(e => e.Kind != EntryPointKind.Program).Select(e => (Entry: e.Id, Requests: 1L));
        long all = 0;
        foreach (var (entry, requests) in seen)
        {
            all += requests;
            if (_subject.ServiceOfType[_subject.Code.EntryPoints[entry].Type] is var service and not MigrationSubject.None)
            {
                counts[service] += requests;
            }
        }

        return [.. counts.Select(c => (int?)(all == 0 ? 0 : c * 1000 / all))];
    }

    private OrderFigures Figures(int service)
    {
        var parts = new List<OrderPart>();
        var (value, risk, isKnown) = (0L, 100L, false);
        foreach (var (part, isValue, weight, counts) in _parts)
        {
            var most = counts.Max() ?? 0;
            int? points = counts[service] is { } count ? most == 0 ? 0 : (int)((long)weight * 100 * count / most) : null;
            parts.Add(new OrderPart { Part = part, Of = isValue ? "value" : "risk", Count = counts[service], Points = points });
            isKnown |= isValue && points is not null;
            value += isValue ? points ?? 0 : 0;
            risk += isValue ? 0 : points ?? 0;
        }

        value = isKnown ? value : 100;
        return new OrderFigures { Score = (int)(1000 * value / risk), Value = (int)value, Risk = (int)risk, Parts = [.. parts] };
    }

    /// <summary>For each service those whose queries join on its data.</summary>
    private HashSet<int>[] Needs(out Dictionary<(int Of, int On), int> left)
    {
        var needs = _subject.Services.Select(_ => new HashSet<int>()).ToArray();
        left = [];
        var joins = _crossings.Joins
            .SelectMany(j => new[] { (Of: j.Left, On: j.By), (Of: j.Right, On: j.By) })
            .Where(n => n.Of != MigrationSubject.None && n.On != MigrationSubject.None && n.Of != n.On)
            .GroupBy(n => n).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Of).ThenBy(g => g.Key.On);
        foreach (var join in joins)
        {
            if (Reaches(needs, join.Key.On, join.Key.Of))
            {
                left[join.Key] = join.Count();
            }
            else
            {
                needs[join.Key.Of].Add(join.Key.On);
            }
        }

        return needs;
    }

    private static bool Reaches(HashSet<int>[] needs, int from, int to)
    {
        var (seen, next) = (new HashSet<int>(), new Stack<int>([from]));
        while (next.TryPop(out var at))
        {
            if (at == to)
            {
                return true;
            }

            if (seen.Add(at))
            {
                foreach (var need in needs[at])
                {
                    next.Push(need);
                }
            }
        }

        return false;
    }

    private (ImmutableArray<int>, ImmutableArray<ImmutableArray<string>>) Place(OrderFigures[] figures, HashSet<int>[] needs, Dictionary<(int Of, int On), int> cut)
    {
        var count = figures.Length;
        var reasons = Enumerable.Range(0, count).Select(_ => new List<string>()).ToArray();
        foreach (var ((of, on), joins) in cut.OrderBy(c => c.Key))
        {
            reasons[of].Add($"{_subject.NameOf(on)} joins on its data in {Words.Count(joins, "place")}, which form a circle with others: they are replaced before it leaves");
        }

        var ranked = Enumerable.Range(0, count).OrderByDescending(s => figures[s].Score).ThenBy(s => figures[s].Risk).ThenBy(s => _subject.Services[s].Name, StringComparer.Ordinal).ToList();
        var degrees = Enumerable.Range(0, count).Select(_crossings.InDegree).ToArray();
        var (placed, order) = (new HashSet<int>(), new List<int>());
        while (order.Count < count)
        {
            var ready = ranked.Where(s => !placed.Contains(s) && needs[s].IsSubsetOf(placed)).ToArray();

            // The first one teaches how it is done: never what everything leans on.
            var next = order.Count > 0 ? ready[0] : ready.FirstOrDefault(s => NotFirst(s) is null, ready[0]);
            if (order.Count == 0)
            {
                foreach (var passed in ready.TakeWhile(s => s != next))
                {
                    reasons[passed].Add($"not first: {NotFirst(passed)}");
                }
            }

            order.Add(next);
            placed.Add(next);
        }

        foreach (var service in order.Where(s => needs[s].Count > 0))
        {
            var waits = ranked.IndexOf(service) < order.IndexOf(service);
            reasons[service].Add($"{(waits ? "later than its score, " : "")}after {Words.List(needs[service].Order().Select(_subject.NameOf))}, whose queries join on its data");
        }

        return ([.. order], [.. reasons.Select(r => r.ToImmutableArray())]);

        string? NotFirst(int service) =>
            _subject.Services[service].Name.Split('-').FirstOrDefault(w => IdentityWords.Contains(w)) is { } word ? $"by its name ({word}) it says who somebody is, and all others ask it"
            : count > 2 && degrees[service] > 1 && degrees[service] == degrees.Max() ? $"{Words.Count(degrees[service], "other service")} depend on it, more than on any other"
            : null;
    }
}
