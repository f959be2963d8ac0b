using Conway.Model;
using Conway.Review.Renames;

namespace Conway.Review.Rules;

/// <summary>Services that come, go, are cut in several or put together.</summary>
internal static class ServiceChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        var gone = subject.Base.Services.Where(s => !subject.Head.Services.ContainsKey(s.Key)).OrderBy(s => s.Key, StringComparer.Ordinal).ToArray();
        var fresh = subject.Head.Services.Where(s => !subject.Base.Services.ContainsKey(s.Key)).OrderBy(s => s.Key, StringComparer.Ordinal).ToArray();
        var told = new HashSet<string>(StringComparer.Ordinal);

        // A split: what one had of its own is now in two others, at least one of them new. A merge is the same, read backwards.
        foreach (var (name, service) in gone)
        {
            var heirs = Heirs(service, subject.Head, fresh.Select(f => f.Key));
            if (heirs.Count > 1)
            {
                told.Add(name);
                told.UnionWith(heirs.Where(h => !subject.Base.Services.ContainsKey(h)));
                yield return subject.Change(
                    ChangeCatalog.ServiceSplit, $"services.{name}", $"'{name}' is split into {Shown.Names(heirs)}, which share what it owned and published.",
                    $"services.{name}", $"services.{heirs[0]}", [subject.OwnerOf(name), .. heirs.Select(subject.OwnerOf), Decider.Architects]);
            }
        }

        foreach (var (name, service) in fresh.Where(f => !told.Contains(f.Key)))
        {
            var parts = Heirs(service, subject.Base, gone.Select(g => g.Key).Where(g => !told.Contains(g)));
            if (parts.Count > 1)
            {
                told.Add(name);
                told.UnionWith(parts.Where(p => !subject.Head.Services.ContainsKey(p)));
                yield return subject.Change(
                    ChangeCatalog.ServiceMerged, $"services.{name}", $"{Shown.Names(parts)} are merged into '{name}', which owns and publishes what they did.",
                    $"services.{parts[0]}", $"services.{name}", [subject.OwnerOf(name), .. parts.Select(subject.OwnerOf), Decider.Architects]);
            }
        }

        // One that stays and takes over another is a merge, too; one that gives something away is a split.
        foreach (var (name, service) in gone.Where(g => !told.Contains(g.Key)))
        {
            var heir = Inheritances(service).Any() ? HeirOfAll(service, subject) : null;
            if (heir is not null)
            {
                told.Add(name);
                yield return subject.Change(
                    ChangeCatalog.ServiceMerged, $"services.{heir}", $"'{name}' is merged into '{heir}', which owns and publishes what it did.",
                    $"services.{name}", $"services.{heir}", [subject.OwnerOf(name), subject.OwnerOf(heir), Decider.Architects]);
            }
        }

        foreach (var (name, service) in fresh.Where(f => !told.Contains(f.Key)))
        {
            if (Inheritances(service).Any() && GiverOfAll(service, subject) is { } giver)
            {
                told.Add(name);
                yield return subject.Change(
                    ChangeCatalog.ServiceSplit, $"services.{giver}", $"'{name}' is split off '{giver}': it owns and publishes what was the other's.",
                    $"services.{giver}", $"services.{name}", [subject.OwnerOf(giver), subject.OwnerOf(name), Decider.Architects]);
            }
        }

        foreach (var (name, service) in fresh)
        {
            var taken = subject.TakeAt($"services.{name}");
            if (!told.Contains(name))
            {
                var decider = subject.OwnerOf(name);
                yield return subject.Change(
                    ChangeCatalog.ServiceAdded, $"services.{name}", $"Service '{name}' is new{Has(service)}{(decider.Team is null ? "; nobody owns it" : $"; {decider} owns it")}.",
                    null, $"services.{name}", [decider, Decider.Architects], taken);
            }
        }

        foreach (var (name, service) in gone)
        {
            var taken = subject.TakeAt($"services.{name}");
            if (!told.Contains(name))
            {
                var callers = subject.Base.Services.Where(s => s.Value.Calls.ContainsKey(name)).Select(s => s.Key).ToArray();
                yield return subject.Change(
                    ChangeCatalog.ServiceRemoved, $"services.{name}",
                    $"Service '{name}' is gone{Has(service)}; {(callers.Length == 0 ? "nobody called it" : $"{Shown.Names(callers)} called it")}.",
                    $"services.{name}", null, [subject.OwnerOf(name), .. callers.Where(c => !gone.Any(g => g.Key == c)).Select(subject.OwnerOf), Decider.Architects], taken);
            }
        }

        foreach (var change in Moves(subject))
        {
            yield return change;
        }
    }

    private static IEnumerable<ArchitectureChange> Moves(ReviewSubject subject)
    {
        foreach (var (name, before, after) in subject.Kept.Where(k => k.Before.Context != k.After.Context))
        {
            var taken = subject.TakeAt($"services.{name}.context");
            yield return subject.Change(
                ChangeCatalog.ServiceMoved, $"'{name}' is now in {In(after.Context)}; it was in {In(before.Context)}.", taken,
                [TeamOf(subject.Base, before.Context), TeamOf(subject.Head, after.Context), Decider.Architects]);
        }

        static string In(string? context) => context is null ? "no context" : $"the context '{context}'";
    }

    public static Decider TeamOf(SystemModel model, string? context) =>
        ReviewSubject.Of(context is not null && model.Contexts.TryGetValue(context, out var found) ? found.Team : null);

    /// <summary>What a service has that one can inherit: tables (or else stores) and events.</summary>
    private static IEnumerable<Named> Inheritances(Service service) =>
        service.Owns.SelectMany(o => o.Value.Tables.Count > 0 ? o.Value.Tables.Select(t => new Named("table", t)) : [new Named("store", o.Key)])
            .Concat(service.Publishes.Keys.Select(e => new Named("event", e))).Distinct();

    /// <summary>Those of the candidates among which everything of a service is found again, if there are at least two of them.</summary>
    private static IReadOnlyList<string> Heirs(Service service, SystemModel there, IEnumerable<string> candidates)
    {
        var all = Inheritances(service).ToHashSet();
        var heirs = candidates.Where(c => Inheritances(there.Services[c]).Any(all.Contains)).Order(StringComparer.Ordinal).ToArray();
        return all.Count > 1 && all.IsSubsetOf(heirs.SelectMany(h => Inheritances(there.Services[h]))) ? heirs : [];
    }

    private static string? HeirOfAll(Service gone, ReviewSubject subject) =>
        subject.Kept.Where(k => Inheritances(gone).All(Inheritances(k.After).Contains) && !Inheritances(gone).Any(Inheritances(k.Before).Contains)).Select(k => k.Name).FirstOrDefault();

    private static string? GiverOfAll(Service fresh, ReviewSubject subject) =>
        subject.Kept.Where(k => Inheritances(fresh).All(Inheritances(k.Before).Contains) && !Inheritances(fresh).Any(Inheritances(k.After).Contains)).Select(k => k.Name).FirstOrDefault();

    private static string Has(Service service)
    {
        var parts = new[]
        {
            service.Context is { } context ? $"context '{context}'" : "",
            service.Owns.Count > 0 ? Shown.Count(service.Owns.Count, "store") : "",
            service.Publishes.Count > 0 ? Shown.Count(service.Publishes.Count, "event") : "",
            service.Calls.Count > 0 ? Shown.Count(service.Calls.Count, "call") : "",
        }.Where(p => p.Length > 0).ToArray();
        return parts.Length == 0 ? "" : $" ({string.Join(", ", parts)})";
    }
}
