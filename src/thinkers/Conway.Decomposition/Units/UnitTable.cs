using System.Collections.Immutable;
using Conway.CodeFacts;

namespace Conway.Decomposition.Units;

/// <summary>The units of a codebase, in an order that does not depend on namespaces, folders or projects.</summary>
/// <remarks>Whatever comes later breaks ties by this order. If it came from full names, to rename a namespace would change the cut.</remarks>
public sealed class UnitTable
{
    private readonly int[] _ofType;
    private readonly int[] _ofTable;

    private UnitTable(ImmutableArray<CodeUnit> all, int[] ofType, int[] ofTable) => (All, _ofType, _ofTable) = (all, ofType, ofTable);

    public ImmutableArray<CodeUnit> All { get; }

    public int Count => All.Length;

    /// <summary>The unit of a type, by the type's id.</summary>
    public int OfType(int type) => _ofType[type];

    /// <summary>The unit that stands for a table, by the table's id: its entity's, or its own when it has none.</summary>
    public int OfTable(int table) => _ofTable[table];

    /// <param name="code">The facts.</param>
    /// <param name="useNames">Whether names of types may decide the order; without them only the structure does.</param>
    public static UnitTable Of(Codebase code, bool useNames = true)
    {
        var outer = new int[code.Types.Length];
        var members = new Dictionary<int, List<int>>();
        foreach (var type in code.Types)
        {
            var top = type;
            while (top.Outer != Codebase.None)
            {
                top = code.Types[top.Outer];
            }

            outer[type.Id] = top.Id;
            (members.TryGetValue(top.Id, out var list) ? list : members[top.Id] = []).Add(type.Id);
        }

        var entityOf = EntityOf(code);
        var units = new List<CodeUnit>();
        foreach (var (top, types) in members)
        {
            var type = code.Types[top];
            units.Add(new CodeUnit(0, type.Name, type.FullName, [top, .. types.Where(t => t != top)], Codebase.None, type.Place));
        }

        units.AddRange(code.Tables.Where(t => entityOf[t.Id] == Codebase.None).Select(t => new CodeUnit(0, t.ToString(), t.ToString(), [], t.Id, t.Place)));
        var order = UnitOrder.Of(code, units, useNames);
        var all = order.Select((unit, id) => units[unit] with { Id = id }).ToImmutableArray();

        var (ofType, ofTable) = (new int[code.Types.Length], new int[code.Tables.Length]);
        foreach (var unit in all)
        {
            foreach (var type in unit.Types)
            {
                ofType[type] = unit.Id;
            }

            if (unit.IsTable)
            {
                ofTable[unit.Table] = unit.Id;
            }
        }

        foreach (var table in code.Tables.Where(t => entityOf[t.Id] != Codebase.None))
        {
            ofTable[table.Id] = ofType[code.Entities[entityOf[table.Id]].Type];
        }

        return new UnitTable(all, ofType, ofTable);
    }

    /// <summary>For each table the entity that stands for it: one that stands alone before owned and derived ones.</summary>
    private static int[] EntityOf(Codebase code)
    {
        var found = new int[code.Tables.Length];
        Array.Fill(found, Codebase.None);
        foreach (var entity in code.Entities.OrderBy(e => e.Owner != Codebase.None || e.BaseEntity != Codebase.None ? 1 : 0).ThenBy(e => e.Id))
        {
            if (found[entity.Table] == Codebase.None)
            {
                found[entity.Table] = entity.Id;
            }
        }

        return found;
    }
}
