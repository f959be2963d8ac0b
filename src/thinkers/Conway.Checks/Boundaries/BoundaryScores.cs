using Conway.Checks.History;

namespace Conway.Checks.Boundaries;

/// <summary>Scores every service's boundary from what is known.</summary>
/// <remarks>
/// <para><b>cohesion</b>: do its operations work on the same things? The mean over pairs of operations of what both touch over what either touches (tables,
/// stores, callees); needs traces with two operations that touch something.</para>
/// <para><b>coupling</b>: 1 - n / (services - 1), n being the other services that it calls or that call it.</para>
/// <para><b>ownership</b>: the share of its tables that no other service names among its own or, in a run, writes.</para>
/// <para><b>team</b>: 0 without an owner. Else the share of its neighbours (calls and events) that have the same owner, halved towards one, since working with
/// others is no fault: (1 + share) / 2; times the share of the commits of the owner's people, when the history tells whose they are.</para>
/// <para><b>load</b>: how much there is to hold in one's head: 1 up to 20 things (tables, routes, events, callees, operations), falling evenly to 0 at 60.</para>
/// </remarks>
public static class BoundaryScores
{
    private const int LightLoad = 20;
    private const int HeavyLoad = 60;
    private const int CommitsMin = 10;

    /// <summary>All services, in order of declaration.</summary>
    public static IReadOnlyList<BoundaryScore> Of(CheckSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var tables = subject.Model.Services.SelectMany(s => s.Value.Owns.Values.SelectMany(o => o.Tables).Distinct().Select(t => (Table: t, Service: s.Key))).ToLookup(t => t.Table, t => t.Service, StringComparer.Ordinal);
        var touched = subject.Observed is null ? null : Touched(subject);
        return [.. subject.Model.Services.Keys.Select(service => new BoundaryScore(service,
        [
            Cohesion(service, touched),
            Coupling(subject, service),
            Ownership(subject, service, tables),
            Team(subject, service),
            Load(subject, service, touched),
        ]))];
    }

    // For each service and operation, what the requests of it touch.
    private static Dictionary<string, Dictionary<string, HashSet<string>>> Touched(CheckSubject subject)
    {
        var touched = new Dictionary<string, Dictionary<string, HashSet<string>>>(StringComparer.Ordinal);
        foreach (var call in subject.Traffic.Calls)
        {
            if (call.Request is { Operation.Length: > 0 } request)
            {
                var operations = Get(touched, request.Service, static () => new Dictionary<string, HashSet<string>>(StringComparer.Ordinal));
                Get(operations, request.Operation, static () => new HashSet<string>(StringComparer.Ordinal)).Add(call.IsData ? $"{call.Callee}/{call.Operation.Split(' ')[^1]}" : call.Callee);
            }

            if (!call.IsAnswered)
            {
                continue;
            }

            Get(Get(touched, call.Callee, static () => new Dictionary<string, HashSet<string>>(StringComparer.Ordinal)), call.Operation, static () => new HashSet<string>(StringComparer.Ordinal));
        }

        return touched;
    }

    private static BoundaryPart Cohesion(string service, Dictionary<string, Dictionary<string, HashSet<string>>>? touched)
    {
        var operations = touched?.GetValueOrDefault(service)?.Values.Where(t => t.Count > 0).ToArray() ?? [];
        if (operations.Length < 2)
        {
            return new BoundaryPart("cohesion", null, touched is null ? "needs traces" : "fewer than two operations were seen to touch anything");
        }

        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < operations.Length; i++)
        {
            for (var j = i + 1; j < operations.Length; j++)
            {
                sum += (double)operations[i].Count(operations[j].Contains) / operations[i].Union(operations[j]).Count();
                pairs++;
            }
        }

