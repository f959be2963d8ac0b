using Conway.Model;
using Conway.Review.Leaves;

namespace Conway.Review.Rules;

/// <summary>Stores: whose they are, what kind, what is in them, and who else touches them.</summary>
internal static class StoreChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        var (was, now) = (Owners(subject.Base), Owners(subject.Head));
        foreach (var store in was.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            foreach (var change in Owned(subject, store, was.GetValueOrDefault(store) ?? [], now.GetValueOrDefault(store) ?? []))
            {
                yield return change;
            }
        }

        foreach (var change in Tables(subject))
        {
            yield return change;
        }

        foreach (var (name, before, after) in subject.Kept)
        {
            foreach (var store in after.Owns.Keys.Where(before.Owns.ContainsKey).Order(StringComparer.Ordinal))
            {
                foreach (var change in Changed(subject, name, store, before.Owns[store], after.Owns[store]))
                {
                    yield return change;
                }
            }
        }
    }

    private static IEnumerable<ArchitectureChange> Owned(ReviewSubject subject, string store, IReadOnlyList<string> was, IReadOnlyList<string> now)
    {
        var (lost, won) = (was.Except(now).ToArray(), now.Except(was).ToArray());
        if (lost.Length == 0 && won.Length == 0)
        {
            yield break;
        }

        var owners = was.Concat(now).Distinct(StringComparer.Ordinal).Select(subject.OwnerOf).ToArray();
        var isMoved = was.Count == 1 && now.Count == 1;
        var taken = subject.Take(d => won.Concat(lost).Any(s => ReviewSubject.IsAt(d.Key, $"services.{s}.owns.{store}")));
        var (from, to) = (was.Count > 0 ? $"services.{(lost.Length > 0 ? lost : was)[0]}.owns.{store}" : null, now.Count > 0 ? $"services.{(won.Length > 0 ? won : now)[0]}.owns.{store}" : null);
        if (isMoved)
        {
            yield return subject.Change(ChangeCatalog.OwnerMoved, $"store {store}", $"The store '{store}' belongs to '{now[0]}' now, not to '{was[0]}'.", from, to, owners, taken);
        }
        else if (now.Count > 1 && won.Length > 0)
        {
            yield return subject.Change(ChangeCatalog.StoreShared, $"store {store}", $"The store '{store}' belongs to {Shown.Names(now)} at once.", from, to, [.. owners, Decider.Architects], taken);
        }
        else if (was.Count > 1 && now.Count > 0)
        {
            yield return subject.Change(ChangeCatalog.StoreUnshared, $"store {store}", $"The store '{store}' belongs to {Shown.Names(now)} {(now.Count == 1 ? "alone" : "only")}; it belonged to {Shown.Names(was)}.", from, to, owners, taken);
        }
        else if (now.Count > 0 && subject.Base.Services.ContainsKey(now[0]))
        {
            yield return subject.Change(ChangeCatalog.StoreAdded, $"store {store}", $"'{now[0]}' has a new store, '{store}'{Has(subject.Head, now[0], store)}.", null, to, owners, taken);
        }
        else if (now.Count == 0 && subject.Head.Services.ContainsKey(was[0]))
        {
            yield return subject.Change(ChangeCatalog.StoreRemoved, $"store {store}", $"'{was[0]}' no longer has the store '{store}'{Has(subject.Base, was[0], store)}.", from, null, owners, taken);
        }
    }

    private static string Has(SystemModel model, string service, string store) =>
        model.Services[service].Owns[store].Tables is { Count: > 0 } tables ? $" ({string.Join(", ", tables.Order(StringComparer.Ordinal).Take(6))}{(tables.Count > 6 ? ", …" : "")})" : "";

    /// <summary>Tables that stand in the stores of two services, where they did not before. As CW3101 has it: two at least, since one is chance.</summary>
    private static IEnumerable<ArchitectureChange> Tables(ReviewSubject subject)
    {
        var (was, now) = (Common(subject.Base), Common(subject.Head));
        foreach (var (pair, tables) in now.Where(n => !was.ContainsKey(n.Key)).OrderBy(n => n.Key))
        {
            yield return subject.Change(
                ChangeCatalog.StoreShared, $"tables of {pair.One} and {pair.Other}", $"The tables {Shown.Names(tables.Names)} are in the stores of '{pair.One}' and '{pair.Other}'.",
                null, $"services.{pair.Other}.owns.{tables.Store}.tables", [subject.OwnerOf(pair.One), subject.OwnerOf(pair.Other), Decider.Architects]);
        }

        foreach (var (pair, tables) in was.Where(w => !now.ContainsKey(w.Key)).OrderBy(w => w.Key))
        {
            yield return subject.Change(
                ChangeCatalog.StoreUnshared, $"tables of {pair.One} and {pair.Other}", $"The tables {Shown.Names(tables.Names)} are no longer in the stores of both '{pair.One}' and '{pair.Other}'.",
                $"services.{pair.Other}.owns.{tables.Store}.tables", null, [subject.OwnerOf(pair.One), subject.OwnerOf(pair.Other)]);
        }
    }

    private static Dictionary<(string One, string Other), (string Store, string[] Names)> Common(SystemModel model)
    {
        const int TablesInCommonMin = 2;
        var found = new Dictionary<(string, string), (string, string[])>();
        var byTable = model.Services.SelectMany(s => s.Value.Owns.SelectMany(o => o.Value.Tables.Select(t => (Table: t, Service: s.Key, Store: o.Key))))
            .GroupBy(t => t.Table, StringComparer.Ordinal).Where(g => g.Count() > 1).ToArray();
        var pairs = from table in byTable
                    from one in table
                    from other in table
                    where string.CompareOrdinal(one.Service, other.Service) < 0 && one.Store != other.Store
                    group (table.Key, other.Store) by (one.Service, other.Service);
        foreach (var pair in pairs.Where(p => p.Select(t => t.Key).Distinct(StringComparer.Ordinal).Count() >= TablesInCommonMin))
        {
            found[pair.Key] = (pair.Min(t => t.Store)!, [.. pair.Select(t => t.Key).Distinct(StringComparer.Ordinal)]);
        }

        return found;
    }

    private static IEnumerable<ArchitectureChange> Changed(ReviewSubject subject, string service, string store, Store before, Store after)
    {
        var path = $"services.{service}.owns.{store}";
        var owner = subject.OwnerOf(service);
        var engine = subject.TakeAt($"{path}.engine");
        var (was, now) = (EngineOf(subject.Base, before), EngineOf(subject.Head, after));
        if (engine.Count > 0)
        {
            yield return was == now
                ? subject.Change(ChangeCatalog.RunChanged, $"'{store}' of '{service}' {(after.Engine is null ? "no longer says" : "says")} itself that it is {now}.", engine, owner)
                : subject.Change(ChangeCatalog.StoreKind, $"'{store}' of '{service}' is {now} now; it was {was}.", engine, owner, Decider.Architects);
        }

        var pii = subject.TakeAt($"{path}.pii");
        if (pii.Count > 0)
        {
            yield return subject.Change(ChangeCatalog.Classification, $"'{store}' of '{service}': {Columns(pii)}.", pii, owner, Decider.Architects);
        }

        var tables = subject.TakeAt(path);
        if (tables.Count > 0)
        {
            yield return subject.Change(ChangeCatalog.StoreChanged, $"'{store}' of '{service}': {Shown.Settings(tables, path)}.", tables, owner);
        }
    }

    private static string Columns(IReadOnlyList<LeafDifference> taken) =>
        string.Join("; ", new[] { (Now: true, Says: "now personal data"), (Now: false, Says: "no longer personal data") }
            .Select(g => (g.Says, Columns: taken.Where(t => t.Before is null == g.Now).Select(t => t.Leaf.Key[^2].Text).ToArray()))
            .Where(g => g.Columns.Length > 0).Select(g => $"{string.Join(", ", g.Columns)} {(g.Columns.Length == 1 ? "is" : "are")} {g.Says}"));

    private static string EngineOf(SystemModel model, Store store) =>
        store.Engine is { } engine ? ModelLeaves.Kebab(engine.ToString()) : model.Database ?? "sqlite";

    private static Dictionary<string, IReadOnlyList<string>> Owners(SystemModel model) =>
        model.Services.SelectMany(s => s.Value.Owns.Keys.Select(o => (Store: o, Service: s.Key))).GroupBy(o => o.Store, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(o => o.Service).Order(StringComparer.Ordinal)], StringComparer.Ordinal);
}
