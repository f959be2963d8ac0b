using Conway.Model;
using Conway.Review.Leaves;

namespace Conway.Review.Rules;

/// <summary>The ways in from outside: what is reachable, who answers, and under which limits.</summary>
internal static class RouteChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        var (was, now) = (Routes(subject.Base), Routes(subject.Head));
        foreach (var key in was.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var taken = subject.TakeAt($"gateway.routes{{{key}}}");
            if (taken.Count == 0)
            {
                continue;
            }

            var (before, after) = (was.GetValueOrDefault(key), now.GetValueOrDefault(key));
            if (before is null || after is null)
            {
                yield return before is null ? Added(subject, key, after!, taken) : Removed(subject, key, before, taken);
                continue;
            }

            foreach (var change in Changed(subject, key, before, after, taken))
            {
                yield return change;
            }
        }
    }

    private static ArchitectureChange Added(ReviewSubject subject, string key, Route route, IReadOnlyList<LeafDifference> taken)
    {
        var guards = (route.Auth, route.Limit) switch
        {
            (null, null) => "; anybody may call it, as often as he likes",
            (null, _) => "; anybody may call it",
            (_, null) => "; as often as he likes",
            _ => "",
        };
        return subject.Change(ChangeCatalog.Exposed, $"The route {key} leads from outside to '{route.To}'{guards}.", taken, subject.OwnerOf(route.To), Decider.Architects);
    }

    private static ArchitectureChange Removed(ReviewSubject subject, string key, Route route, IReadOnlyList<LeafDifference> taken)
    {
        var isClosed = !subject.Head.Gateway.Routes.Any(r => r.To == route.To);
        return subject.Change(
            ChangeCatalog.RouteRemoved, $"The route {key} to '{route.To}' is gone{(isClosed && subject.Head.Services.ContainsKey(route.To) ? $"; nothing leads to '{route.To}' from outside any more" : "")}.",
            taken, subject.OwnerOf(route.To), Decider.Architects);
    }

    private static IEnumerable<ArchitectureChange> Changed(ReviewSubject subject, string key, Route before, Route after, IReadOnlyList<LeafDifference> taken)
    {
        var path = $"gateway.routes{{{key}}}";
        var owner = subject.OwnerOf(after.To);
        LeafDifference[] Part(string name) => [.. taken.Where(t => ReviewSubject.IsAt(t.Key, $"{path}.{name}"))];
        if (Part("auth") is { Length: > 0 } auth)
        {
            var looser = Looser(before.Auth, after.Auth);
            yield return Policy(subject, looser, $"The route {key}: {(after.Auth is null ? "anybody may call it now" : before.Auth is null ? $"only {Scopes(after.Auth)} may call it now" : $"the scopes are {Scopes(after.Auth)} now, not {Scopes(before.Auth)}")}.", auth, owner);
        }

        if (Part("limit") is { Length: > 0 } limit)
        {
            var looser = after.Limit is null || (before.Limit is not null && after.Limit.Rate > before.Limit.Rate);
            yield return Policy(subject, looser, $"The route {key}: {(after.Limit is null ? "nothing limits it now" : before.Limit is null ? $"limited to {after.Limit.Rate} per {after.Limit.Per} now" : $"limited to {after.Limit.Rate} per {after.Limit.Per}, before to {before.Limit.Rate} per {before.Limit.Per}")}.", limit, owner);
        }

        LeafDifference[] times = [.. Part("timeout"), .. Part("retries")];
        var loose = times.Where(t => t.Key.EndsWith(".retries", StringComparison.Ordinal) ? after.Retries > before.Retries : (after.Timeout ?? TimeSpan.MaxValue) > (before.Timeout ?? TimeSpan.MaxValue)).ToArray();
        if (loose.Length > 0)
        {
            yield return subject.Change(ChangeCatalog.ResilienceLoosened, $"The route {key}: {Shown.Settings(loose, path)}.", loose, owner, Decider.Architects);
        }

        if (times.Except(loose).ToArray() is { Length: > 0 } tight)
        {
            yield return subject.Change(ChangeCatalog.ResilienceTightened, $"The route {key}: {Shown.Settings(tight, path)}.", tight, owner);
        }

        if (taken.Except(times).Where(t => !ReviewSubject.IsAt(t.Key, $"{path}.auth") && !ReviewSubject.IsAt(t.Key, $"{path}.limit")).ToArray() is { Length: > 0 } rest)
        {
            yield return subject.Change(
                ChangeCatalog.RouteChanged, $"The route {key}: {(before.To != after.To ? $"'{after.To}' answers now, not '{before.To}'" : Shown.Settings(rest, path))}.", rest,
                owner, subject.OwnerOf(before.To), Decider.Architects);
        }
    }

    private static ArchitectureChange Policy(ReviewSubject subject, bool looser, string message, IReadOnlyList<LeafDifference> taken, Decider owner) =>
        subject.Change(looser ? ChangeCatalog.PolicyLoosened : ChangeCatalog.PolicyTightened, message, taken, owner, Decider.Architects);

    // Each scope is one more that a token must hold. Other scopes, none of them fewer, count as looser: somebody else may come in.
    private static bool Looser(RouteAuth? before, RouteAuth? after) =>
        after is null || (before is not null && before.Scopes.Except(after.Scopes).Any());

    private static string Scopes(RouteAuth auth) => auth.Scopes.Count == 0 ? "whoever has a token" : string.Join(", ", auth.Scopes.Order(StringComparer.Ordinal));

    private static Dictionary<string, Route> Routes(SystemModel model)
    {
        var found = new Dictionary<string, Route>(StringComparer.Ordinal);
        foreach (var group in model.Gateway.Routes.GroupBy(ListIdentity.OfRoute, StringComparer.Ordinal))
        {
            foreach (var (index, route) in group.Index())
            {
                found[index == 0 ? group.Key : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{group.Key} #{index + 1}")] = route;
            }
        }

        return found;
    }
}
