using Conway.Review.Renames;

namespace Conway.Review.Rules;

/// <summary>What is only called differently.</summary>
internal static class RenameChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        foreach (var (old, now) in subject.Renames.OrderBy(r => r.Value))
        {
            var path = Path(subject, now);
            yield return subject.Change(
                ChangeCatalog.Renamed, $"{now.Kind} {now.Name}", $"{Capital(now.Kind)} '{old.Name}' is called '{now.Name}' now; the rest of it is the same{Follows(now.Kind)}.",
                path, path, Deciders(subject, now)) with
            { Values = [new ChangedValue($"{now.Kind} {now.Name}", old.Name, now.Name)] };
        }

        foreach (var taken in subject.Take(d => d.Pattern == "system"))
        {
            yield return subject.Change(ChangeCatalog.Renamed, $"The system is called '{taken.After?.ValueText}' now, not '{taken.Before?.ValueText}': its telemetry has another namespace.", [taken], Decider.Architects);
        }
    }

    private static string Path(ReviewSubject subject, Named now) => now.Kind switch
    {
        "capability" => $"capabilities.{now.Name}",
        "store" => subject.Head.Services.Where(s => s.Value.Owns.ContainsKey(now.Name)).Select(s => $"services.{s.Key}.owns.{now.Name}").FirstOrDefault("services"),
        "event" => subject.Head.Services.Where(s => s.Value.Publishes.ContainsKey(now.Name)).Select(s => $"services.{s.Key}.publishes.{now.Name}").FirstOrDefault("services"),
        _ => $"{now.Kind}s.{now.Name}",
    };

    private static IEnumerable<Decider> Deciders(ReviewSubject subject, Named now) => now.Kind switch
    {
        "team" => [new Decider(now.Name)],
        "service" => [subject.OwnerOf(now.Name)],
        "store" => subject.Head.Services.Where(s => s.Value.Owns.ContainsKey(now.Name)).Select(s => subject.OwnerOf(s.Key)),
        "event" => subject.Head.Services.Where(s => s.Value.Publishes.ContainsKey(now.Name) || s.Value.Consumes.Contains(now.Name)).Select(s => subject.OwnerOf(s.Key)),
        "context" => [ReviewSubject.Of(subject.Head.Contexts[now.Name].Team)],
        "job" => [subject.OwnerOf(subject.Head.Jobs[now.Name].Service)],
        "saga" => [subject.OwnerOf(subject.Head.Sagas[now.Name].Owner)],
        _ => [Decider.Architects],
    };

    private static string Follows(string kind) => kind switch
    {
        "service" => ", but its host name, its variables and its topic without a name follow",
        "event" => ", but consumers outside of this model know the old name",
        _ => "",
    };

    private static string Capital(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..];
}
