using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Clustering;
using Conway.Decomposition.Graphs;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Naming;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Sharing;

/// <summary>What can be seen of a unit that tells whether all use it, or some.</summary>
/// <remarks>Namespaces, folders and projects are not looked at. Clusters that are found with everything in the graph say who uses a unit; a unit whose users
/// are everywhere, and which needs nothing of theirs, is shared. What is stored has an owner, however many use it: entities and tables are never looked at.</remarks>
internal static class SharedFeatures
{
    /// <summary>Fewer users, and fewer than <see cref="UsesMin"/> uses, tell nothing: the unit stays where its neighbours are.</summary>
    public const int UsersMin = 3;

    public const int UsesMin = 4;

    /// <summary>What this share of all units uses is used by everybody.</summary>
    private const double EverybodyMin = 0.25;

    private const double Coarse = 0.35;
    private const double Fine = 1;
    private const int ClusterMin = 5;

    /// <summary>What each figure is, for people.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "a start", "it uses many", "its users are together, seen from far", "its users are together, seen from near", "its users are evenly everywhere", "what it uses is together",
        "generic", "interface", "abstract", "static", "enum", "record", "options, pipeline or composition", "exception or attribute", "handler", "request or event", "endpoint",
        "technical name", "reaches entities", "uses nothing",
    ];

    /// <summary>For each unit its figures, null where there is too little to see.</summary>
    public static double[]?[] Of(Codebase code, UnitTable units, LinkTable links, bool useNames)
    {
        var (users, uses) = Neighbours(units, links);
        var graph = links.Graph(l => l.Evidence == EvidenceKind.Code && !IsEverybodys(users[l.To], units.Count) && !IsEverybodys(users[l.From], units.Count));
        var (coarse, fine) = (Consensus.Of(graph, Coarse), Consensus.Of(graph, Fine));
        var roles = Roles(code, units);
        var reaches = ReachesEntities(roles, users);
        var clusters = Math.Max(2, fine.Sizes.ToArray().Count(s => s >= ClusterMin));
        var figures = new double[]?[units.Count];
        foreach (var unit in units.All)
        {
            var id = unit.Id;
            if (unit.IsTable || (roles[id] & TypeRoles.Entity) != 0 || (users[id].Count < UsersMin && uses[id].Count < UsesMin))
            {
                continue;
            }

            var type = code.Types[unit.Types[0]];
            var role = roles[id];
            figures[id] =
            [
                1,
                ExactLog.Ln(1 + uses[id].Count),
                Together(users[id], coarse),
                Together(users[id], fine),
                Everywhere(users[id], fine, clusters),
                Together(uses[id], coarse),
                Is(type.FullName.Contains('`', StringComparison.Ordinal)),
                Is(type.Kind == CodeTypeKind.Interface),
                Is(type.IsAbstract && type.Kind != CodeTypeKind.Interface),
                Is(type.IsStatic),
                Is(type.Kind == CodeTypeKind.Enum),
                Is(type.Kind is CodeTypeKind.Record or CodeTypeKind.RecordStruct),
                Is((role & (TypeRoles.Options | TypeRoles.Pipeline | TypeRoles.Composition | TypeRoles.Extensions)) != 0),
                Is((role & (TypeRoles.Exception | TypeRoles.Attribute)) != 0),
                Is((role & TypeRoles.Handler) != 0),
                Is((role & (TypeRoles.Request | TypeRoles.Event)) != 0),
                Is((role & TypeRoles.Endpoint) != 0),
                Is(useNames && NameWords.Of(unit.Name).All(TechnicalWords.Contains)),
                Is(reaches[id]),
                Is(uses[id].Count == 0),
            ];
        }

        return figures;
    }

    /// <summary>That a unit logs, as all do, says nothing of it, nor of whom it belongs with.</summary>
    private static bool IsEverybodys(List<int> users, int units) => users.Count >= EverybodyMin * units;

    /// <summary>The roles of a unit: those of all its types.</summary>
    public static TypeRoles[] Roles(Codebase code, UnitTable units)
    {
        var roles = new TypeRoles[units.Count];
        foreach (var type in code.Types)
        {
            roles[units.OfType(type.Id)] |= type.Roles;
        }

        foreach (var entity in code.Entities)
        {
            roles[units.OfType(entity.Type)] |= TypeRoles.Entity;
        }

        return roles;
    }

    private static double Is(bool fact) => fact ? 1 : 0;

    private static (List<int>[] Users, List<int>[] Uses) Neighbours(UnitTable units, LinkTable links)
    {
        var users = units.All.Select(_ => new List<int>()).ToArray();
        var uses = units.All.Select(_ => new List<int>()).ToArray();
        foreach (var link in links.All.Where(l => l.Evidence == EvidenceKind.Code))
        {
            users[link.To].Add(link.From);
        }

        foreach (var link in links.All.Where(l => l.Evidence == EvidenceKind.Code && !IsEverybodys(users[l.To], units.Count)))
        {
            uses[link.From].Add(link.To);
        }

        return (users, uses);
    }

    /// <summary>The share of the others that are in the cluster that most are in; 1 when there are less than two.</summary>
    private static double Together(List<int> some, Partition clusters) =>
        some.Count < 2 ? 1 : (some.GroupBy(u => clusters[u]).Max(g => g.Count()) - 1.0) / (some.Count - 1);

    /// <summary>The entropy of clusters among users against that of all clusters alike; 0 when there are less than two.</summary>
    private static double Everywhere(List<int> users, Partition clusters, int count)
    {
        if (users.Count < 2)
        {
            return 0;
        }

        var entropy = 0.0;
        foreach (var group in users.GroupBy(u => clusters[u]).OrderBy(g => g.Key))
        {
            var share = (double)group.Count() / users.Count;
            entropy -= share * ExactLog.Ln(share);
        }

        return entropy / ExactLog.Ln(count);
    }

    private static bool[] ReachesEntities(TypeRoles[] roles, List<int>[] users)
    {
        var reaches = new bool[roles.Length];
        var walk = new Queue<int>(Enumerable.Range(0, roles.Length).Where(u => (roles[u] & TypeRoles.Entity) != 0));
        while (walk.TryDequeue(out var at))
        {
            foreach (var user in users[at])
            {
                if (!reaches[user])
                {
                    reaches[user] = true;
                    walk.Enqueue(user);
                }
            }
        }

        return reaches;
    }
}
