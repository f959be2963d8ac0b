using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.CodeFacts.Traces;
using Conway.Decomposition.Measures;
using Conway.Decomposition.Naming;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Pricing;

/// <summary>What cuts of a codebase are priced by, in numbers of units: calls, use cases, tables, keys and joins.</summary>
/// <remarks>Says nothing of any cut. Made once; every cut, and every move of a unit, is priced against it.</remarks>
public sealed record CutSubject
{
    /// <summary>How many units there are.</summary>
    public int Units { get; init; }

    /// <summary>Ordered pairs of units, one of which calls the other, with call sites; by caller, then callee.</summary>
    public ImmutableArray<CallVolume> Calls { get; init; } = [];

    /// <summary>In the order of <see cref="Codebase.UseCases"/>.</summary>
    public ImmutableArray<UseCaseTrace> UseCases { get; init; } = [];

    /// <summary>For each table the units that write it, ascending.</summary>
    public ImmutableArray<ImmutableArray<int>> Writers { get; init; } = [];

    /// <summary>For each table the units that read it, ascending.</summary>
    public ImmutableArray<ImmutableArray<int>> Readers { get; init; } = [];

    /// <summary>For each table the units that reach it in a use case with a transaction, ascending.</summary>
    public ImmutableArray<ImmutableArray<int>> Reaches { get; init; } = [];

    /// <summary>Units of two entities that refer to each other, one pair for each relation of <see cref="Codebase.Relations"/>, in their order.</summary>
    public ImmutableArray<(int A, int B)> Keys { get; init; } = [];

    /// <summary>Units of two tables that one query joins, one pair for each of <see cref="Codebase.Joins"/>, in their order.</summary>
    public ImmutableArray<(int A, int B)> Joins { get; init; } = [];

    /// <summary>Units that are stored: of entities, and tables without one. Ascending.</summary>
    public ImmutableArray<int> Stored { get; init; } = [];

    /// <summary>What entry points publish.</summary>
    public ImmutableArray<ServiceOperation> Operations { get; init; } = [];

    /// <param name="code">The facts.</param>
    /// <param name="units">Its units.</param>
    /// <param name="seen">What traces say of use cases; null when there are none.</param>
    public static CutSubject Of(Codebase code, UnitTable units, SeenTraffic? seen = null)
    {
        var sites = new CallIndex(code, units);
        var load = UseCaseLoad.Of(code, units, seen);
        var useCases = code.UseCases.Select(u => load.Weigh(Trace(code, units, sites, u), u.Id)).ToImmutableArray();
        var (writers, readers, reaches) = (Sets(code), Sets(code), Sets(code));
        foreach (var access in code.Accesses)
        {
            (access.Mode == AccessMode.Write ? writers : readers)[access.Table].Add(units.OfType(code.Members[access.Member].Type));
        }

        foreach (var useCase in code.UseCases.Where(u => u.Transactions > 0))
        {
            foreach (var table in useCase.Accesses.Select(a => a.Table).Distinct())
            {
                reaches[table].UnionWith(useCase.Types.Select(units.OfType));
            }
        }

        return new CutSubject
        {
            Units = units.Count,
            Calls = sites.All(),
            UseCases = useCases,
            Writers = Frozen(writers),
            Readers = Frozen(readers),
            Reaches = Frozen(reaches),
            Keys = [.. code.Relations.Select(r => (units.OfType(code.Entities[r.From].Type), units.OfType(code.Entities[r.To].Type)))],
            Joins = [.. code.Joins.Select(j => (units.OfTable(j.Left), units.OfTable(j.Right)))],
            Stored = [.. code.Entities.Select(e => units.OfType(e.Type)).Concat(code.Tables.Select(t => units.OfTable(t.Id))).Distinct().Order()],
            Operations = [.. code.EntryPoints.Select(e => Operation(code, units, e))],
        };
    }

    private static UseCaseTrace Trace(Codebase code, UnitTable units, CallIndex sites, UseCase useCase)
    {
        var entry = code.EntryPoints[useCase.EntryPoint];
        return new UseCaseTrace
        {
            Name = entry.Name,
            Entry = units.OfType(entry.Type),
            Nodes = [.. useCase.Types.Select(units.OfType).Distinct().Order()],
            Calls = sites.Within(useCase),
            Accesses = [.. useCase.Accesses.Select(a => new EntityAccess(units.OfTable(a.Table), a.Mode == AccessMode.Write))],
        };
    }

    private static ServiceOperation Operation(Codebase code, UnitTable units, EntryPoint entry)
    {
        var signature = entry.Member == Codebase.None ? "" : code.Members[entry.Member].Signature;
        var (inputs, outputs) = SignatureTypes.Of(signature);
        return new ServiceOperation(units.OfType(entry.Type), inputs, outputs, [.. NameWords.Of(signature).Distinct().Order(StringComparer.Ordinal)]);
    }

    private static SortedSet<int>[] Sets(Codebase code) => [.. code.Tables.Select(_ => new SortedSet<int>())];

    private static ImmutableArray<ImmutableArray<int>> Frozen(SortedSet<int>[] sets) => [.. sets.Select(s => s.ToImmutableArray())];
}
