using System.Globalization;
using Conway.Findings;
using Conway.Model;

namespace Conway.Review.Rules;

/// <summary>Events: who publishes them, who handles them, and what their contract is.</summary>
internal static class EventChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        var (was, now) = (Publishers(subject.Base), Publishers(subject.Head));
        foreach (var name in was.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            foreach (var change in Published(subject, name, was.GetValueOrDefault(name) ?? [], now.GetValueOrDefault(name) ?? []))
            {
                yield return change;
            }
        }

        foreach (var (service, before, after) in subject.Kept)
        {
            foreach (var name in after.Publishes.Keys.Where(before.Publishes.ContainsKey).Order(StringComparer.Ordinal))
            {
                var path = $"services.{service}.publishes.{name}";
                if (subject.TakeAt(path) is { Count: > 0 } taken)
                {
                    yield return subject.Change(ChangeCatalog.EventChanged, $"{name} of '{service}': {Shown.Settings(taken, path)}.", taken, Deciders(subject, [service], name));
                }
            }
        }

        foreach (var change in Consumed(subject))
        {
            yield return change;
        }

        foreach (var change in ContractChanges.OfEvents(subject))
        {
            yield return change;
        }
    }

    /// <summary><c>services.audit.consumes[1]</c></summary>
    public static string ConsumesPath(SystemModel model, string service, string name)
    {
        var index = model.Services.TryGetValue(service, out var found) ? found.Consumes.ToList().IndexOf(name) : -1;
        return index < 0 ? $"services.{service}.consumes" : string.Create(CultureInfo.InvariantCulture, $"services.{service}.consumes[{index}]");
    }

    private static IEnumerable<ArchitectureChange> Published(ReviewSubject subject, string name, IReadOnlyList<string> was, IReadOnlyList<string> now)
    {
        var (lost, won) = (was.Except(now).ToArray(), now.Except(was).ToArray());
        if (lost.Length == 0 && won.Length == 0)
        {
            yield break;
        }

        var taken = subject.Take(d => won.Concat(lost).Any(s => ReviewSubject.IsAt(d.Key, $"services.{s}.publishes.{name}")));
        var consumers = Consumers(subject.Base, name).Union(Consumers(subject.Head, name), StringComparer.Ordinal).ToArray();
        var deciders = Deciders(subject, [.. was, .. now], name);
        var (from, to) = (was.Count > 0 ? $"services.{(lost.Length > 0 ? lost : was)[0]}.publishes.{name}" : null, now.Count > 0 ? $"services.{(won.Length > 0 ? won : now)[0]}.publishes.{name}" : null);
        var handled = consumers.Length == 0 ? "nobody in the model handles it" : $"{Shown.Names(consumers)} {(consumers.Length == 1 ? "handles" : "handle")} it";
        if (now.Count == 0)
        {
            yield return subject.Change(ChangeCatalog.EventRemoved, $"event {name}", $"{name} is no longer published by {Shown.Names(was)}; {handled}.", from, null, deciders, taken) with
            { Weight = consumers.Length == 0 ? Severity.Warning : null };
        }
        else if (was.Count == 0)
        {
            yield return subject.Change(ChangeCatalog.EventAdded, $"event {name}", $"{Shown.Names(now)} publish{(now.Count == 1 ? "es" : "")} {name}, which is new; {handled}.", null, to, deciders, taken);
        }
        else if (lost.Length > 0 && won.Length > 0)
        {
            yield return subject.Change(ChangeCatalog.OwnerMoved, $"event {name}", $"{name} is published by {Shown.Names(now)} now, not by {Shown.Names(lost)}; {handled}.", from, to, deciders, taken);
        }
        else
        {
            yield return subject.Change(ChangeCatalog.EventChanged, $"event {name}", $"{name} is published by {Shown.Names(now)} now; it was by {Shown.Names(was)}. {char.ToUpperInvariant(handled[0])}{handled[1..]}.", from, to, deciders, taken);
        }
    }

    private static IEnumerable<ArchitectureChange> Consumed(ReviewSubject subject)
    {
        foreach (var (service, before, after) in subject.Kept)
        {
            foreach (var name in before.Consumes.Union(after.Consumes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var taken = subject.TakeAt($"services.{service}.consumes{{{name}}}");
                if (taken.Count > 0 && after.Consumes.Contains(name) != before.Consumes.Contains(name))
                {
                    var isNew = after.Consumes.Contains(name);
                    var publishers = Publishers(isNew ? subject.Head : subject.Base).GetValueOrDefault(name) ?? [];
                    yield return subject.Change(
                        isNew ? ChangeCatalog.ConsumerAdded : ChangeCatalog.ConsumerLost, $"'{service}' {(isNew ? "handles" : "no longer handles")} {name} of {Shown.Names(publishers)}.", taken,
                        [subject.OwnerOf(service), .. publishers.Select(subject.OwnerOf)]);
                }
            }
        }

        // A consumer that is gone with its service is told as well: the event stays, and what was done with it does not happen any more.
        foreach (var (service, gone) in subject.Base.Services.Where(s => !subject.Head.Services.ContainsKey(s.Key)).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            foreach (var name in gone.Consumes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                if (Publishers(subject.Head).TryGetValue(name, out var publishers) && Consumers(subject.Head, name).Count == 0)
                {
                    yield return subject.Change(
                        ChangeCatalog.ConsumerLost, $"event {name} without consumer", $"'{service}' is gone, and nobody else handles {name} of {Shown.Names(publishers)}.",
                        ConsumesPath(subject.Base, service, name), null, [subject.OwnerOf(service), .. publishers.Select(subject.OwnerOf)]);
                }
            }
        }
    }

    public static IEnumerable<Decider> Deciders(ReviewSubject subject, IEnumerable<string> publishers, string name) =>
        publishers.Concat(Consumers(subject.Base, name)).Concat(Consumers(subject.Head, name)).Distinct(StringComparer.Ordinal).Select(subject.OwnerOf);

    private static IReadOnlyList<string> Consumers(SystemModel model, string name) =>
        [.. model.Services.Where(s => s.Value.Consumes.Contains(name)).Select(s => s.Key).Order(StringComparer.Ordinal)];

    private static Dictionary<string, IReadOnlyList<string>> Publishers(SystemModel model) =>
        model.Services.SelectMany(s => s.Value.Publishes.Keys.Select(e => (Event: e, Service: s.Key))).GroupBy(e => e.Event, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(e => e.Service).Order(StringComparer.Ordinal)], StringComparer.Ordinal);
}
