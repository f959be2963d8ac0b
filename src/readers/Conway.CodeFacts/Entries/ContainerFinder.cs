using System.Collections.Immutable;
using Conway.CodeFacts.Declared;

namespace Conway.CodeFacts.Entries;

/// <summary>What the container gives for what, as it is told, and where only one answer is possible.</summary>
internal static class ContainerFinder
{
    public static ImmutableArray<Registration> Find(TypeTable types, TypeTree tree, IEnumerable<RegistrationUse> uses)
    {
        var said = uses.OrderBy(u => u.Service).ThenBy(u => u.Implementation).ThenBy(u => u.Place).DistinctBy(u => (u.Service, u.Implementation))
            .Select(u => new Registration(u.Service, u.Implementation, u.Lifetime, u.Place, IsInferred: false)).ToArray();
        var known = said.Select(r => r.Service).ToHashSet();
        var only =
            from type in types.Types
            where type is { Kind: CodeTypeKind.Interface, MemberCount: > 0 } && !known.Contains(type.Id)
            let classes = tree.Down(type.Id).Where(t => types.Types[t] is { Kind: CodeTypeKind.Class or CodeTypeKind.Record, IsAbstract: false }).Take(2).ToArray()
            where classes.Length == 1
            select new Registration(type.Id, classes[0], ServiceLifetime.Unknown, types.Types[classes[0]].Place, IsInferred: true);
        return [.. said.Concat(only).OrderBy(r => r.Service).ThenBy(r => r.Implementation)];
    }
}
