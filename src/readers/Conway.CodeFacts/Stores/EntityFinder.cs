using Conway.CodeFacts.Declared;

namespace Conway.CodeFacts.Stores;

/// <summary>Which types are kept in stores, from what all files say of sets, mappings, attributes, bases and navigations.</summary>
internal sealed class EntityFinder
{
    private readonly TypeTable _types;
    private readonly TypeTree _tree;
    private readonly StoreFacts[] _facts;
    private readonly ILookup<int, PropertyFact> _properties;
    private readonly SortedDictionary<int, EntityDraft> _entities = [];
    private readonly HashSet<int> _ignored = [];
    private readonly HashSet<int> _keyed = [];
    private readonly HashSet<(int Type, string Property)> _plain = [];
    private readonly SortedDictionary<int, ContextFact> _contexts = [];

    public EntityFinder(TypeTable types, TypeTree tree, StoreFacts[] facts, IReadOnlyList<SnapshotTable> snapshots, IReadOnlyList<HbmTable> mapped)
    {
        (_types, _tree, _facts) = (types, tree, facts);
        _properties = facts.SelectMany(f => f.Properties).ToLookup(p => p.Type);
        foreach (var context in facts.SelectMany(f => f.Contexts))
        {
            _contexts.TryAdd(context.Type, context);
        }

        Exclude();
        Sets();
        Map();
        Snapshots(snapshots);
        Mapped(mapped);
        Follow();
        Inherit();
    }

    /// <summary>By type.</summary>
    public IReadOnlyDictionary<int, EntityDraft> Entities => _entities;

    /// <summary>By type.</summary>
    public IReadOnlyDictionary<int, ContextFact> Contexts => _contexts;

    /// <summary>Types that are stored as a part of what has them, without being entities.</summary>
    public HashSet<int> Values { get; } = [];

    /// <summary>Classes that say how an entity is stored.</summary>
    public HashSet<int> Configurations { get; } = [];

    /// <summary>Navigations of an entity: its own properties and those of bases that are no entities themselves.</summary>
    public IEnumerable<PropertyFact> NavigationsOf(int type) =>
        _tree.Up(type).Where(t => t == type || !_entities.ContainsKey(t)).SelectMany(t => _properties[t])
            .Where(p => !p.IsField && !p.IsIgnored && !_plain.Contains((p.Type, p.Name)) && !_plain.Contains((type, p.Name)));

    /// <summary>Everything of the codebase that a type derives from.</summary>
    public IEnumerable<int> BasesOf(int type) => _tree.Up(type).Skip(1);

    private IEnumerable<MappingFact> Mappings => _facts.SelectMany(f => f.Mappings);

    private void Exclude()
    {
        foreach (var mapping in Mappings)
        {
            switch (mapping.Kind)
            {
                case MappingKind.Ignore when mapping.Text is { } property:
                    _plain.Add((mapping.Entity, property));
                    break;
                case MappingKind.Ignore:
                    _ignored.Add(mapping.Entity);
                    break;
                case MappingKind.Value:
                    Values.Add(mapping.Entity);
                    break;
                case MappingKind.Key:
                    _keyed.Add(mapping.Entity);
                    break;
                case MappingKind.Configuration:
                    Configurations.Add(mapping.Other);
                    break;
            }
        }
    }

    private EntityDraft Draft(int type, CodePlace place, StoreAccess access)
    {
        if (!_entities.TryGetValue(type, out var draft))
        {
            _entities.Add(type, draft = new(type, place));
        }

        draft.Found |= access;
        return draft;
    }

    private bool MayBe(int type) =>
        !_ignored.Contains(type) && !Values.Contains(type) && _types.Types[type] is { Kind: CodeTypeKind.Class or CodeTypeKind.Record, IsStatic: false };

    private void Sets()
    {
        foreach (var set in _facts.SelectMany(f => f.Sets).Where(s => MayBe(s.Entity)))
        {
            var draft = Draft(set.Entity, set.Place, set.Access);
            draft.Contexts.UnionWith(ContextsOf(set.Owner));
            if (set.Access == StoreAccess.Mongo)
            {
                draft.Collection ??= set.Table;
            }
            else
            {
                draft.Set ??= set.Table;
            }

            draft.Kind = set.Access == StoreAccess.Mongo && draft.Table is null ? StoreTableKind.Collection : draft.Kind;
        }
    }

    /// <summary>A context itself; of an interface or a base the contexts that are one.</summary>
    private IEnumerable<int> ContextsOf(int owner)
    {
        var all = _tree.Down(owner).Where(_contexts.ContainsKey).ToArray();
        var whole = all.Where(t => !_types.Types[t].IsAbstract).ToArray();
        return whole.Length > 0 ? whole : all;
    }

