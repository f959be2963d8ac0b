using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Measures;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Pricing;

/// <summary>Calls between units that would have to travel if a boundary came between.</summary>
/// <remarks>Making an instance and reading a property travel with the value, and are not counted. A call of an interface is one of it, and one of the
/// interface to what the container gives for it; a request is one of the sender to its handler.</remarks>
internal sealed class CallIndex
{
    private readonly Codebase _code;
    private readonly UnitTable _units;
    private readonly int[] _firstCall;
    private readonly int[] _firstSend;
    private readonly ILookup<int, int> _implementations;
    private readonly ILookup<int, int> _handlers;

    public CallIndex(Codebase code, UnitTable units)
    {
        (_code, _units) = (code, units);
        _firstCall = Starts(code.Members.Length, code.Calls.Select(c => c.From));
        _firstSend = Starts(code.Members.Length, code.MessageSends.Select(s => s.Member));
        _implementations = code.Registrations.Where(r => r.Service != r.Implementation).ToLookup(r => r.Service, r => r.Implementation);
        _handlers = code.MessageHandlers.Where(h => h.Kind == MessageKind.Request).ToLookup(h => h.Message, h => h.Handler);
    }

    /// <summary>All calls of the codebase.</summary>
    public ImmutableArray<CallVolume> All() => Sum(Enumerable.Range(0, _code.Members.Length), static _ => true);

    /// <summary>The calls of one use case.</summary>
    public ImmutableArray<CallVolume> Within(UseCase useCase)
    {
        var reached = useCase.Types.ToHashSet();
        return Sum(useCase.Members, reached.Contains);
    }

    /// <summary>The call sites of a member that would travel.</summary>
    public IEnumerable<CallSite> Of(int member)
    {
        for (var i = _firstCall[member]; i < _firstCall[member + 1]; i++)
        {
            if ((_code.Calls[i].Flags & (CallFlags.New | CallFlags.Property)) == 0)
            {
                yield return _code.Calls[i];
            }
        }
    }

    private ImmutableArray<CallVolume> Sum(IEnumerable<int> members, Func<int, bool> isReached)
    {
        var volumes = new Dictionary<(int From, int To), long>();
        foreach (var member in members)
        {
            var from = _units.OfType(_code.Members[member].Type);
            foreach (var call in Of(member))
            {
                Add(from, call.ToType);
                foreach (var given in _implementations[call.ToType].Where(isReached))
                {
                    Add(_units.OfType(call.ToType), given);
                }
            }

            for (var i = _firstSend[member]; i < _firstSend[member + 1]; i++)
            {
                foreach (var handler in _handlers[_code.MessageSends[i].Message].Where(isReached))
                {
                    Add(from, handler);
                }
            }
        }

        return [.. volumes.OrderBy(v => v.Key).Select(v => new CallVolume(v.Key.From, v.Key.To, v.Value))];

        void Add(int from, int toType)
        {
            var to = _units.OfType(toType);
            if (from != to)
            {
                volumes[(from, to)] = volumes.GetValueOrDefault((from, to)) + 1;
            }
        }
    }

    /// <summary>Where the items of each member begin in a table that is ordered by member.</summary>
    private static int[] Starts(int members, IEnumerable<int> ofItems)
    {
        var starts = new int[members + 1];
        foreach (var member in ofItems)
        {
            starts[member + 1]++;
        }

        for (var member = 0; member < members; member++)
        {
            starts[member + 1] += starts[member];
        }

        return starts;
    }
}
