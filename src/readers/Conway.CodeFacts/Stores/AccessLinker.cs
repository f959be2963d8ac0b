using System.Collections.Immutable;
using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Sql;
using Conway.CodeFacts.Syntax;

namespace Conway.CodeFacts.Stores;

/// <summary>A read or write with its place among everything that the member does.</summary>
internal readonly record struct OrderedAccess(int Order, DataAccess Access);

/// <summary>Who reads and writes which table, once entities and tables are known.</summary>
internal sealed class AccessLinker
{
    private readonly Reading _reading;
    private readonly EntityFinder _finder;
    private readonly EntityLinker _entities;
    private readonly StoreFacts[] _facts;
    private readonly List<(SqlUse Use, SqlText Statement, TableIndex.Draft[] Reads, TableIndex.Draft[] Writes, (TableIndex.Draft, TableIndex.Draft)[] Joins)> _sql = [];
    private readonly List<OrderedAccess> _accesses = [];
    private readonly List<StoreJoin> _joins = [];

    /// <summary>Tables that only SQL names are added to the index, which must still be open.</summary>
    public AccessLinker(Reading reading, EntityFinder finder, EntityLinker entities, StoreFacts[] facts, TableIndex tables)
    {
        (_reading, _finder, _entities, _facts) = (reading, finder, entities, facts);
        foreach (var use in facts.SelectMany(f => f.Sql))
        {
            var project = reading.Files[use.Place.File].Project;
            TableIndex.Draft Table(SqlName name) => tables.OfSql(name.Name, name.Schema, project, use.Place);
            foreach (var statement in SqlReader.Read(use.Text))
            {
                _sql.Add((use, statement, [.. statement.Reads.Select(Table)], [.. statement.Writes.Select(Table)], [.. statement.Joins.Select(j => (Table(j.Left), Table(j.Right)))]));
            }
        }
    }

    public ImmutableArray<OrderedAccess> Accesses { get; private set; } = [];

    public ImmutableArray<StoreJoin> Joins { get; private set; } = [];

    public ImmutableArray<SqlStatement> Sql { get; private set; } = [];

    public void Link(TypeTree tree, IReadOnlyList<CallDetail> calls)
    {
        foreach (var access in _facts.SelectMany(f => f.Accesses).Where(a => a.Subject.IsType))
        {
            Add(access.Order, access.Member, access.Subject.Type, access.Mode, access.Via, access.Place, access.InLoop, access.IsInferred);
        }

        foreach (var change in _facts.SelectMany(f => f.Changes))
        {
            Changed(change);
        }

        foreach (var join in _facts.SelectMany(f => f.Joins))
        {
            Joined(join);
        }

        var effects = new GenericEffects(_reading.Types, tree, _facts.SelectMany(f => f.Accesses), calls);
        foreach (var call in calls)
        {
            foreach (var effect in effects.Of(call))
            {
                Add(call.Order, call.Site.From, effect.Type, effect.Mode, effect.Via, call.Site.Place, call.Site.InLoop, effect.IsInferred || call.Site.IsInferred);
            }
        }

        Statements();
        Accesses =
        [
            .. _accesses.OrderBy(a => a.Access.Member).ThenBy(a => a.Order).ThenBy(a => a.Access.Mode).ThenBy(a => a.Access.Table).ThenBy(a => a.Access.IsInferred)
                .DistinctBy(a => (a.Access.Member, a.Access.Table, a.Access.Entity, a.Access.Mode, a.Access.Place)),
        ];
        Joins = [.. _joins.OrderBy(j => j.Place).ThenBy(j => j.Left).ThenBy(j => j.Right).ThenBy(j => j.Kind).ThenBy(j => j.Member).Distinct()];
    }

    private int EntityOf(int type, CodePlace place) => _entities.EntityOf(type, _reading.Files[place.File].Project);

    private void Add(int order, int member, int type, AccessMode mode, StoreAccess via, CodePlace place, bool inLoop, bool isInferred)
    {
        if (EntityOf(type, place) is not Codebase.None and var entity)
        {
            _accesses.Add(new(order, new(member, _entities.Entities[entity].Table, entity, mode, via, place, inLoop, isInferred)));
        }
    }

    private void Changed(ChangeUse change)
    {
        var owner = EntityOf(change.Owner, change.Place);
        if (owner == Codebase.None)
        {
            return;
        }

        var type = change.Element != Codebase.None && EntityOf(change.Element, change.Place) != Codebase.None ? change.Element : change.Owner;
        Add(change.Order, change.Member, type, AccessMode.Write, _entities.Entities[EntityOf(type, change.Place)].Found & ~(StoreAccess.Dapper | StoreAccess.Sql), change.Place, change.InLoop, change.IsInferred);
    }

    private void Joined(JoinUse join)
    {
        if (join.Path is { } path)
        {
            // Include("Lines.Product"): one join a step.
            var at = join.Left.Type;
            foreach (var step in path.Split('.').TakeWhile(_ => at != Codebase.None).Take(32))
            {
                var next = _finder.NavigationsOf(at).FirstOrDefault(p => p.Name == step, new PropertyFact { Of = Codebase.None }).Of;
                Pair(join, at, next);
                at = next;
            }
        }
        else
        {
            Pair(join, join.Left.Type, join.Right.Type);
        }
    }

    private void Pair(JoinUse join, int left, int right)
    {
        if (left == Codebase.None || right == Codebase.None || (EntityOf(left, join.Place), EntityOf(right, join.Place)) is not (not Codebase.None and var from, not Codebase.None and var to))
        {
            return;
        }

        var tables = (From: _entities.Entities[from].Table, To: _entities.Entities[to].Table);
        Add(join.Order, join.Member, right, AccessMode.Read, join.Via, join.Place, join.InLoop, isInferred: false);
        if (tables.From != tables.To)
        {
            _joins.Add(new(join.Member, tables.From, tables.To, join.Kind, join.Place));
        }
    }

    private void Statements()
    {
        var entityOf = _entities.Entities.Where(e => e.Owner == Codebase.None && e.BaseEntity == Codebase.None).GroupBy(e => e.Table).ToDictionary(g => g.Key, g => g.First().Id);
        var statements = new List<SqlStatement>();
        foreach (var (use, statement, reads, writes, joins) in _sql)
        {
            foreach (var (table, mode) in reads.Select(t => (t, AccessMode.Read)).Concat(writes.Select(t => (t, AccessMode.Write))))
            {
                if (use.Member != Codebase.None)
                {
                    _accesses.Add(new(use.Order, new(use.Member, table.Id, entityOf.GetValueOrDefault(table.Id, Codebase.None), mode, StoreAccess.Sql, use.Place, use.InLoop, IsInferred: false)));
                }
            }

            _joins.AddRange(joins.Where(j => j.Item1.Id != j.Item2.Id).Select(j => new StoreJoin(use.Member, j.Item1.Id, j.Item2.Id, StoreJoinKind.Sql, use.Place)));
            var text = Names.OneLine(use.Text).Trim();
            statements.Add(new(use.Member, use.Place, statement.Verb, [.. reads.Select(t => t.Id).Distinct().Order()], [.. writes.Select(t => t.Id).Distinct().Order()],
                text.Length > SqlStatement.TextMax ? text[..SqlStatement.TextMax] : text));
        }

        Sql = [.. statements.OrderBy(s => s.Place)];
    }
}
