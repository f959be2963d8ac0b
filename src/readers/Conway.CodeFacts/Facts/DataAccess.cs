using System.Collections.Immutable;

namespace Conway.CodeFacts;

/// <summary>A member reads or writes a table.</summary>
/// <param name="Member">Id of the member whose body says so.</param>
/// <param name="Table">Id of the table.</param>
/// <param name="Entity">Id of the entity; <see cref="Codebase.None"/> for SQL of a table that no entity has.</param>
/// <param name="Mode">Read or write.</param>
/// <param name="Via">Through what.</param>
/// <param name="Place">Where.</param>
/// <param name="InLoop">In a loop, a query over a sequence, or a lambda that runs once for each element.</param>
/// <param name="IsInferred">Follows from a name or a convention.</param>
/// <remarks>Ordered by member, then as the body is written. A loaded entity that is changed and saved later is a write at the place of the change.</remarks>
public readonly record struct DataAccess(int Member, int Table, int Entity, AccessMode Mode, StoreAccess Via, CodePlace Place, bool InLoop, bool IsInferred);

/// <summary>Read or write.</summary>
public enum AccessMode : byte
{
    Read,
    Write,
}

/// <summary>One query brings two tables together: they cannot be parted without replacing it.</summary>
/// <param name="Member">Id of the member whose body says so.</param>
/// <param name="Left">Id of the table that the query begins with.</param>
/// <param name="Right">Id of the table that it brings in.</param>
/// <param name="Kind">By what.</param>
/// <param name="Place">Where.</param>
public sealed record StoreJoin(int Member, int Left, int Right, StoreJoinKind Kind, CodePlace Place);

/// <summary>By what a query brings two tables together.</summary>
public enum StoreJoinKind
{
    /// <summary><c>Include</c>, <c>ThenInclude</c>, <c>Fetch</c>.</summary>
    Include,

    /// <summary><c>join</c> of a query, <c>Join</c>, <c>GroupJoin</c>.</summary>
    Join,

    /// <summary><c>JOIN</c> or a list of tables in SQL.</summary>
    Sql,

    /// <summary>A navigation followed within a query: <c>o.Customer.Name</c>.</summary>
    Navigation,
}

/// <summary>A statement of SQL in text.</summary>
/// <param name="Member">Id of the member whose body holds it; <see cref="Codebase.None"/> for a constant of a type.</param>
/// <param name="Place">Where it begins.</param>
/// <param name="Verb">First word in upper case: <c>SELECT</c>, <c>INSERT</c>, <c>UPDATE</c>, <c>DELETE</c>, <c>MERGE</c>, <c>EXEC</c>, …</param>
/// <param name="Reads">Ids of tables it reads, ascending.</param>
/// <param name="Writes">Ids of tables it writes, ascending.</param>
/// <param name="Text">The statement with blanks run together, at most <see cref="TextMax"/> characters; <c>{}</c> where a value is put in.</param>
public sealed record SqlStatement(int Member, CodePlace Place, string Verb, ImmutableArray<int> Reads, ImmutableArray<int> Writes, string Text)
{
    /// <summary>Longer statements are cut.</summary>
    public const int TextMax = 400;
}

/// <summary>A member begins, ends or saves a transaction.</summary>
/// <param name="Member">Id of the member.</param>
/// <param name="Kind">By what.</param>
/// <param name="Place">Where.</param>
public sealed record TransactionUse(int Member, TransactionKind Kind, CodePlace Place);

/// <summary>By what a transaction is begun, ended or saved.</summary>
public enum TransactionKind
{
    /// <summary><c>SaveChanges</c>, <c>SubmitChanges</c>, <c>Flush</c>: all changes of a context at once.</summary>
    Save,

    /// <summary><c>BeginTransaction</c> and its like.</summary>
    Begin,

    /// <summary><c>new TransactionScope</c>.</summary>
    Scope,

    /// <summary>A unit of work of the codebase's own or of a library: <c>Commit</c>, <c>Complete</c>, <c>SaveEntitiesAsync</c>.</summary>
    UnitOfWork,

    /// <summary>An attribute or pipeline behaviour that puts the whole member into one.</summary>
    Ambient,
}
