using Conway.CodeFacts;

namespace Conway.Checks.Sources;

/// <summary>An entity as it can be compared: its name and its properties.</summary>
/// <param name="Name">Simple name of the type.</param>
/// <param name="Properties">Names of its properties, without those that every entity has.</param>
/// <param name="Place">Where it is declared.</param>
internal sealed record KeptEntity(string Name, IReadOnlySet<string> Properties, CodePlace Place);

/// <summary>The entities of services, held against each other.</summary>
internal static class KeptEntities
{
    // Fewer are chance: Name and Description stand in half of all entities.
    private const int SharedMin = 3;

    private static readonly HashSet<string> Common = new(
        ["Id", "CreatedAt", "UpdatedAt", "DeletedAt", "CreatedBy", "UpdatedBy", "ModifiedBy", "LastModified", "LastModifiedBy", "Created", "Modified", "CreatedOn", "ModifiedOn", "IsDeleted", "Version", "RowVersion", "DomainEvents"],
        StringComparer.Ordinal);

    /// <summary>What a service keeps, by the simple name of the type; of two of one name the first.</summary>
    public static Dictionary<string, KeptEntity> Of(ServiceCode code, string service)
    {
        var kept = new Dictionary<string, KeptEntity>(StringComparer.Ordinal);
        foreach (var type in code.TypesOf(service).Where(t => (t.Roles & TypeRoles.Entity) != 0 && !Plumbing.Is(t.Name)))
        {
            var properties = code.Code.MembersOf(type).ToArray().Where(m => m is { Kind: CodeMemberKind.Property, IsStatic: false } && !Common.Contains(m.Name)).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
            kept.TryAdd(type.Name, new KeptEntity(type.Name, properties, type.Place));
        }

        return kept;
    }

    /// <summary>Entities of one name whose properties are the same for the most part, the most alike first.</summary>
    /// <param name="one">Of one service.</param>
    /// <param name="other">Of another.</param>
    /// <param name="least">Lowest share of the properties of either that both have (Jaccard, 1901), 0 to 1.</param>
    public static IEnumerable<(KeptEntity One, KeptEntity Other, double Alike)> Alike(Dictionary<string, KeptEntity> one, Dictionary<string, KeptEntity> other, double least) =>
        from entity in one.Values
        where other.ContainsKey(entity.Name)
        let twin = other[entity.Name]
        let shared = entity.Properties.Count(twin.Properties.Contains)
        where shared >= SharedMin
        let alike = (double)shared / (entity.Properties.Count + twin.Properties.Count - shared)
        where alike >= least
        orderby alike descending, entity.Name
        select (entity, twin, alike);
}
