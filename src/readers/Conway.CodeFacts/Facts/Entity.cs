using System.Collections.Immutable;

namespace Conway.CodeFacts;

/// <summary>A type that is kept in a store.</summary>
/// <remarks>Ordered by type, then table. An owned type (stored within its owner) has its owner's table.</remarks>
public sealed record Entity
{
    /// <summary>Index into <see cref="Codebase.Entities"/>.</summary>
    public required int Id { get; init; }

    /// <summary>Id of the type.</summary>
    public required int Type { get; init; }

    /// <summary>Id of its table or collection.</summary>
    public required int Table { get; init; }

    /// <summary>Through what it is stored; several ways are several bits.</summary>
    public required StoreAccess Found { get; init; }

    /// <summary>How the name of the table is known.</summary>
    public required TableNameSource NamedBy { get; init; }

    /// <summary>Ids of the contexts it belongs to, ascending.</summary>
    public ImmutableArray<int> Contexts { get; init; } = [];

    /// <summary>Id of the entity that owns it; <see cref="Codebase.None"/> when it stands alone.</summary>
    public int Owner { get; init; } = Codebase.None;

    /// <summary>Id of the entity whose table it shares by inheritance; <see cref="Codebase.None"/> otherwise.</summary>
    public int BaseEntity { get; init; } = Codebase.None;

    /// <summary>Where it is said to be stored: the set, the mapping, the attribute, the first query.</summary>
    public required CodePlace Place { get; init; }
}

/// <summary>Through what a store is used.</summary>
[Flags]
public enum StoreAccess
{
    None = 0,

    /// <summary>Entity Framework Core.</summary>
    EfCore = 1,

    /// <summary>Entity Framework 6 and before.</summary>
    Ef6 = 2,

    /// <summary>Dapper, with the type as the row.</summary>
    Dapper = 4,

    /// <summary>SQL in text, without a library that maps.</summary>
    Sql = 8,

    /// <summary>MongoDB.</summary>
    Mongo = 16,

    /// <summary>NHibernate.</summary>
    NHibernate = 32,

    /// <summary>LINQ to DB, LINQ to SQL.</summary>
    Linq2Db = 64,

    /// <summary>Another document store: Marten, RavenDB, LiteDB, Cosmos.</summary>
    Document = 128,
}

/// <summary>How the name of a table is known, surest first.</summary>
public enum TableNameSource
{
    /// <summary>Said by the mapping: <c>ToTable</c>, <c>GetCollection</c>, <c>Table()</c>.</summary>
    Mapping,

    /// <summary>Said by an attribute.</summary>
    Attribute,

    /// <summary>Read from the snapshot of the migrations.</summary>
    Snapshot,

    /// <summary>Read from SQL.</summary>
    Sql,

    /// <summary>The library's convention: the name of the set, or of the type, or its plural.</summary>
    Convention,

    /// <summary>The owner's or the base's.</summary>
    Shared,
}

/// <summary>A table, view or collection.</summary>
/// <param name="Id">Index into <see cref="Codebase.Tables"/>, which is ordered by schema and name, ordinal.</param>
/// <param name="Name">As written: <c>Orders</c>.</param>
/// <param name="Schema">As written; null when unsaid.</param>
/// <param name="Kind">What holds the rows.</param>
/// <param name="Place">Where it is first named.</param>
public sealed record StoreTable(int Id, string Name, string? Schema, StoreTableKind Kind, CodePlace Place)
{
    /// <summary><c>sales.Orders</c></summary>
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}

/// <summary>What holds the rows.</summary>
public enum StoreTableKind
{
    Table,
    View,

    /// <summary>A collection of documents.</summary>
    Collection,
}

/// <summary>A DbContext or its like: the entities that share a unit of work.</summary>
/// <param name="Id">Index into <see cref="Codebase.Contexts"/>.</param>
/// <param name="Type">Id of the type.</param>
/// <param name="Access">Its library.</param>
/// <param name="Schema">Default schema, when one is said.</param>
/// <param name="Entities">Ids of its entities, ascending.</param>
/// <param name="Place">Where it is declared.</param>
public sealed record StoreContext(int Id, int Type, StoreAccess Access, string? Schema, ImmutableArray<int> Entities, CodePlace Place);

/// <summary>One entity refers to another.</summary>
/// <param name="From">Id of the entity that holds the property or the key.</param>
/// <param name="To">Id of the entity referred to.</param>
/// <param name="Property">The property: <c>Customer</c>, <c>Lines</c>, <c>CustomerId</c>; empty when only the database knows the relation.</param>
/// <param name="Kind">What refers.</param>
/// <param name="Place">Where the property or the mapping stands.</param>
/// <param name="IsInferred">Follows from a name (<c>CustomerId</c>), not from a property or a mapping.</param>
public sealed record Relation(int From, int To, string Property, RelationKind Kind, CodePlace Place, bool IsInferred);

/// <summary>How one entity refers to another.</summary>
public enum RelationKind
{
    /// <summary>A property that holds the other.</summary>
    Reference,

    /// <summary>A property that holds many of the other.</summary>
    Collection,

    /// <summary>Only the key of the other: a foreign key without navigation.</summary>
    Key,

    /// <summary>The other is stored within this one.</summary>
    Owned,
}
