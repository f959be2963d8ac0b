using System.Collections.Immutable;
using System.Globalization;
using Conway.CodeFacts.Declared;

namespace Conway.CodeFacts.Stores;

/// <summary>What a call of a generic member does to the type that is given for its type parameter: <c>IRepository&lt;Order&gt;.Add</c> writes Order.</summary>
/// <remarks>Followed through the generic code of the codebase, from interfaces to the classes that fit what is given. Circles end where they close.</remarks>
internal sealed class GenericEffects
{
    private const int DepthMax = 12, ImplementationsMax = 16;

    private readonly TypeTable _types;
    private readonly TypeTree _tree;
    private readonly ILookup<int, AccessUse> _accesses;
    private readonly ILookup<int, CallDetail> _calls;
    private readonly Dictionary<string, ImmutableArray<Effect>> _known = new(StringComparer.Ordinal);

    public GenericEffects(TypeTable types, TypeTree tree, IEnumerable<AccessUse> accesses, IEnumerable<CallDetail> calls)
    {
        (_types, _tree) = (types, tree);
        _accesses = accesses.Where(a => a.Subject.IsParameter).ToLookup(a => a.Member);
        _calls = calls.Where(c => c.Site.To != Codebase.None && (c.OfType.Any(s => s.IsParameter) || c.OfMethod.Any(s => s.IsParameter))).ToLookup(c => c.Site.From);
    }

    internal readonly record struct Effect(int Type, AccessMode Mode, StoreAccess Via, bool IsInferred);

    /// <summary>What a call does to types, each once.</summary>
    public ImmutableArray<Effect> Of(CallDetail call) =>
        call.Site.To == Codebase.None || !(call.OfType.Any(s => s.IsType) || call.OfMethod.Any(s => s.IsType)) ? [] : Of(call.Site.To, call.OfType, call.OfMethod, 0);

    private ImmutableArray<Effect> Of(int member, ImmutableArray<Subject> ofType, ImmutableArray<Subject> ofMethod, int depth)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{member}<{string.Join(',', ofType.Select(s => s.Type))}>({string.Join(',', ofMethod.Select(s => s.Type))})");
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        if (depth > DepthMax)
        {
            return [];
        }

        _known[key] = []; // a circle adds nothing to itself
        var effects = new List<Effect>();
        foreach (var access in _accesses[member])
        {
            if (access.Subject.Given(ofType, ofMethod) is { IsType: true } subject)
            {
                effects.Add(new(subject.Type, access.Mode, access.Via, access.IsInferred));
            }
        }

        foreach (var call in _calls[member])
        {
            effects.AddRange(Of(call.Site.To, [.. call.OfType.Select(s => s.Given(ofType, ofMethod))], [.. call.OfMethod.Select(s => s.Given(ofType, ofMethod))], depth + 1));
        }

        if (_types.Members[member].IsAbstract)
        {
            var implementations = Implementations(member, ofType).Take(ImplementationsMax).ToArray();
            foreach (var (by, given) in implementations)
            {
                effects.AddRange(Of(by, given, ofMethod, depth + 1).Select(e => e with { IsInferred = e.IsInferred || implementations.Length > 1 }));
            }
        }

        return _known[key] = [.. effects.OrderBy(e => e.IsInferred).DistinctBy(e => (e.Type, e.Mode))];
    }

    /// <summary>Members of classes that implement a member of an interface or of an abstract class, with what they are given for their own type parameters.</summary>
    private IEnumerable<(int Member, ImmutableArray<Subject> Given)> Implementations(int member, ImmutableArray<Subject> ofType)
    {
        var declared = _types.Members[member];
        foreach (var type in _tree.Down(declared.Type).Skip(1))
        {
            if (Members.Same(_types, type, declared) is not Codebase.None and var by && !_types.Members[by].IsAbstract && Unify(type, declared.Type, ofType) is { } given)
            {
                yield return (by, given);
            }
        }
    }

    /// <summary>What a class is given for its type parameters when it stands for a base with these arguments; null when it cannot.</summary>
    private ImmutableArray<Subject>? Unify(int type, int basis, ImmutableArray<Subject> arguments)
    {
        if (Lift(type, basis, 0) is not { } lifted)
        {
            return null;
        }

        var given = new SortedDictionary<int, Subject>();
        for (var i = 0; i < Math.Min(lifted.Length, arguments.Length); i++)
        {
            if (lifted[i].IsParameter)
            {
                given[lifted[i].Parameter] = arguments[i];
            }
            else if (lifted[i].IsType && arguments[i].IsType && lifted[i].Type != arguments[i].Type)
            {
                return null;
            }
        }

        return given.Count == 0 ? [] : [.. Enumerable.Range(0, given.Keys.Max() + 1).Select(i => given.GetValueOrDefault(i, Subject.Nothing))];
    }

    /// <summary>What a type gives for the type parameters of something it derives from, in terms of its own.</summary>
    private ImmutableArray<Subject>? Lift(int type, int basis, int depth)
    {
        foreach (var said in _tree.BasesOf(type).Where(b => b.Base != Codebase.None))
        {
            if (said.Base == basis)
            {
                return said.Arguments;
            }

            if (depth < DepthMax && Lift(said.Base, basis, depth + 1) is { } further)
            {
                return [.. further.Select(s => s.Given(said.Arguments, []))];
            }
        }

        return null;
    }
}
