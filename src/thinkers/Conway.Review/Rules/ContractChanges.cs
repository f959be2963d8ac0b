namespace Conway.Review.Rules;

/// <summary>What the contracts of APIs and the schemas of events promise, compared item by item.</summary>
internal static class ContractChanges
{
    // More items than this say the same again.
    private const int ItemsMax = 5;

    public static IEnumerable<ArchitectureChange> OfApis(ReviewSubject subject)
    {
        foreach (var (name, before, after) in subject.Kept)
        {
            foreach (var (key, was, now) in new[] { ("rest", before.Api.Rest, after.Api.Rest), ("grpc", before.Api.Grpc, after.Api.Grpc) })
            {
                if (was is null || now is null || Compare(subject, was, now) is not { } found)
                {
                    continue;
                }

                var path = $"services.{name}.api.{key}";
                var callers = subject.Base.Services.Where(s => s.Value.Calls.ContainsKey(name)).Select(s => s.Key).ToArray();
                if (found.Removed.Count + found.Changed.Count > 0)
                {
                    yield return subject.Change(
                        ChangeCatalog.ApiBroken, $"{path} operations", $"The API of '{name}' breaks: {Says(found)}{(callers.Length > 0 ? $"; {Shown.Names(callers)} {(callers.Length == 1 ? "calls" : "call")} it" : "")}.", path, path,
                        [subject.OwnerOf(name), .. callers.Select(subject.OwnerOf)]) with
                    { Values = Values(found) };
                }
                else if (found.Added.Count > 0)
                {
                    yield return subject.Change(ChangeCatalog.ApiExtended, $"{path} operations", $"The API of '{name}' offers more: {List(found.Added)}.", path, path, [subject.OwnerOf(name)]) with { Values = Values(found) };
                }
            }
        }
    }

    public static IEnumerable<ArchitectureChange> OfEvents(ReviewSubject subject)
    {
        foreach (var (service, before, after) in subject.Kept)
        {
            foreach (var name in after.Publishes.Keys.Where(before.Publishes.ContainsKey).Order(StringComparer.Ordinal))
            {
                if (before.Publishes[name].Schema is not { } was || after.Publishes[name].Schema is not { } now || Compare(subject, was, now) is not { } found)
                {
                    continue;
                }

                var path = $"services.{service}.publishes.{name}.schema";
                yield return subject.Change(
                    ChangeCatalog.EventChanged, $"{path} fields", $"The schema of {name} changed: {Says(found)}.", path, path, EventChanges.Deciders(subject, [service], name)) with
                { Values = Values(found), Weight = found.Removed.Count + found.Changed.Count > 0 ? Conway.Findings.Severity.Error : null };
            }
        }
    }

    private sealed record Difference(IReadOnlyList<string> Removed, IReadOnlyList<string> Changed, IReadOnlyList<string> Added);

    /// <summary>Null when there is nothing to compare, or nothing that differs.</summary>
    private static Difference? Compare(ReviewSubject subject, string was, string now)
    {
        if (subject.BaseState.Contracts?.GetValueOrDefault(was) is not { } before || subject.HeadState.Contracts?.GetValueOrDefault(now) is not { } after)
        {
            return null;
        }

        string[] Where(Func<ContractPromise?, ContractPromise?, bool> which) =>
            [.. before.Items.Keys.Union(after.Items.Keys, StringComparer.Ordinal).Where(i => which(before.Items.GetValueOrDefault(i), after.Items.GetValueOrDefault(i))).Order(StringComparer.Ordinal)];

        // What callers must send breaks them when it is new, and no one when it is gone.
        var found = new Difference(
            WithoutInner(Where((old, fresh) => old is { IsDemanded: false } && fresh is null)),
            Where((old, fresh) => old is null ? fresh!.IsDemanded : fresh is not null && (old.Form != fresh.Form || (fresh.IsDemanded && !old.IsDemanded))),
            WithoutInner(Where((old, fresh) => old is null ? !fresh!.IsDemanded : fresh is null ? old.IsDemanded : old.Form == fresh.Form && old.IsDemanded && !fresh.IsDemanded)));
        return found.Removed.Count + found.Changed.Count + found.Added.Count == 0 ? null : found;
    }

    /// <summary>When a whole operation comes or goes, what it asked for and answered goes without saying.</summary>
    private static string[] WithoutInner(string[] items)
    {
        var all = items.ToHashSet(StringComparer.Ordinal);
        return [.. items.Where(i => !Above(i).Any(all.Contains))];
    }

    // POST /orders answers 201 with total: POST /orders answers 201, POST /orders
    private static IEnumerable<string> Above(string item)
    {
        foreach (var word in new[] { " with ", " as", " answers ", " asks for ", " takes " })
        {
            if (item.IndexOf(word, StringComparison.Ordinal) is > 0 and var at)
            {
                yield return item[..at];
            }
        }
    }

    private static string Says(Difference found) => string.Join("; ", new[]
    {
        found.Removed.Count > 0 ? $"without {List(found.Removed)}" : "",
        found.Changed.Count > 0 ? $"differently {List(found.Changed)}" : "",
        found.Added.Count > 0 ? $"and more: {List(found.Added)}" : "",
    }.Where(p => p.Length > 0));

    private static string List(IReadOnlyList<string> items) =>
        string.Join(", ", items.Take(ItemsMax)) + (items.Count > ItemsMax ? $" and {items.Count - ItemsMax} more" : "");

    private static IReadOnlyList<ChangedValue> Values(Difference found) =>
        [.. found.Removed.Select(i => new ChangedValue(i, "", null)).Concat(found.Changed.Select(i => new ChangedValue(i, "as before", "changed")))
            .Concat(found.Added.Select(i => new ChangedValue(i, null, ""))).Take(ArchitectureChange.EditsMax)];
}
