using Conway.Model;

namespace Conway.Review.Rules;

/// <summary>Dependencies that cross a border: between teams, and between contexts off or against the map.</summary>
internal static class DependencyChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        var (was, now) = (Edge.Of(subject.Base), Edge.Of(subject.Head));
        foreach (var change in BetweenTeams(subject, was, now).Concat(BetweenContexts(subject, was, now)))
        {
            yield return change;
        }
    }

    /// <summary>One change for each pair of services that did not depend on each other in that direction.</summary>
    private static IEnumerable<ArchitectureChange> BetweenTeams(ReviewSubject subject, IReadOnlyList<Edge> was, IReadOnlyList<Edge> now)
    {
        var known = was.ToHashSet();
        foreach (var edge in now.Where(n => !known.Contains(n)))
        {
            var (here, there) = (ReviewSubject.OwnerOf(subject.Head, edge.From), ReviewSubject.OwnerOf(subject.Head, edge.To));
            if (here is null || there is null || here == there)
            {
                continue;
            }

            var others = Between(subject.Base, was, here, there);
            yield return subject.Change(
                ChangeCatalog.CrossTeam, edge.Path, $"{edge.Says}: team {here} depends on team {there}{(others == 0 ? " for the first time" : "")}.",
                null, Path(subject, edge), [new Decider(here), new Decider(there)]) with
            { Figures = [Count($"dependencies of team {here} on team {there}", others, Between(subject.Head, now, here, there))] };
        }
    }

    private static int Between(SystemModel model, IEnumerable<Edge> edges, string here, string there) =>
        edges.Count(e => ReviewSubject.OwnerOf(model, e.From) == here && ReviewSubject.OwnerOf(model, e.To) == there);

    private static IEnumerable<ArchitectureChange> BetweenContexts(ReviewSubject subject, IReadOnlyList<Edge> was, IReadOnlyList<Edge> now)
    {
        var known = was.Select(e => (Edge: e, Verdict: Verdict(subject.Base, e))).Where(e => e.Verdict is not null).ToHashSet();
        foreach (var edge in now)
        {
            if (Verdict(subject.Head, edge) is not { } verdict || known.Contains((edge, verdict)))
            {
                continue;
            }

            var (here, there) = (subject.Head.Services[edge.From].Context!, subject.Head.Services[edge.To].Context!);
            var says = verdict.Kind switch
            {
                Crossing.OffTheMap => $"the context '{here}' depends on '{there}', and the context map does not show it",
                Crossing.SeparateWays => $"the contexts '{here}' and '{there}' go separate ways",
                _ => $"'{here}' is upstream of '{there}' on the context map",
            };
            yield return subject.Change(
                verdict.Kind == Crossing.OffTheMap ? ChangeCatalog.OffMap : ChangeCatalog.AgainstMap, edge.Path, $"{edge.Says}, and {says}.",
                was.Contains(edge) ? Path(subject, edge) : null, Path(subject, edge), [subject.OwnerOf(edge.From), subject.OwnerOf(edge.To), Decider.Architects]);
        }
    }

    private enum Crossing
    {
        OffTheMap,
        SeparateWays,
        Upwards,
    }

    /// <summary>What the context map says against a dependency; null when nothing. As CW3302, CW3303 and CW3305 have it.</summary>
    private static (Crossing Kind, string Here, string There)? Verdict(SystemModel model, Edge edge)
    {
        var (here, there) = (ContextOf(model, edge.From), ContextOf(model, edge.To));
        if (here is null || there is null || here == there)
        {
            return null;
        }

        var links = model.Contexts.SelectMany(c => c.Value.Upstream.Where(u => model.Contexts.ContainsKey(u.Context)).Select(u => (Down: c.Key, Up: u.Context, u.As))).ToArray();
        var between = links.Where(l => (l.Down == here && l.Up == there) || (l.Down == there && l.Up == here)).ToArray();
        return links.Length == 0 ? null
            : between.Length == 0 ? (Crossing.OffTheMap, here, there)
            : between.Any(l => l.As == ContextPattern.SeparateWays) ? (Crossing.SeparateWays, here, there)
            : edge.Event is null && between.All(l => l.Down == there && l.As is not (ContextPattern.Partnership or ContextPattern.SharedKernel)) ? (Crossing.Upwards, here, there)
            : null;
    }

    private static string? ContextOf(SystemModel model, string service) =>
        model.Services[service].Context is { } name && model.Contexts.ContainsKey(name) ? name : null;

    /// <summary>Where it stands in the text: an event is an item of a list there.</summary>
    private static string Path(ReviewSubject subject, Edge edge) =>
        edge.Event is null ? edge.Path : EventChanges.ConsumesPath(subject.Head, edge.From, edge.Event);

    private static Figure Count(string name, int was, int now) =>
        new(name, "dependencies", was, now, was.ToString(System.Globalization.CultureInfo.InvariantCulture), now.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
