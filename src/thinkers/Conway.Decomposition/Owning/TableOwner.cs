using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Owning;

/// <summary>The service from whose use cases a table is written most.</summary>
/// <param name="Table">Id of the table.</param>
/// <param name="Unit">Id of the unit that stands for it.</param>
/// <param name="Service">The service that has it in the cut.</param>
/// <param name="Owner">The service where most of its writing use cases begin.</param>
/// <param name="Writing">How many use cases write it; at least 1.</param>
/// <param name="Elsewhere">How many of them begin in another service than <paramref name="Service"/>.</param>
public sealed record TableOwner(int Table, int Unit, int Service, int Owner, int Writing, int Elsewhere);

/// <summary>Finds owners of tables in a cut.</summary>
/// <remarks>It moves nothing: where code holds a table's type elsewhere than its writers, people decide.</remarks>
public static class TableOwners
{
    /// <summary>For each table of a service that use cases of services write, by table. Among services with equally many use cases goes first where fewest
    /// foreign keys of the table would be parted, then the lesser number.</summary>
    /// <param name="code">The facts.</param>
    /// <param name="units">Its units.</param>
    /// <param name="cut">The service of a unit; <see cref="Partition.None"/> for one that is in none or shared.</param>
    public static ImmutableArray<TableOwner> Of(Codebase code, UnitTable units, Func<int, int> cut)
    {
        var writers = code.Tables.Select(_ => new SortedDictionary<int, int>()).ToArray();
        foreach (var useCase in code.UseCases)
        {
            var service = cut(units.OfType(code.EntryPoints[useCase.EntryPoint].Type));
            if (service == Partition.None)
            {
                continue;
            }

            foreach (var table in useCase.Accesses.Where(a => a.Mode == AccessMode.Write).Select(a => a.Table).Distinct())
            {
                writers[table][service] = writers[table].GetValueOrDefault(service) + 1;
            }
        }

        var keys = code.Relations.Select(r => (A: units.OfType(code.Entities[r.From].Type), B: units.OfType(code.Entities[r.To].Type))).Where(k => k.A != k.B)
            .SelectMany(k => new[] { (Unit: k.A, Other: k.B), (Unit: k.B, Other: k.A) }).ToLookup(k => k.Unit, k => k.Other);
        var owners = ImmutableArray.CreateBuilder<TableOwner>();
        foreach (var table in code.Tables)
        {
            var unit = units.OfTable(table.Id);
            var (service, by) = (cut(unit), writers[table.Id]);
            if (service != Partition.None && by.Count > 0)
            {
                var owner = by.OrderByDescending(w => w.Value).ThenBy(w => keys[unit].Count(o => cut(o) != Partition.None && cut(o) != w.Key)).ThenBy(w => w.Key).First().Key;
                owners.Add(new(table.Id, unit, service, owner, by.Values.Sum(), by.Values.Sum() - by.GetValueOrDefault(service)));
            }
        }

        return owners.ToImmutable();
    }
}
