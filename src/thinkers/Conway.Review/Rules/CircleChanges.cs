using Conway.Model;

namespace Conway.Review.Rules;

/// <summary>Circles of calls that are closed or opened.</summary>
internal static class CircleChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        var (was, now) = (Circles(subject.BaseWeb.Circles), Circles(subject.HeadWeb.Circles));

        // A circle that only lost or won a member is neither new nor gone: it has grown, which is a new circle, or shrunk, which is none.
        foreach (var circle in now.Where(n => !was.Any(w => n.IsSubsetOf(w))))
        {
            var before = was.FirstOrDefault(w => w.Overlaps(circle));
            var path = CallIn(subject.Head, subject.Base, circle);
            yield return subject.Change(
                ChangeCatalog.CycleCreated, $"circle of {string.Join(", ", circle)}",
                before is null ? $"{Shown.Names(circle)} wait for each other in a circle now." : $"The circle of {Shown.Names(before)} now holds {Shown.Names(circle)}.",
                null, path, [.. circle.Select(subject.OwnerOf), Decider.Architects]) with
            { Figures = [new Figure("services in the circle", "services", before?.Count ?? 0, circle.Count, Text(before), Text(circle))] };
        }

        foreach (var circle in was.Where(w => !now.Any(n => n.Overlaps(w))))
        {
            yield return subject.Change(
                ChangeCatalog.CycleRemoved, $"circle of {string.Join(", ", circle)}", $"{Shown.Names(circle)} no longer wait for each other in a circle.",
                CallIn(subject.Base, subject.Head, circle), null, circle.Select(subject.OwnerOf)) with
            { Figures = [new Figure("services in the circle", "services", circle.Count, 0, Text(circle), Text(null))] };
        }
    }

    private static SortedSet<string>[] Circles(StrongComponents circles) =>
        [.. circles.All.Where(g => g.Count > 1).Select(g => new SortedSet<string>(g, StringComparer.Ordinal)).OrderBy(g => g.Min, StringComparer.Ordinal)];

    /// <summary>A call of the circle that the other state does not have, since that one closes it; else any.</summary>
    private static string CallIn(SystemModel model, SystemModel other, SortedSet<string> circle) =>
        (from caller in circle
         from callee in model.Services[caller].Calls.Keys.Order(StringComparer.Ordinal)
         where circle.Contains(callee) && callee != caller
         orderby other.Services.TryGetValue(caller, out var there) && there.Calls.ContainsKey(callee)
         select $"services.{caller}.calls.{callee}").First();

    private static string Text(IReadOnlyCollection<string>? circle) => circle is null ? "0" : $"{circle.Count}: {string.Join(", ", circle)}";
}