    /// <summary>The contexts that a mapping belongs to: the one it stands in, those that apply its class, else those of its project, else the only one.</summary>
    private IEnumerable<int> ContextsOfMapping(MappingFact mapping)
    {
        if (ContextsOf(mapping.In).ToArray() is { Length: > 0 } own)
        {
            return own;
        }

        var one = Mappings.Where(m => m.Kind == MappingKind.ApplyOne && m.Other == mapping.In).SelectMany(m => ContextsOf(m.In)).Distinct().ToArray();
        if (one.Length > 0)
        {
            return one;
        }

        var project = _types.Types[mapping.In].Project;
        var scans = Mappings.Where(m => m.Kind == MappingKind.ApplyAll && m.Other != Codebase.None && _types.Types[m.Other].Project == project).SelectMany(m => ContextsOf(m.In)).Distinct().ToArray();
        if (scans.Length == 1)
        {
            return scans;
        }

        var near = (scans.Length > 0 ? scans : [.. _contexts.Keys.Where(c => _types.Types[c].Project == project && !_types.Types[c].IsAbstract)]).ToArray();
        if (near.Length > 1)
        {
            // Several contexts in one project: the one whose namespace has most in common with the mapping's.
            var best = near.Max(c => Common(_types.Types[c].Namespace, _types.Types[mapping.In].Namespace));
            return near.Where(c => Common(_types.Types[c].Namespace, _types.Types[mapping.In].Namespace) == best);
        }

        return near.Length == 1 ? near : _contexts.Count == 1 ? _contexts.Keys : [];
    }

    private static int Common(string a, string b) => a.Split('.').Zip(b.Split('.')).TakeWhile(p => p.First == p.Second).Count();

    private void Map()
    {
        var (contexts, named) = (new Dictionary<int, int[]>(), new Dictionary<int, int[]>());
        foreach (var mapping in Mappings.Where(m => m.Entity != Codebase.None))
        {
            switch (mapping.Kind)
            {
                case MappingKind.OwnsOne or MappingKind.OwnsMany:
                    // A record or struct may be owned as well.
                    var owned = Draft(mapping.Other, mapping.Place, StoreAccess.EfCore);
                    owned.Owners.Add(mapping.Entity);
                    if (MayBe(mapping.Entity))
                    {
                        Draft(mapping.Entity, mapping.Place, StoreAccess.EfCore);
                    }

                    continue;
                case MappingKind.Value or MappingKind.Ignore or MappingKind.Key or MappingKind.ForeignKey:
                    continue;
                case MappingKind.TableAttribute when _types.Types[mapping.Entity].IsAbstract && !_entities.ContainsKey(mapping.Entity):
                    continue;
            }

            if (!MayBe(mapping.Entity))
            {
                continue;
            }

            var known = contexts.TryGetValue(mapping.In, out var found) ? found : contexts[mapping.In] = [.. ContextsOfMapping(mapping)];
            var access = known.Length > 0 && known.All(c => _contexts[c].Access == StoreAccess.Ef6) ? StoreAccess.Ef6 : mapping.Access;
            var draft = Draft(mapping.Entity, mapping.Place, mapping.Kind == MappingKind.TableAttribute ? StoreAccess.None : access);
            if (mapping.Kind != MappingKind.TableAttribute)
            {
                draft.Contexts.UnionWith(known);
            }

            switch (mapping.Kind)
            {
                case MappingKind.Table or MappingKind.View or MappingKind.Collection when !draft.IsNamedLast:
                    var kind = mapping.Kind == MappingKind.View ? StoreTableKind.View : mapping.Kind == MappingKind.Collection ? StoreTableKind.Collection : StoreTableKind.Table;
                    if (draft is { NamedBy: TableNameSource.Mapping, Table: { } table } && (table, draft.Schema) != (mapping.Text, mapping.Schema) && known.Length > 0 && !known.Any(named[draft.Type].Contains))
                    {
                        draft.Elsewhere.Add(new(mapping.Text!, mapping.Schema, kind, known, mapping.Place));
                    }
                    else
                    {
                        draft.Name(mapping.Text!, mapping.Schema, kind, TableNameSource.Mapping, mapping.Place);
                        named.TryAdd(draft.Type, known);
                    }

                    break;
                case MappingKind.LastTable:
                    (draft.Table, draft.Schema, draft.NamedBy, draft.TablePlace, draft.IsNamedLast) = (mapping.Text, null, TableNameSource.Convention, mapping.Place, true);
                    break;
                case MappingKind.TableAttribute:
                    draft.Name(mapping.Text!, mapping.Schema, StoreTableKind.Table, TableNameSource.Attribute, mapping.Place);
                    break;
                case MappingKind.OwnTables:
                    draft.HasOwnTables = true;
                    break;
                case MappingKind.Reference or MappingKind.Many or MappingKind.ManyToMany when MayBe(mapping.Other):
                    Draft(mapping.Other, mapping.Place, access).Contexts.UnionWith(known);
                    break;
            }
        }
    }

