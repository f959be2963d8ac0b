using Conway.Findings;
using Conway.Model;
using Conway.Review.Graph;

namespace Conway.Review.Rules;

/// <summary>Services that run once and that half of what users do needs; and services that somebody calls and that now run once.</summary>
internal static class SinglePointChanges
{
    public const double ShareMin = 0.5;

    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        foreach (var (name, service) in subject.Head.Services.OrderBy(s => s.Key, StringComparer.Ordinal).Where(s => s.Value.Replicas <= 1))
        {
            var was = subject.Base.Services.GetValueOrDefault(name);
            var (needing, all) = subject.HeadWays.NeedersOf(name);
            var share = all == 0 ? 0 : (double)needing / all;
            var isCalled = subject.Head.Services.Any(s => s.Value.Calls.ContainsKey(name)) || subject.HeadWays.Through(name).Any();
            var isReduced = was is { Replicas: > 1 } && isCalled;
            if (!isReduced && (share < ShareMin || ShareBefore(subject, name) >= ShareMin))
            {
                continue;
            }

            var path = $"services.{name}.replicas";
            yield return subject.Change(
                ChangeCatalog.SinglePoint, $"services.{name}",
                $"'{name}' runs {(service.Replicas == 0 ? "not at all" : "once")}{(isReduced ? $" instead of {was!.Replicas} times" : "")}, and {needing} of {Shown.Count(all, subject.HeadWays.Journeys.Count > 0 ? "journey" : "route")} cannot do without it.",
                was is null ? null : path, path, [subject.OwnerOf(name), Decider.Architects]) with
            {
                Weight = service.Replicas == 0 ? Severity.Error : null,
                Figures = [new Figure($"{(subject.HeadWays.Journeys.Count > 0 ? "journeys" : "routes")} that need '{name}'", "%", Round(ShareBefore(subject, name, anyReplicas: true)), Round(share), Text(subject.BaseWays, name), Text(subject.HeadWays, name))],
            };
        }
    }

    /// <summary>The share before, if it ran once then; it is no news that it does.</summary>
    private static double ShareBefore(ReviewSubject subject, string name, bool anyReplicas = false)
    {
        var (needing, all) = subject.Base.Services.ContainsKey(name) ? subject.BaseWays.NeedersOf(name) : (0, 0);
        return all == 0 || (!anyReplicas && subject.Base.Services[name].Replicas > 1) ? 0 : (double)needing / all;
    }

    private static double Round(double share) => Math.Round(share * 100, 2);

    private static string Text(Ways ways, string name)
    {
        var (needing, all) = ways.NeedersOf(name);
        return $"{needing} of {all}";
    }
}

/// <summary>Looking names up.</summary>
internal static class NameMapLookup
{
    public static T? GetValueOrDefault<T>(this NameMap<T> map, string name)
        where T : class => map.TryGetValue(name, out var value) ? value : null;
}
