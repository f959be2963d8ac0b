using Conway.Model;

namespace Conway.Review.Rules;

/// <summary>Contexts, their language and how they relate; capabilities and teams.</summary>
internal static class ContextChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        foreach (var name in subject.Base.Contexts.Keys.Union(subject.Head.Contexts.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (before, after) = (subject.Base.Contexts.GetValueOrDefault(name), subject.Head.Contexts.GetValueOrDefault(name));
            var path = $"contexts.{name}";
            Decider[] teams = [ReviewSubject.Of((after ?? before)!.Team), Decider.Architects];
            if (before is null || after is null)
            {
                yield return subject.Change(
                    before is null ? ChangeCatalog.ContextAdded : ChangeCatalog.ContextRemoved,
                    $"The context '{name}' is {(before is null ? "new" : "gone")}{((after ?? before)!.Kind is { } kind ? $" ({Leaves.ModelLeaves.Kebab(kind.ToString())})" : "")}.", subject.TakeAt(path), teams);
                continue;
            }

            foreach (var change in Relations(subject, name))
            {
                yield return change;
            }

            if (subject.TakeAt($"{path}.language") is { Count: > 0 } words)
            {
                yield return subject.Change(ChangeCatalog.LanguageChanged, $"The language of '{name}': {Shown.Settings(words, $"{path}.language")}.", words, ReviewSubject.Of(after.Team));
            }

            if (subject.Take(d => ReviewSubject.IsAt(d.Key, path) && !d.Key.EndsWith(".description", StringComparison.Ordinal)) is { Count: > 0 } rest)
            {
                yield return subject.Change(ChangeCatalog.ContextChanged, $"The context '{name}': {Shown.Settings(rest, path)}.", rest, teams);
            }
        }

        foreach (var change in Named(subject, "capabilities", "capability", subject.Base.Capabilities.Keys, subject.Head.Capabilities.Keys, ChangeCatalog.CapabilityChanged, _ => [Decider.Architects])
            .Concat(Named(subject, "teams", "team", subject.Base.Teams.Keys, subject.Head.Teams.Keys, ChangeCatalog.TeamChanged, t => [new Decider(t), Decider.Architects]))
            .Concat(Named(subject, "jobs", "job", subject.Base.Jobs.Keys, subject.Head.Jobs.Keys, ChangeCatalog.JobChanged, j => [subject.OwnerOf((subject.Head.Jobs.GetValueOrDefault(j) ?? subject.Base.Jobs[j]).Service)]))
            .Concat(Named(subject, "journeys", "journey", subject.Base.Journeys.Keys, subject.Head.Journeys.Keys, ChangeCatalog.JourneyChanged, j => Walked(subject, j))))
        {
            yield return change;
        }
    }

    private static IEnumerable<ArchitectureChange> Relations(ReviewSubject subject, string name)
    {
        var path = $"contexts.{name}.upstream";
        foreach (var relation in subject.TakeAt(path).GroupBy(d => d.Key[..(d.Key.IndexOf('}', StringComparison.Ordinal) + 1)], StringComparer.Ordinal))
        {
            var all = relation.ToArray();
            var upstream = relation.Key[(path.Length + 1)..^1].Split(' ')[0];
            ContextPattern? As(SystemModel model) =>
                model.Contexts.GetValueOrDefault(name)?.Upstream.Where(u => u.Context == upstream).Select(u => (ContextPattern?)u.As).FirstOrDefault();
            static string Word(ContextPattern? pattern) => Leaves.ModelLeaves.Kebab(pattern?.ToString() ?? "none");
            var (was, now) = (As(subject.Base), As(subject.Head));
            yield return subject.Change(
                ChangeCatalog.ContextMapChanged,
                was is null ? $"'{name}' is downstream of '{upstream}' now, as {Word(now)}." : now is null ? $"'{name}' is no longer downstream of '{upstream}'; it was, as {Word(was)}." : $"'{name}' is downstream of '{upstream}' as {Word(now)} now, not as {Word(was)}.",
                all, ServiceChanges.TeamOf(subject.Head, name), ServiceChanges.TeamOf(subject.Head, upstream), Decider.Architects);
        }
    }

    /// <summary>Things whose values need no rule each: one change for what came, went, or differs.</summary>
    private static IEnumerable<ArchitectureChange> Named(
        ReviewSubject subject, string collection, string noun, IEnumerable<string> was, IEnumerable<string> now, ChangeClass kind, Func<string, IEnumerable<Decider>> deciders)
    {
        var (before, after) = (was.ToHashSet(StringComparer.Ordinal), now.ToHashSet(StringComparer.Ordinal));
        foreach (var name in before.Union(after).Order(StringComparer.Ordinal))
        {
            var path = $"{collection}.{name}";
            if (before.Contains(name) && after.Contains(name))
            {
                if (subject.Take(d => ReviewSubject.IsAt(d.Key, path) && !d.Pattern.EndsWith("s.*.description", StringComparison.Ordinal)) is { Count: > 0 } taken)
                {
                    yield return subject.Change(kind, $"The {noun} '{name}': {Shown.Settings(taken, path)}.", taken, deciders(name));
                }
            }
            else
            {
                yield return subject.Change(kind, $"The {noun} '{name}' is {(before.Contains(name) ? "gone" : "new")}.", subject.TakeAt(path), deciders(name));
            }
        }
    }

    private static IEnumerable<Decider> Walked(ReviewSubject subject, string journey)
    {
        var services = new[] { subject.BaseWays, subject.HeadWays }.SelectMany(w => w.Find($"journey '{journey}'")?.Entries ?? []).ToArray();
        return services.Length == 0 ? [Decider.Architects] : services.Select(subject.OwnerOf);
    }
}
