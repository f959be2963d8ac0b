using System.Collections.Immutable;
using Conway.CodeFacts.Declared;

namespace Conway.CodeFacts.Stores;

/// <summary>Entities with their tables, contexts and relations as values, once it is known which types are entities.</summary>
internal sealed class EntityLinker
{
    private readonly TypeTable _types;
    private readonly EntityFinder _finder;
    private readonly TableIndex _tables;
    private readonly MappingFact[] _mappings;
    private readonly Dictionary<int, TableIndex.Draft> _tableOf = [];
    private readonly List<(EntityDraft Draft, TableIndex.Draft Table, int Owner, TableNameSource NamedBy, IReadOnlyList<int> Contexts)> _rows = [];
    private readonly Dictionary<int, int> _first = [];
    private HashSet<int> _renamed = [];

    public EntityLinker(TypeTable types, EntityFinder finder, StoreFacts[] facts, TableIndex tables)
    {
        (_types, _finder, _tables, _mappings) = (types, finder, tables, [.. facts.SelectMany(f => f.Mappings)]);
        Tables();
    }

    public ImmutableArray<Entity> Entities { get; private set; } = [];

    public ImmutableArray<StoreContext> Contexts { get; private set; } = [];

    public ImmutableArray<Relation> Relations { get; private set; } = [];

    /// <summary>Id of the entity of a type; <see cref="Codebase.None"/> when it is none. Known when linking has ended.</summary>
    public int EntityOf(int type) => type == Codebase.None ? Codebase.None : _first.GetValueOrDefault(type, Codebase.None);

    /// <summary>The entity of a type that code of a project means: where several contexts have a table of their own for it, that of a context of the project.</summary>
    public int EntityOf(int type, int project)
    {
        var id = EntityOf(type);
        for (var i = id; id != Codebase.None && i < Entities.Length && Entities[i].Type == type; i++)
        {
            if (Entities[i].Contexts.Any(c => _types.Types[Contexts[c].Type].Project == project))
            {
                return i;
            }
        }

        return id;
    }

    // --- tables ---------------------------------------------------------------------------------------------------------------

    private void Tables()
    {
        var isSnake = _mappings.Any(m => m.Kind == MappingKind.SnakeCase);
        Renamed();
        foreach (var draft in _finder.Entities.Values.Where(d => d.Owners.Count == 0 && d.Base == Codebase.None))
        {
            Row(draft, OwnTable(draft, isSnake), Codebase.None, draft.NamedBy);
            foreach (var other in draft.Elsewhere)
            {
                Row(draft, _tables.Of(other.Table, other.Schema ?? other.Contexts.Select(SchemaOf).FirstOrDefault(s => s is not null), other.Kind, _types.Types[draft.Type].Project, other.Place),
                    Codebase.None, TableNameSource.Mapping, other.Contexts);
            }
        }

        foreach (var draft in _finder.Entities.Values.Where(d => d.Owners.Count == 0 && d.Base != Codebase.None))
        {
            var isKnown = _tableOf.TryGetValue(draft.Base, out var table);
            Row(draft, isKnown ? table! : OwnTable(draft, isSnake), Codebase.None, isKnown ? TableNameSource.Shared : draft.NamedBy);
        }

        // Owners may be owned themselves: rounds until nothing more can be placed.
        var left = _finder.Entities.Values.Where(d => d.Owners.Count > 0).ToList();
        for (var isLast = false; left.Count > 0;)
        {
            var placed = left.Where(d => isLast || d.Owners.Any(_tableOf.ContainsKey)).ToArray();
            isLast = placed.Length == 0;
            foreach (var draft in placed)
            {
                Owned(draft, isSnake);
                left.Remove(draft);
            }
        }
    }

    /// <summary>Contexts that rename all their tables at the end do so with names of mappings too; where only a helper says so, all contexts do.</summary>
    private void Renamed()
    {
        var said = _mappings.Where(m => m.Kind == MappingKind.SnakeTables).Select(m => m.In).ToHashSet();
        if (said.Count > 0)
        {
            var contexts = _finder.Contexts.Keys.Where(c => said.Contains(c) || _finder.BasesOf(c).Any(said.Contains)).ToHashSet();
            _renamed = contexts.Count > 0 ? contexts : [.. _finder.Contexts.Keys];
        }
    }

