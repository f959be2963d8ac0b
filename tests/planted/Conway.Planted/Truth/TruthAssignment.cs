namespace Conway.Planted.Truth;

/// <summary>A truth file laid over the types that there are.</summary>
public sealed class TruthAssignment
{
    private TruthAssignment(IReadOnlyDictionary<string, TruthPlace> places, IReadOnlyList<string> unlisted, IReadOnlyList<string> problems) =>
        (Places, Unlisted, Problems) = (places, unlisted, problems);

    /// <summary>Where each listed type belongs. A nested type that is not listed itself belongs where its outer type does.</summary>
    public IReadOnlyDictionary<string, TruthPlace> Places { get; }

    /// <summary>Types that nothing was said about; they are not scored. Sorted.</summary>
    public IReadOnlyList<string> Unlisted { get; }

    /// <summary>What does not fit: a name that no type has, a type with two places. Sentences that begin with the line.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <param name="types">Full names as in metadata, without arity, nested ones with <c>+</c>. Several of the same name are one.</param>
    public static TruthAssignment Of(TruthFile truth, IEnumerable<string> types)
    {
        var claims = Claims(truth).ToList();
        var (places, unlisted, problems) = (new SortedDictionary<string, TruthPlace>(StringComparer.Ordinal), new List<string>(), new List<string>());
        var used = new HashSet<Claim>();
        foreach (var type in types.Distinct().Order(StringComparer.Ordinal))
        {
            var fitting = claims.Where(c => c.Pattern.Matches(type)).ToList();
            used.UnionWith(fitting);
            if (fitting.Count == 0)
            {
                // Sorted by name, an outer type stands before its nested ones.
                if (type.LastIndexOf('+') is var end and > 0 && places.TryGetValue(type[..end], out var outer))
                    places.Add(type, outer);
                else
                    unlisted.Add(type);
                continue;
            }

            var best = fitting.Where(c => c.Pattern.Weight == fitting.Max(f => f.Pattern.Weight)).ToList();
            if (best.Count > 1)
                problems.Add($"{best[1].Pattern.Line}: '{best[1].Pattern}' names {type}, which '{best[0].Pattern}' in line {best[0].Pattern.Line} names, too. A type has one place; write the full name where it belongs.");
            places.Add(type, best[0].Place);
        }

        problems.AddRange(claims.Where(c => !used.Contains(c)).Select(c => $"{c.Pattern.Line}: no type is called '{c.Pattern}'."));
        return new TruthAssignment(places, unlisted, problems);
    }

    private static IEnumerable<Claim> Claims(TruthFile truth) =>
    [
        .. from service in truth.Services from type in service.Types select new Claim(type, new TruthPlace(TruthKind.Owned, [service.Name])),
        .. truth.Shared.Select(type => new Claim(type, new TruthPlace(TruthKind.Shared, []))),
        .. truth.Technical.Select(type => new Claim(type, new TruthPlace(TruthKind.Technical, []))),
        .. truth.Contested.Select(c => new Claim(c.Type, new TruthPlace(TruthKind.Contested, c.Services))),
    ];

    private sealed record Claim(TypePattern Pattern, TruthPlace Place);
}
