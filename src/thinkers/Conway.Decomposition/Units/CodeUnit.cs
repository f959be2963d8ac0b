using System.Collections.Immutable;
using Conway.CodeFacts;

namespace Conway.Decomposition.Units;

/// <summary>What moves as one: a type with everything nested in it, or a table that no type stands for.</summary>
/// <param name="Id">Index into <see cref="UnitTable.All"/>.</param>
/// <param name="Name"><c>Order</c>; for a table <c>sales.orders</c>.</param>
/// <param name="FullName"><c>Shop.Ordering.Order</c>; for a table its name.</param>
/// <param name="Types">Ids of its types, the outermost first; empty for a table.</param>
/// <param name="Table">Id of the table; <see cref="Codebase.None"/> for a type.</param>
/// <param name="Place">Where it is declared, or first named.</param>
public sealed record CodeUnit(int Id, string Name, string FullName, ImmutableArray<int> Types, int Table, CodePlace Place)
{
    public bool IsTable => Table != Codebase.None;
}
