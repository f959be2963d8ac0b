namespace Conway.Review.Rules;

/// <summary>Services, contexts, stores and events that somebody else looks after now.</summary>
internal static class OwnerChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        foreach (var (name, before, after) in subject.Base.Contexts.Where(c => subject.Head.Contexts.ContainsKey(c.Key)).OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => (c.Key, c.Value.Team, subject.Head.Contexts[c.Key].Team)))
        {
            if (before != after)
            {
                var with = subject.Head.Services.Where(s => s.Value.Team is null && s.Value.Context == name).Select(s => s.Key).ToArray();
                yield return subject.Change(
                    ChangeCatalog.OwnerMoved, $"The context '{name}' {Moved(before, after)}{(with.Length > 0 ? $", and with it {Shown.Names(with)}" : "")}.",
                    subject.TakeAt($"contexts.{name}.team"), Deciders(before, after)) with
                { Weight = after is null ? Findings.Severity.Error : null };
            }
        }

        foreach (var (name, before, after) in subject.Kept)
        {
            var taken = subject.TakeAt($"services.{name}.team");
            var (was, now) = (ReviewSubject.OwnerOf(subject.Base, name), ReviewSubject.OwnerOf(subject.Head, name));
            var isOwn = taken.Count > 0 || before.Context != after.Context;
            if (isOwn && was != now)
            {
                yield return subject.Change(
                    ChangeCatalog.OwnerMoved, $"services.{name}.team", $"'{name}' {Moved(was, now)}.",
                    $"services.{name}.team", $"services.{name}.team", Deciders(was, now), taken) with
                { Weight = now is null ? Findings.Severity.Error : null };
            }
            else if (taken.Count > 0)
            {
                yield return subject.Change(ChangeCatalog.WordsChanged, $"'{name}' says {(after.Team is null ? "no longer " : "")}itself that {subject.OwnerOf(name)} owns it, as its context does.", taken, subject.OwnerOf(name));
            }
        }
    }

    public static string Moved(string? before, string? after) => (before, after) switch
    {
        (null, _) => $"is owned by team {after} now; nobody owned it",
        (_, null) => $"is owned by nobody now; team {before} owned it",
        _ => $"is owned by team {after} now, not by team {before}",
    };

    public static IEnumerable<Decider> Deciders(string? before, string? after)
    {
        IEnumerable<Decider> teams = [.. new[] { before, after }.OfType<string>().Select(t => new Decider(t))];
        return before is null || after is null ? [.. teams, Decider.Architects] : teams;
    }
}
