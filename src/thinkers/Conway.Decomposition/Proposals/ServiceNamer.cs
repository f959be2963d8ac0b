using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Graphs;
using Conway.Decomposition.Naming;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Proposals;

/// <summary>Names services by what their entities, tables and types speak of, as far as others do not (TF-IDF).</summary>
internal sealed class ServiceNamer
{
    private const int WordsShown = 5;

    /// <summary>A namespace names a service when this share of its units is in it, and it names no other.</summary>
    private const double NamespaceShare = 0.6;

    private readonly UnitTable _units;
    private readonly (string[] Words, double Weight)[] _said;
    private readonly string[][] _spaces;

    /// <param name="roles">The role of each unit.</param>
    /// <param name="isBlind">Whether namespaces are hidden.</param>
    public ServiceNamer(Codebase code, UnitTable units, ImmutableArray<UnitRole> roles, bool isBlind)
    {
        _units = units;
        var entities = code.Entities.Select(e => units.OfType(e.Type)).Concat(code.Tables.Select(t => units.OfTable(t.Id))).ToHashSet();
        _said = [.. units.All.Select(u => (
            Words: NameWords.Of(u.Name).Where(w => !TechnicalWords.Contains(w)).Distinct().Order(StringComparer.Ordinal).ToArray(),
            Weight: entities.Contains(u.Id) ? 4.0 : roles[u.Id] switch { UnitRole.Endpoint => 2, UnitRole.Domain => 1.5, _ => 1 }))];
        _spaces = [.. units.All.Select(u => isBlind || u.IsTable ? [] : Parts(code.Types[u.Types[0]].Namespace))];
    }

    /// <summary>A name for each service, different from one another, with the words that it was chosen from.</summary>
    /// <param name="services">The units of each, without shared ones.</param>
    /// <param name="given">Names that are settled, by service.</param>
    public ImmutableArray<(string Name, ImmutableArray<string> Words)> Name(IReadOnlyList<ImmutableArray<int>> services, IReadOnlyDictionary<int, string> given)
    {
        var counts = services.Select(Count).ToArray();
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in counts.SelectMany(c => c.Keys))
        {
            used[word] = used.GetValueOrDefault(word) + 1;
        }

        var spaces = services.Select(Space).ToArray();
        var ranked = counts.Select(c => c
            .OrderByDescending(w => w.Value * ExactLog.Ln(1 + ((double)services.Count / used[w.Key])))
            .ThenBy(w => w.Key, StringComparer.Ordinal).Select(w => w.Key).ToImmutableArray()).ToArray();
        var taken = given.Values.ToHashSet(StringComparer.Ordinal);
        var names = new string[services.Count];

        // Large services choose first: their words are the surest.
        foreach (var service in Enumerable.Range(0, services.Count).OrderByDescending(s => services[s].Length).ThenBy(s => s))
        {
            names[service] = given.TryGetValue(service, out var name) ? name : Free(Candidates(service), taken);
            taken.Add(names[service]);
        }

        return [.. names.Select((name, service) => (name, ranked[service].Take(WordsShown).ToImmutableArray()))];

        IEnumerable<string> Candidates(int service)
        {
            if (spaces[service] is { } space && spaces.Count(s => s == space) == 1)
            {
                yield return space;
            }

            var words = ranked[service].Take(WordsShown).ToArray();
            foreach (var word in words.Take(1))
            {
                yield return word;
            }

            foreach (var word in words.Skip(1))
            {
                yield return $"{words[0]}-{word}";
            }
        }
    }

    private static string Free(IEnumerable<string> candidates, HashSet<string> taken)
    {
        var first = "service";
        foreach (var (candidate, i) in candidates.Select((c, i) => (c, i)))
        {
            if (!taken.Contains(candidate))
            {
                return candidate;
            }

            first = i == 0 ? candidate : first;
        }

        for (var number = 1; ; number++)
        {
            var name = first == "service" || number > 1 ? $"{first}-{number}" : first;
            if (!taken.Contains(name))
            {
                return name;
            }
        }
    }

    private SortedDictionary<string, double> Count(ImmutableArray<int> service)
    {
        var counts = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var unit in service)
        {
            foreach (var word in _said[unit].Words.Where(IsName))
            {
                counts[word] = counts.GetValueOrDefault(word) + _said[unit].Weight;
            }
        }

        return counts;
    }

    /// <summary>The part of namespaces that most of a service have and that names no layer; the one that stands furthest to the left. Null when there is none.</summary>
    private string? Space(ImmutableArray<int> service)
    {
        var placed = service.Where(u => !_units.All[u].IsTable).ToArray();
        var best = placed.SelectMany(u => _spaces[u].Select((part, depth) => (part, depth)))
            .GroupBy(p => p.part).Select(g => (Part: g.Key, Count: g.Count(), Depth: g.Min(p => p.depth)))
            .Where(g => g.Count >= NamespaceShare * placed.Length)
            .Where(g => g.Count >= 0.5 * _spaces.Count(s => s.Contains(g.Part)))
            .OrderBy(g => g.Depth).ThenByDescending(g => g.Count).ThenBy(g => g.Part, StringComparer.Ordinal).FirstOrDefault();
        return best.Part;
    }

    private static string[] Parts(string name) =>
    [
        .. name.Split('.', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part.Any(char.IsLetter) && !NameWords.Of(part).All(TechnicalWords.Contains))
            .Select(Kebab).Where(IsName).Distinct(),
    ];

    private static string Kebab(string part)
    {
        var name = new System.Text.StringBuilder();
        for (var i = 0; i < part.Length; i++)
        {
            var starts = i > 0 && char.IsUpper(part[i]) && (char.IsLower(part[i - 1]) || (i + 1 < part.Length && char.IsLower(part[i + 1])));
            if ((starts || part[i] == '_') && name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }

            if (part[i] != '_')
            {
                name.Append(char.ToLowerInvariant(part[i]));
            }
        }

        return name.ToString().Trim('-');
    }

    /// <summary>What the model takes for a name: small Latin letters, digits and dashes, a letter first, at most 40.</summary>
    private static bool IsName(string word) => word.Length is > 1 and <= 40 && word[0] is >= 'a' and <= 'z' && word.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