    private void Snapshots(IReadOnlyList<SnapshotTable> snapshots)
    {
        var byName = _types.Types.ToLookup(t => t.FullName.Replace('+', '.'), t => t.Id, StringComparer.Ordinal);
        foreach (var snapshot in snapshots)
        {
            var ids = byName[snapshot.Type].Where(MayBe).ToArray();
            if (ids.Length == 1)
            {
                Draft(ids[0], snapshot.Place, StoreAccess.EfCore).Name(snapshot.Table, snapshot.Schema, StoreTableKind.Table, TableNameSource.Snapshot, snapshot.Place);
            }
        }
    }

    /// <summary>Classes that are mapped in XML.</summary>
    private void Mapped(IReadOnlyList<HbmTable> mapped)
    {
        var byName = mapped.Count == 0 ? null : _types.Types.ToLookup(t => t.FullName.Replace('+', '.'), t => t, StringComparer.Ordinal);
        foreach (var table in mapped)
        {
            if (byName![table.Type].Where(t => MayBe(t.Id)).ToArray() is [var type])
            {
                var draft = Draft(type.Id, type.Place, StoreAccess.NHibernate);
                if (!table.IsWithin || table.Table is not null)
                {
                    draft.Name(table.Table ?? type.Name, table.Schema, StoreTableKind.Table, TableNameSource.Mapping, type.Place);
                }
            }
        }
    }

    /// <summary>What can be reached from an entity by its properties is an entity as well, if it has a key.</summary>
    private void Follow()
    {
        var left = new Queue<int>(_entities.Keys.ToArray());
        while (left.TryDequeue(out var type))
        {
            var from = _entities[type];
            if ((from.Found & (StoreAccess.EfCore | StoreAccess.Ef6)) == 0)
            {
                continue;
            }

            foreach (var property in NavigationsOf(type))
            {
                if (_entities.TryGetValue(property.Of, out var known))
                {
                    known.Found |= known.Found == StoreAccess.None ? from.Found : StoreAccess.None;
                    if (known.Contexts.Count == 0 && from.Contexts.Count > 0)
                    {
                        known.Contexts.UnionWith(from.Contexts);
                        left.Enqueue(property.Of);
                    }
                }
                else if (MayBe(property.Of) && !_types.Types[property.Of].IsAbstract && HasKey(property.Of))
                {
                    Draft(property.Of, property.Place, from.Found).Contexts.UnionWith(from.Contexts);
                    left.Enqueue(property.Of);
                }
            }

            foreach (var owned in _entities.Values.Where(e => e.Owners.Contains(type) && e.Contexts.Count == 0 && from.Contexts.Count > 0))
            {
                owned.Contexts.UnionWith(from.Contexts);
                left.Enqueue(owned.Type);
            }
        }
    }

    private bool HasKey(int type) =>
        _keyed.Contains(type)
        || _tree.Up(type).Any(t => _types.Types[t] is var declared
            && Enumerable.Range(declared.FirstMember, declared.MemberCount).Any(m => _types.Members[m] is { Kind: CodeMemberKind.Property, IsStatic: false, Name: var name }
                && (name.Equals("Id", StringComparison.OrdinalIgnoreCase) || name == _types.Types[type].Name + "Id")))
        || _tree.Outside(type).Any(b => b.Name.Contains("Entity", StringComparison.Ordinal) || b.Name.Contains("AggregateRoot", StringComparison.Ordinal));

    private void Inherit()
    {
        foreach (var derived in Mappings.Where(m => m.Kind == MappingKind.Derived && MayBe(m.Entity)))
        {
            Draft(derived.Entity, derived.Place, StoreAccess.EfCore);
        }

        // A base that is only there to be derived from is an entity when a set or a mapping names it.
        foreach (var entity in _entities.Values)
        {
            var above = _tree.Up(entity.Type).Skip(1).Where(t => _entities.ContainsKey(t) && _types.Types[t].Kind != CodeTypeKind.Interface).ToArray();
            if (above.Length > 0 && entity.Owners.Count == 0 && entity.Found != StoreAccess.Mongo) // documents of a class have their own collection
            {
                // The topmost leads the hierarchy.
                var root = above[^1];
                var basis = _entities[root];
                entity.Base = basis.HasOwnTables || (entity.Table is not null && Differs(entity, basis)) ? Codebase.None : root;
                entity.Contexts.UnionWith(entity.Contexts.Count == 0 ? basis.Contexts : []);
            }
        }
    }

    private static bool Differs(EntityDraft entity, EntityDraft basis) => !string.Equals(entity.Table, basis.Table ?? basis.Set, StringComparison.OrdinalIgnoreCase);
}
