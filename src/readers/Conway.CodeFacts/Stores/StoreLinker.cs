using System.Collections.Immutable;
using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Declared;

namespace Conway.CodeFacts.Stores;

/// <summary>What all files together say of stores.</summary>
internal sealed record StoreTables
{
    public required EntityFinder Finder { get; init; }

    public required ImmutableArray<Entity> Entities { get; init; }

    public required ImmutableArray<StoreTable> Tables { get; init; }

    public required ImmutableArray<StoreContext> Contexts { get; init; }

    public required ImmutableArray<Relation> Relations { get; init; }

    public required ImmutableArray<OrderedAccess> Accesses { get; init; }

    public required ImmutableArray<StoreJoin> Joins { get; init; }

    public required ImmutableArray<SqlStatement> Sql { get; init; }

    public required ImmutableArray<TransactionUse> Transactions { get; init; }
}

/// <summary>Joins what single files say of stores to tables of facts.</summary>
internal static class StoreLinker
{
    /// <param name="calls">All calls, ordered by the member that calls, then as written.</param>
    public static StoreTables Link(Reading reading, TypeTree tree, IReadOnlyList<FileFacts> files, IReadOnlyList<CallDetail> calls)
    {
        var own = files.Select(f => f.Stores).ToArray();
        StoreFacts[] facts = [.. own, GenericStores.Resolve(reading.Types, tree, own)];
        var finder = new EntityFinder(reading.Types, tree, facts, [.. reading.Files.SelectMany(SnapshotReader.Read)], reading.Mapped);
        var index = new TableIndex();
        var entities = new EntityLinker(reading.Types, finder, facts, index);
        var accesses = new AccessLinker(reading, finder, entities, facts, index);
        var tables = index.Close();
        entities.Link();
        accesses.Link(tree, calls);
        return new()
        {
            Finder = finder,
            Entities = entities.Entities,
            Tables = tables,
            Contexts = entities.Contexts,
            Relations = entities.Relations,
            Accesses = accesses.Accesses,
            Joins = accesses.Joins,
            Sql = accesses.Sql,
            Transactions = [.. facts.SelectMany(f => f.Transactions).OrderBy(t => t.Place)],
        };
    }
}
