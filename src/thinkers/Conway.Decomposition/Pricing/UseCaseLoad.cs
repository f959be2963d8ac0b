using Conway.CodeFacts;
using Conway.CodeFacts.Traces;
using Conway.Decomposition.Measures;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Pricing;

/// <summary>What traces add to what the source says of use cases: how often each runs, what it really touches, and how often it really calls.</summary>
/// <remarks>What traces did not see stays: a yearly closing is not in the traces of a week. So each use case counts its requests and one more, a call that
/// the source knows stays one, and a table that it reaches stays reached.</remarks>
internal sealed class UseCaseLoad
{
    private readonly UnitTable _units;
    private readonly Dictionary<int, SeenUseCase> _seen;

    private UseCaseLoad(UnitTable units, Dictionary<int, SeenUseCase> seen) => (_units, _seen) = (units, seen);

    public static UseCaseLoad Of(Codebase code, UnitTable units, SeenTraffic? seen) =>
        new(units, seen is null ? [] : seen.UseCases.Where(u => u.UseCase < code.UseCases.Length).ToDictionary(u => u.UseCase));

    /// <summary>The same use case with what was seen of it.</summary>
    /// <param name="trace">As the source says.</param>
    /// <param name="useCase">Its id.</param>
    public UseCaseTrace Weigh(UseCaseTrace trace, int useCase)
    {
        if (!_seen.TryGetValue(useCase, out var seen))
        {
            return trace;
        }

        var calls = trace.Calls.ToDictionary(c => (c.From, c.To), c => c.Volume);
        foreach (var call in seen.Calls)
        {
            var pair = (From: _units.OfType(call.From), To: _units.OfType(call.To));
            if (pair.From != pair.To)
            {
                // Of each request, rounded up: a call in a loop is as many as there are.
                var each = (call.Count + seen.Requests - 1) / seen.Requests;
                calls[pair] = Math.Max(each, calls.GetValueOrDefault(pair));
            }
        }

        var known = trace.Accesses.ToHashSet();
        return trace with
        {
            Weight = seen.Requests + 1,
            Nodes = [.. trace.Nodes.Concat(calls.Keys.SelectMany(c => new[] { c.From, c.To })).Distinct().Order()],
            Calls = [.. calls.OrderBy(c => c.Key).Select(c => new CallVolume(c.Key.From, c.Key.To, c.Value))],
            Accesses = [.. trace.Accesses, .. seen.Accesses.Select(a => new EntityAccess(_units.OfTable(a.Table), a.Mode == AccessMode.Write)).Where(known.Add)],
        };
    }
}