    private bool IsRenamed(EntityDraft draft) => _renamed.Count > 0 && draft.Contexts.Any(_renamed.Contains);

    private void Owned(EntityDraft draft, bool isSnake)
    {
        if (draft.Table is not null)
        {
            Row(draft, OwnTable(draft, isSnake), draft.Owners.First(), draft.NamedBy);
            return;
        }

        var any = false;
        foreach (var owner in draft.Owners.Where(_tableOf.ContainsKey))
        {
            var many = _mappings.FirstOrDefault(m => m.Kind == MappingKind.OwnsMany && m.Other == draft.Type && m.Entity == owner);
            if (many.Text is { } property)
            {
                // The library's own convention for what is owned in numbers.
                var name = $"{_types.Types[owner].Name}_{property.TrimStart('_')}";
                Row(draft, _tables.Of(isSnake || IsRenamed(draft) ? TableNames.Snake(name) : name, _tableOf[owner].Schema, StoreTableKind.Table, _types.Types[draft.Type].Project, many.Place), owner, TableNameSource.Convention);
            }
            else
            {
                Row(draft, _tableOf[owner], owner, TableNameSource.Shared);
            }

            any = true;
        }

        if (!any)
        {
            Row(draft, OwnTable(draft, isSnake), Codebase.None, draft.NamedBy);
        }
    }

    private void Row(EntityDraft draft, TableIndex.Draft table, int owner, TableNameSource namedBy, IReadOnlyList<int>? contexts = null)
    {
        if (!_rows.Any(r => r.Draft == draft && r.Table == table))
        {
            _tableOf.TryAdd(draft.Type, table);
            _rows.Add((draft, table, owner, namedBy, contexts ?? [.. draft.Contexts.Where(c => !draft.Elsewhere.Any(e => e.Contexts.Contains(c)))]));
        }
    }

    private TableIndex.Draft OwnTable(EntityDraft draft, bool isSnake)
    {
        var type = _types.Types[draft.Type];
        var convention = (draft.Found & StoreAccess.Ef6) != 0 ? TableNames.Plural(type.Name) : draft.Set ?? ((draft.Found & StoreAccess.EfCore) == 0 ? draft.Collection : null) ?? type.Name;
        var name = IsRenamed(draft) ? TableNames.Snake(draft.Table ?? convention) : draft.Table ?? (isSnake ? TableNames.Snake(convention) : convention);
        var schema = draft.Schema ?? draft.Contexts.Select(SchemaOf).FirstOrDefault(s => s is not null);
        return _tables.Of(name, schema, draft.Kind, type.Project, draft.TablePlace ?? draft.Place);
    }

    private string? SchemaOf(int context) => _mappings.FirstOrDefault(m => m.Kind == MappingKind.Schema && m.In == context).Text;

    // --- values ---------------------------------------------------------------------------------------------------------------

    /// <summary>Makes the values; tables must have their ids.</summary>
    public void Link()
    {
        var rows = _rows.OrderBy(r => r.Draft.Type).ThenBy(r => r.Table.Id).ToArray();
        foreach (var (row, id) in rows.Select((r, i) => (r, i)))
        {
            _first.TryAdd(row.Draft.Type, id);
        }

        var contexts = _finder.Contexts.Values.Where(c => !_types.Types[c.Type].IsAbstract || _finder.Entities.Values.Any(e => e.Contexts.Contains(c.Type))).OrderBy(c => c.Type).ToArray();
        var idOfContext = contexts.Select((c, i) => (c.Type, i)).ToDictionary(c => c.Type, c => c.i);
        Entities =
        [
            .. rows.Select((r, id) => new Entity
            {
                Id = id,
                Type = r.Draft.Type,
                Table = r.Table.Id,
                Found = r.Draft.Found == StoreAccess.None ? StoreAccess.Dapper : r.Draft.Found,
                NamedBy = r.NamedBy,
                Contexts = [.. r.Contexts.Where(idOfContext.ContainsKey).Select(c => idOfContext[c]).Order()],
                Owner = EntityOf(r.Owner),
                BaseEntity = EntityOf(r.Draft.Base),
                Place = r.Draft.Place,
            }),
        ];
        Contexts =
        [
            .. contexts.Select((c, id) => new StoreContext(id, c.Type, c.Access, SchemaOf(c.Type), [.. Entities.Where(e => e.Contexts.Contains(id)).Select(e => e.Id)], c.Place)),
        ];
        Relations =
        [
            .. Entities.Where(e => EntityOf(e.Type) == e.Id).SelectMany(RelationsOf).Concat(Mapped())
                .OrderBy(r => r.From).ThenBy(r => r.To).ThenBy(r => r.Property, StringComparer.Ordinal).ThenBy(r => r.Kind).ThenBy(r => r.Place)
                .DistinctBy(r => (r.From, r.To, r.Property, r.Kind)),
        ];
    }

