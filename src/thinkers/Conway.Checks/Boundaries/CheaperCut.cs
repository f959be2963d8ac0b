using Conway.Checks.Sources;
using Conway.CodeFacts;
using Conway.Model;

namespace Conway.Checks.Boundaries;

/// <summary>A few types that would spare many calls between services if they lay in another one.</summary>
/// <remarks>
/// <para>Counted are calls of methods between types of two services, as the source has them; services that share no source have none. Properties and constructors are not counted: they become data.</para>
/// <para>Greedy: the type whose move spares most calls goes first, until enough are spared, no move spares any, or as many were moved as count as few. What it finds is a way to spare so many;
/// there may be a shorter one.</para></remarks>
internal sealed record CheaperCut(IReadOnlyList<MovedType> Moves, int Types, int Calls, int Spared)
{
    // More moves are no small correction, whatever share they are.
    private const int MovesMax = 50;

    /// <summary>The fewest moves that spare enough, greedily; null when there are none, or too few calls to judge by.</summary>
    public static CheaperCut? Of(ServiceCode code, CutLimits limits)
    {
        var homes = new Dictionary<int, string>();
        foreach (var service in code.Services)
        {
            foreach (var type in code.TypesOf(service))
            {
                homes[type.Id] = service;
            }
        }

        var links = Links(code.Code, homes);
        var calls = links.Sum(l => l.Value.Where(o => homes[o.Key] != homes[l.Key]).Sum(o => o.Value)) / 2;
        if (calls < limits.CallsMin)
        {
            return null;
        }

        var (moves, spared, original) = (new List<MovedType>(), 0, homes.Count);
        var most = Math.Min(MovesMax, (int)(limits.Moved.Fraction * original));
        var moved = new HashSet<int>();
        while (moves.Count < most && spared < limits.Spared.Fraction * calls)
        {
            if (Best(links, homes, moved) is not { } best)
            {
                return null;
            }

            moves.Add(new MovedType(code.Code.Types[best.Type], homes[best.Type], best.To, best.Here, best.There));
            homes[best.Type] = best.To;
            moved.Add(best.Type);
            spared += best.There - best.Here;
        }

        return moves.Count > 0 && spared >= limits.Spared.Fraction * calls ? new CheaperCut(moves, original, calls, spared) : null;
    }

    /// <summary>How many calls there are between each two types, both ways.</summary>
    private static SortedDictionary<int, Dictionary<int, int>> Links(Codebase code, Dictionary<int, string> homes)
    {
        var links = new SortedDictionary<int, Dictionary<int, int>>();
        foreach (var call in code.Calls)
        {
            var from = code.Members[call.From].Type;
            if ((call.Flags & (CallFlags.New | CallFlags.Property)) == 0 && from != call.ToType && homes.ContainsKey(from) && homes.ContainsKey(call.ToType))
            {
                Count(from, call.ToType);
                Count(call.ToType, from);
            }
        }

        return links;

        void Count(int one, int other)
        {
            if (!links.TryGetValue(one, out var of))
            {
                links[one] = of = [];
            }

            of[other] = of.GetValueOrDefault(other) + 1;
        }
    }

    // A type is moved once: two that pull each other would go to and fro.
    private static (int Type, string To, int Here, int There)? Best(SortedDictionary<int, Dictionary<int, int>> links, Dictionary<int, string> homes, HashSet<int> moved)
    {
        (int Type, string To, int Here, int There)? best = null;
        foreach (var (type, others) in links.Where(l => !moved.Contains(l.Key)))
        {
            var with = others.GroupBy(o => homes[o.Key], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(o => o.Value), StringComparer.Ordinal);
            var here = with.GetValueOrDefault(homes[type]);
            foreach (var (to, there) in with.Where(w => w.Key != homes[type]).OrderBy(w => w.Key, StringComparer.Ordinal))
            {
                if (there > here && (best is null || there - here > best.Value.There - best.Value.Here))
                {
                    best = (type, to, here, there);
                }
            }
        }

        return best;
    }
}

/// <summary>A type that would better lie elsewhere.</summary>
/// <param name="Type">Which.</param>
/// <param name="From">The service where it lies.</param>
/// <param name="To">The service where it would lie.</param>
/// <param name="Here">Calls between it and the rest of <paramref name="From"/>.</param>
/// <param name="There">Calls between it and <paramref name="To"/>.</param>
internal sealed record MovedType(CodeType Type, string From, string To, int Here, int There);
