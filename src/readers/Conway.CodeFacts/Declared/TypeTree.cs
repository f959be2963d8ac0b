using System.Collections.Immutable;
using Conway.CodeFacts.Stores;

namespace Conway.CodeFacts.Declared;

/// <summary>A type says what it derives from or implements.</summary>
/// <param name="Base">Id of that type; <see cref="Codebase.None"/> when it is not the codebase's.</param>
/// <param name="Name">Its name without type arguments.</param>
/// <param name="Arguments">What it gives for the type parameters of that type.</param>
internal readonly record struct BaseFact(int Type, int Base, string Name, ImmutableArray<Subject> Arguments, CodePlace Place);

/// <summary>Who derives from whom, in both directions. Circles in broken code are walked once.</summary>
internal sealed class TypeTree
{
    private readonly ImmutableArray<BaseFact>[] _bases;
    private readonly ImmutableArray<int>[] _derived;

    public TypeTree(int types, IEnumerable<BaseFact> facts)
    {
        var bases = new SortedSet<BaseFact>?[types];
        var derived = new SortedSet<int>?[types];
        var order = Comparer<BaseFact>.Create(static (a, b) =>
            a.Place != b.Place ? a.Place.CompareTo(b.Place) : a.Base != b.Base ? a.Base.CompareTo(b.Base) : a.Name != b.Name ? string.CompareOrdinal(a.Name, b.Name) : Compare(a.Arguments, b.Arguments));
        foreach (var fact in facts)
        {
            (bases[fact.Type] ??= new(order)).Add(fact);
            if (fact.Base != Codebase.None && fact.Base != fact.Type)
            {
                (derived[fact.Base] ??= []).Add(fact.Type);
            }
        }

        _bases = [.. bases.Select(b => b is null ? [] : b.ToImmutableArray())];
        _derived = [.. derived.Select(d => d is null ? [] : d.ToImmutableArray())];
    }

    /// <summary>What a type itself says.</summary>
    public ImmutableArray<BaseFact> BasesOf(int type) => _bases[type];

    /// <summary>Types that say so themselves, ascending.</summary>
    public ImmutableArray<int> DerivedFrom(int type) => _derived[type];

    /// <summary>A type and everything of the codebase that it derives from or implements, nearest first.</summary>
    public IEnumerable<int> Up(int type) => Walk(type, t => _bases[t].Select(b => b.Base).Where(b => b != Codebase.None));

    /// <summary>A type and everything that derives from it or implements it, nearest first.</summary>
    public IEnumerable<int> Down(int type) => Walk(type, t => _derived[t]);

    public bool Is(int type, int of) => type == of || Up(type).Contains(of);

    /// <summary>What a type, or anything of the codebase that it derives from, says of the world outside: <c>ControllerBase</c>, <c>IRequestHandler</c>.</summary>
    public IEnumerable<BaseFact> Outside(int type) => Up(type).SelectMany(t => _bases[t].Where(b => b.Base == Codebase.None));

    private static int Compare(ImmutableArray<Subject> a, ImmutableArray<Subject> b)
    {
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            if (a[i] != b[i])
            {
                return (a[i].Type, a[i].Parameter, a[i].OfMethod).CompareTo((b[i].Type, b[i].Parameter, b[i].OfMethod));
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    private static IEnumerable<int> Walk(int from, Func<int, IEnumerable<int>> next)
    {
        var seen = new HashSet<int> { from };
        var left = new Queue<int>([from]);
        while (left.TryDequeue(out var at))
        {
            yield return at;
            foreach (var further in next(at))
            {
                if (seen.Add(further))
                {
                    left.Enqueue(further);
                }
            }
        }
    }
}
