using Conway.CodeFacts;

namespace Conway.Decomposition.Units;

/// <summary>Orders units by what they are and what they are joined to (colour refinement: Weisfeiler and Leman 1968), so that the order is the same
/// for the same code in other namespaces, folders and files.</summary>
/// <remarks>Units that no name and no neighbour tells apart are left in the order of their full names; which of such twins comes first decides nothing
/// that could be seen in the structure.</remarks>
internal static class UnitOrder
{
    private const int Rounds = 4;

    /// <summary>Indexes into <paramref name="units"/>, in order.</summary>
    public static int[] Of(Codebase code, IReadOnlyList<CodeUnit> units, bool useNames)
    {
        var ofType = new int[code.Types.Length];
        for (var unit = 0; unit < units.Count; unit++)
        {
            foreach (var type in units[unit].Types)
            {
                ofType[type] = unit;
            }
        }

        var links = new List<(int From, int To, ulong Label)>(code.Edges.Length);
        foreach (var edge in code.Edges)
        {
            var (from, to) = (ofType[edge.From], ofType[edge.To]);
            if (from != to)
            {
                links.Add((from, to, Mix((ulong)edge.Kind + 1, (ulong)edge.Count)));
            }
        }

        var colours = units.Select(u => First(code, u, useNames)).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            // Sums do not depend on the order of adding, and wrap alike everywhere.
            var sums = new ulong[units.Count];
            foreach (var (from, to, label) in links)
            {
                sums[from] += Mix(label, colours[to]);
                sums[to] += Mix(~label, colours[from]);
            }

            for (var unit = 0; unit < colours.Length; unit++)
            {
                colours[unit] = Mix(colours[unit], sums[unit]);
            }
        }

        return [.. Enumerable.Range(0, units.Count)
            .OrderBy(u => useNames ? units[u].Name : "", StringComparer.Ordinal)
            .ThenBy(u => colours[u])
            .ThenBy(u => units[u].FullName, StringComparer.Ordinal)
            .ThenBy(u => units[u].Place)];
    }

    private static ulong First(Codebase code, CodeUnit unit, bool useNames)
    {
        if (unit.IsTable)
        {
            return Mix(1, useNames ? Hash(unit.Name) : 0);
        }

        var colour = 2UL;
        foreach (var type in unit.Types.Select(t => code.Types[t]).OrderBy(t => useNames ? t.Name : "", StringComparer.Ordinal).ThenBy(t => t.Kind).ThenBy(t => t.MemberCount))
        {
            colour = Mix(colour, ((ulong)type.Kind << 40) ^ ((ulong)type.Roles << 8) ^ (ulong)type.MemberCount);
            colour = Mix(colour, useNames ? Hash(type.Name) : 0);
        }

        return colour;
    }

    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return hash;
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var mixed = (a ^ (b + 0x9E3779B97F4A7C15UL + (a << 6) + (a >> 2))) * 0xBF58476D1CE4E5B9UL;
        mixed ^= mixed >> 29;
        mixed *= 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 32);
    }
}
