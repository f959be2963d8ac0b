using System.Collections.Immutable;
using Conway.Decomposition.Measures;

namespace Conway.Decomposition.Pricing;

/// <summary>What prices are made of, by unit, so that a move looks at nothing else.</summary>
public sealed class PriceIndex
{
    /// <summary>Loads of use cases become whole numbers: the busiest counts this much, and none counts nothing.</summary>
    private const int LoadMax = 10_000;

    private readonly ImmutableArray<int>[] _useCases;
    private readonly ImmutableArray<int>[] _tables;
    private readonly ImmutableArray<(int Other, long Weight)>[] _calls;
    private readonly ImmutableArray<int>[] _keys;
    private readonly ImmutableArray<int>[] _joins;
    private readonly long[] _weights;
    private readonly int[] _team;

    /// <param name="subject">The codebase in numbers.</param>
    /// <param name="teamOf">The team of each unit, -1 where unknown; empty when no team is known.</param>
    public PriceIndex(CutSubject subject, ReadOnlySpan<int> teamOf = default)
    {
        var most = subject.UseCases.Select(u => u.Weight).DefaultIfEmpty(1).Max();
        var writing = subject.UseCases.Where(u => u.Writes).ToArray();
        _weights = [.. writing.Select(u => Whole(u, most))];
        WritingWeight = _weights.Sum();
        _useCases = Invert(subject.Units, writing.Select(u => u.Accesses.Where(a => a.IsWrite).Select(a => a.Node)));
        var written = subject.Writers.Where(w => !w.IsEmpty).ToArray();
        WrittenTables = written.Length;
        _tables = Invert(subject.Units, written.Select(w => w.AsEnumerable()));

        var calls = new Dictionary<(int, int), long>();
        foreach (var useCase in subject.UseCases)
        {
            foreach (var call in useCase.Calls)
            {
                var pair = (Math.Min(call.From, call.To), Math.Max(call.From, call.To));
                calls[pair] = calls.GetValueOrDefault(pair) + (call.Volume * Whole(useCase, most));
            }
        }

        CallWeight = calls.Values.Sum();
        _calls = Ends(subject.Units, calls.OrderBy(c => c.Key).Select(c => (c.Key.Item1, c.Key.Item2, c.Value)));
        (KeyCount, JoinCount) = (subject.Keys.Length, subject.Joins.Length);
        _keys = Others(subject.Units, subject.Keys);
        _joins = Others(subject.Units, subject.Joins);
        _team = new int[subject.Units];
        Array.Fill(_team, -1);
        teamOf.CopyTo(_team);
        Teams = _team.Length == 0 ? 0 : _team.Max() + 1;
        TeamUnits = _team.Count(t => t >= 0);
    }

    /// <summary>How many use cases write.</summary>
    public int WritingUseCases => _weights.Length;

    /// <summary>The sum of their weights.</summary>
    public long WritingWeight { get; }

    /// <summary>How many tables are written.</summary>
    public int WrittenTables { get; }

    /// <summary>All calls of all use cases, by how often they run.</summary>
    public long CallWeight { get; }

    public int KeyCount { get; }

    public int JoinCount { get; }

    public int Teams { get; }

    /// <summary>How many units have a team.</summary>
    public int TeamUnits { get; }

    /// <summary>Writing use cases that write what a unit stores.</summary>
    internal ImmutableArray<int> WrittenBy(int unit) => _useCases[unit];

    /// <summary>Tables that a unit writes.</summary>
    internal ImmutableArray<int> WritesTo(int unit) => _tables[unit];

    internal ImmutableArray<(int Other, long Weight)> CallsOf(int unit) => _calls[unit];

    internal ImmutableArray<int> KeysOf(int unit) => _keys[unit];

    internal ImmutableArray<int> JoinsOf(int unit) => _joins[unit];

    internal long WeightOf(int writingUseCase) => _weights[writingUseCase];

    internal int TeamOf(int unit) => _team[unit];

    private static long Whole(UseCaseTrace useCase, double most) => most <= 0 ? 1 : Math.Max(1, (long)Math.Round(LoadMax * useCase.Weight / most));

    private static ImmutableArray<int>[] Invert(int units, IEnumerable<IEnumerable<int>> members)
    {
        var found = Lists<int>(units);
        foreach (var (group, index) in members.Select((m, i) => (m, i)))
        {
            foreach (var unit in group.Distinct())
            {
                found[unit].Add(index);
            }
        }

        return Frozen(found);
    }

    private static ImmutableArray<(int, long)>[] Ends(int units, IEnumerable<(int A, int B, long Weight)> pairs)
    {
        var found = Lists<(int, long)>(units);
        foreach (var (a, b, weight) in pairs.Where(p => p.A != p.B))
        {
            found[a].Add((b, weight));
            found[b].Add((a, weight));
        }

        return Frozen(found);
    }

    private static ImmutableArray<int>[] Others(int units, ImmutableArray<(int A, int B)> pairs)
    {
        var found = Lists<int>(units);
        foreach (var (a, b) in pairs.Where(p => p.A != p.B))
        {
            found[a].Add(b);
            found[b].Add(a);
        }

        return Frozen(found);
    }

    private static List<T>[] Lists<T>(int units)
    {
        var lists = new List<T>[units];
        for (var unit = 0; unit < units; unit++)
        {
            lists[unit] = [];
        }

        return lists;
    }

    private static ImmutableArray<T>[] Frozen<T>(List<T>[] lists) => [.. lists.Select(l => l.ToImmutableArray())];
}
