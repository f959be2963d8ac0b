using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Sharing;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Proposals;

/// <summary>Tells what each unit is, and what becomes of those that several services need.</summary>
internal static class UnitRoles
{
    private const TypeRoles Persisting = TypeRoles.Repository | TypeRoles.StoreContext | TypeRoles.Mapping;
    private const TypeRoles Working = TypeRoles.Handler | TypeRoles.Background | TypeRoles.Validator;
    private const TypeRoles Carrying = TypeRoles.Contract | TypeRoles.Request | TypeRoles.Event;
    private const TypeRoles Framing = TypeRoles.Options | TypeRoles.Pipeline | TypeRoles.Composition | TypeRoles.Extensions | TypeRoles.Exception | TypeRoles.Attribute;

    /// <summary>A role for each unit.</summary>
    /// <param name="isShared">Whether a unit belongs to no service alone.</param>
    public static ImmutableArray<UnitRole> Of(Codebase code, UnitTable units, Func<int, bool> isShared)
    {
        var flags = SharedFeatures.Roles(code, units);
        var roles = new UnitRole?[units.Count];
        for (var unit = 0; unit < roles.Length; unit++)
        {
            roles[unit] = units.All[unit].IsTable ? UnitRole.Persistence : Plain(flags[unit]);
        }

        // An interface is what implements it, a type that entities hold is part of the business.
        foreach (var edge in code.Edges)
        {
            var (from, to) = (units.OfType(edge.From), units.OfType(edge.To));
            roles[to] ??= edge.Kind == EdgeKind.Base && code.Types[edge.To].Kind == CodeTypeKind.Interface ? roles[from]
                : edge.Kind == EdgeKind.Field && (flags[from] & TypeRoles.Entity) != 0 ? UnitRole.Domain
                : null;
        }

        return [.. Enumerable.Range(0, roles.Length).Select(u => Settled(u))];

        UnitRole Settled(int unit)
        {
            var type = units.All[unit].IsTable ? null : code.Types[units.All[unit].Types[0]];
            var role = roles[unit] ?? (type is { Kind: CodeTypeKind.Enum or CodeTypeKind.Struct or CodeTypeKind.RecordStruct or CodeTypeKind.Record } ? UnitRole.Domain : UnitRole.Application);
            return isShared(unit) && role is not (UnitRole.Contract or UnitRole.Domain) ? UnitRole.Technical : role;
        }
    }

    /// <summary>What becomes of a unit that is shared.</summary>
    public static SharedAs Share(Codebase code, UnitTable units, UnitRole role, int unit, IReadOnlySet<int> doing)
    {
        var own = units.All[unit];
        if (own.IsTable || doing.Contains(unit))
        {
            return SharedAs.Platform;
        }

        var type = code.Types[own.Types[0]];
        return type.Kind == CodeTypeKind.Enum || (role == UnitRole.Contract && !type.IsStatic) ? SharedAs.Replicate
            : role == UnitRole.Domain && type.Kind != CodeTypeKind.Interface && !type.IsAbstract ? SharedAs.Kernel
            : SharedAs.Library;
    }

    /// <summary>Units that reach outside when they work: stores, other programs, the clock of a scheduler.</summary>
    public static HashSet<int> Doing(Codebase code, UnitTable units) =>
    [
        .. code.Accesses.Where(a => !a.IsInferred).Select(a => units.OfType(code.Members[a.Member].Type)),
        .. code.OutboundCalls.Where(c => c.Member != Codebase.None).Select(c => units.OfType(code.Members[c.Member].Type)),
        .. code.EntryPoints.Where(e => e.Kind is EntryPointKind.Hosted or EntryPointKind.Job or EntryPointKind.Consumer).Select(e => units.OfType(e.Type)),
    ];

    private static UnitRole? Plain(TypeRoles flags) =>
        (flags & (TypeRoles.Entity | TypeRoles.ValueObject)) != 0 ? UnitRole.Domain
        : (flags & TypeRoles.Endpoint) != 0 ? UnitRole.Endpoint
        : (flags & Persisting) != 0 ? UnitRole.Persistence
        : (flags & Working) != 0 ? UnitRole.Application
        : (flags & Carrying) != 0 ? UnitRole.Contract
        : (flags & Framing) != 0 ? UnitRole.Application
        : null;
}