    private IEnumerable<Relation> RelationsOf(Entity entity)
    {
        var navigations = _finder.NavigationsOf(entity.Type).Where(p => EntityOf(p.Of) != Codebase.None).ToArray();
        foreach (var property in navigations)
        {
            var to = EntityOf(property.Of);
            var isOwned = Entities[to].Owner == entity.Id || _finder.Entities[property.Of].Owners.Contains(entity.Type);
            yield return new(entity.Id, to, property.Name, isOwned ? RelationKind.Owned : property.IsMany ? RelationKind.Collection : RelationKind.Reference, property.Place, IsInferred: false);
        }

        var type = _types.Types[entity.Type];
        for (var i = type.FirstMember; i < type.FirstMember + type.MemberCount; i++)
        {
            if (_types.Members[i] is { Kind: CodeMemberKind.Property, IsStatic: false, Name: var name } member && name.Length > 2 && name.EndsWith("Id", StringComparison.Ordinal)
                && name[..^2] is var of && !navigations.Any(n => n.Name == of) && of != type.Name && NamedFor(of, type) is not Codebase.None and var other && other != entity.Id
                && !navigations.Any(n => EntityOf(n.Of) == other && !n.IsMany))
            {
                yield return new(entity.Id, other, name, RelationKind.Key, member.Place, IsInferred: true);
            }
        }
    }

    /// <summary>The entity that a key is named for: <c>Customer</c> of <c>CustomerId</c>, and of <c>BuyingCustomerId</c> when nothing is called so.</summary>
    private int NamedFor(string name, CodeType seen)
    {
        for (var start = 0; start < name.Length - 2; start++)
        {
            if (char.IsUpper(name[start]))
            {
                var fitting = new List<int>();
                foreach (var id in _types.Named(name[start..]))
                {
                    if (EntityOf(id) != Codebase.None && _finder.Entities[id].Owners.Count == 0)
                    {
                        fitting.Add(id);
                    }
                }

                if (fitting.Count > 0)
                {
                    var near = fitting.Where(id => _types.Types[id].Project == seen.Project).ToArray();
                    return near.Length == 1 ? EntityOf(near[0]) : fitting.Count == 1 ? EntityOf(fitting[0]) : Codebase.None;
                }
            }
        }

        return Codebase.None;
    }

    /// <summary>Relations that only a mapping tells: without a property, or with a field.</summary>
    private IEnumerable<Relation> Mapped()
    {
        foreach (var mapping in _mappings)
        {
            var (from, to) = (EntityOf(mapping.Entity), EntityOf(mapping.Other));
            if (from == Codebase.None || to == Codebase.None)
            {
                continue;
            }

            switch (mapping.Kind)
            {
                case MappingKind.OwnsOne or MappingKind.OwnsMany when !_finder.NavigationsOf(mapping.Entity).Any(p => p.Name == mapping.Text):
                    yield return new(from, to, mapping.Text ?? "", RelationKind.Owned, mapping.Place, IsInferred: false);
                    break;
                case MappingKind.Reference when mapping.Text is null:
                    yield return new(from, to, mapping.Schema ?? "", RelationKind.Key, mapping.Place, IsInferred: false);
                    break;
                case MappingKind.Many when mapping.Text is null:
                    yield return new(to, from, mapping.Schema ?? "", RelationKind.Key, mapping.Place, IsInferred: false);
                    break;
                case MappingKind.Reference or MappingKind.Many or MappingKind.ManyToMany when mapping.Text is { } text && !_finder.NavigationsOf(mapping.Entity).Any(p => p.Name == text):
                    yield return new(from, to, text, mapping.Kind == MappingKind.Reference ? RelationKind.Reference : RelationKind.Collection, mapping.Place, IsInferred: false);
                    break;
            }
        }
    }
}