        return new BoundaryPart("cohesion", sum / pairs, $"{operations.Length} operations share {Spoken.Percent(Math.Round(sum / pairs, 2))} of what they touch");
    }

    private static BoundaryPart Coupling(CheckSubject subject, string service)
    {
        var others = subject.Model.Services.Count - 1;
        var neighbours = Neighbours(subject, service).Count;
        return others == 0 ? new BoundaryPart("coupling", null, "there is no other service")
            : new BoundaryPart("coupling", 1 - ((double)neighbours / others), $"{neighbours} of {others} services call it or are called");
    }

    private static HashSet<string> Neighbours(CheckSubject subject, string service) =>
        subject.Calls.From(service).Select(e => e.Callee).Concat(subject.Calls.To(service).Select(e => e.Caller)).Where(n => n != service).ToHashSet(StringComparer.Ordinal);

    private static BoundaryPart Ownership(CheckSubject subject, string service, ILookup<string, string> owners)
    {
        var tables = subject.Model.Services[service].Owns.Values.SelectMany(o => o.Tables).Distinct(StringComparer.Ordinal).ToArray();
        if (tables.Length == 0)
        {
            return new BoundaryPart("ownership", null, "no tables are named");
        }

        var alone = tables.Count(t => owners[t].Distinct().Count() == 1);
        return new BoundaryPart("ownership", (double)alone / tables.Length, $"{alone} of {Spoken.Times(tables.Length, "table")} are its own alone");
    }

    private static BoundaryPart Team(CheckSubject subject, string service)
    {
        if (subject.Model.Teams.Count == 0)
        {
            return new BoundaryPart("team", null, "no team is declared");
        }

        if (subject.OwnerOf(subject.Model.Services[service]) is not { } owner)
        {
            return new BoundaryPart("team", 0, "nobody owns it");
        }

        var neighbours = Neighbours(subject, service);
        neighbours.UnionWith(subject.Events.Where(l => l.Publisher == service).Select(l => l.Consumer).Concat(subject.Events.Where(l => l.Consumer == service).Select(l => l.Publisher)));
        var same = neighbours.Count(n => subject.OwnerOf(subject.Model.Services[n]) == owner);
        var fit = neighbours.Count == 0 ? 1 : (1 + ((double)same / neighbours.Count)) / 2;
        var says = $"{owner} owns it and {same} of {Spoken.Times(neighbours.Count, "neighbour")}";
        if (OwnCommits(subject, service, owner) is not { } own)
        {
            return new BoundaryPart("team", fit, says);
        }

        return new BoundaryPart("team", fit * own, $"{says}; {Spoken.Percent(Math.Round(own, 2))} of the commits are its people's");
    }

    private static double? OwnCommits(CheckSubject subject, string service, string owner)
    {
        if (subject.Git is null)
        {
            return null;
        }

        var teams = subject.History.Commits.Where(c => c.Services.Contains(service)).Select(c => ServiceHistory.TeamOf(subject.History.Git.Authors[c.Commit.Author], subject.Model)).OfType<string>().ToArray();
        return teams.Length < CommitsMin ? null : (double)teams.Count(t => t == owner) / teams.Length;
    }

    private static BoundaryPart Load(CheckSubject subject, string name, Dictionary<string, Dictionary<string, HashSet<string>>>? touched)
    {
        var service = subject.Model.Services[name];
        var things = service.Owns.Values.Sum(o => Math.Max(1, o.Tables.Count))
            + subject.Model.Gateway.Routes.Count(r => r.Answering().Contains(name)) + service.Publishes.Count + service.Consumes.Count + subject.Calls.From(name).Count
            + (touched?.GetValueOrDefault(name)?.Count ?? 0);
        return new BoundaryPart(
            "load", Math.Clamp((double)(HeavyLoad - things) / (HeavyLoad - LightLoad), 0, 1),
            $"{things} tables, routes, events, callees{(touched is null ? "" : " and operations")}");
    }

    private static TValue Get<TValue>(Dictionary<string, TValue> map, string key, Func<TValue> make)
    {
        if (!map.TryGetValue(key, out var value))
        {
            map[key] = value = make();
        }

        return value;
    }
}
