using System.Collections.Immutable;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Entries;
using Conway.CodeFacts.Stores;

namespace Conway.CodeFacts.Walks;

/// <summary>Where a call goes: to the member that is called, or to what stands for it in the classes that may be behind it.</summary>
internal sealed class Dispatch
{
    private const int TargetsMax = 12;

    private readonly TypeTable _types;
    private readonly TypeTree _tree;
    private readonly ILookup<int, int> _given;
    private readonly Dictionary<(int Member, int Type), ImmutableArray<Target>> _known = [];

    public Dispatch(TypeTable types, TypeTree tree, IEnumerable<Registration> registrations)
    {
        (_types, _tree) = (types, tree);
        _given = registrations.Where(r => r.Service != r.Implementation).ToLookup(r => r.Service, r => r.Implementation);
    }

    /// <summary>A member that runs, and the class of the object that it runs on; <see cref="Codebase.None"/> when that is not known more closely.</summary>
    internal readonly record struct Target(int Member, int Self, bool IsInferred);

    /// <param name="self">The class of the object whose member makes the call.</param>
    public ImmutableArray<Target> Of(CallDetail call, int self)
    {
        var site = call.Site;
        if (site.To == Codebase.None)
        {
            return [];
        }

        var called = _types.Members[site.To];
        if ((site.Flags & CallFlags.New) != 0 || called.IsStatic || called.Kind is CodeMemberKind.Constructor)
        {
            return [new(site.To, called.IsStatic ? Codebase.None : site.ToType, site.IsInferred)];
        }

        // Code that hands any message to its handler calls none in particular: what is sent says which.
        if (HandlerFinder.IsHandlerInterface(_types.Types[called.Type]) && !call.OfType.Any(a => a.IsType))
        {
            return [];
        }

        if (call.OnSelf)
        {
            return self != Codebase.None && _tree.Is(self, called.Type) ? [new(Nearest(self, called), self, site.IsInferred)] : [.. Behind(site.To, called.Type, called)];
        }

        var receiver = call.Receiver == Codebase.None || !_tree.Is(call.Receiver, called.Type) ? called.Type : call.Receiver;
        if (self != Codebase.None && _types.Types[receiver].Kind == CodeTypeKind.Interface && _tree.Is(self, receiver))
        {
            // What stands for a service and asks for the same service wraps another one, not itself.
            int[] others = [.. _tree.Down(receiver).Where(c => c != self && IsWhole(c)).Take(TargetsMax)];
            return [.. others.Select(c => new Target(Nearest(c, called), c, others.Length > 1)).Where(t => !_types.Members[t.Member].IsAbstract)];
        }

        var targets = Behind(site.To, receiver, called);
        return targets.Length < 2 || call.OfType.IsEmpty || receiver != called.Type ? targets : [.. targets.Where(t => Fits(t.Self, called.Type, call.OfType))];
    }

    /// <summary>Everything that may run when a member is called on something of a static type.</summary>
    private ImmutableArray<Target> Behind(int member, int type, CodeMember called)
    {
        if (_known.TryGetValue((member, type), out var known))
        {
            return known;
        }

        // What the container gives goes before what merely fits.
        int[] classes = _given[type].ToArray() is { Length: > 0 } given ? given : [.. _tree.Down(type).Where(IsWhole).Take(TargetsMax + 1)];
        var targets = classes.Select(c => (Self: c, Member: Nearest(c, called))).Where(t => !_types.Members[t.Member].IsAbstract).ToArray();
        var isInferred = targets.Length > 1 && _given[type].Count() != 1;
        ImmutableArray<Target> found = targets.Length > TargetsMax || targets.Length == 0
            ? (called.IsAbstract ? [] : [new(member, type, targets.Length > TargetsMax)])
            : [.. targets.Select(t => new Target(t.Member, t.Self, isInferred)).DistinctBy(t => t.Member == member ? (t.Member, Codebase.None) : (t.Member, t.Self))];
        return _known[(member, type)] = found;
    }

    private bool IsWhole(int type) => _types.Types[type] is { Kind: CodeTypeKind.Class or CodeTypeKind.Record or CodeTypeKind.Struct or CodeTypeKind.RecordStruct, IsAbstract: false };

    /// <summary>The member that a class has for another, its own or that of the nearest base.</summary>
    private int Nearest(int type, CodeMember called)
    {
        foreach (var id in _tree.Up(type).Where(t => _types.Types[t].Kind != CodeTypeKind.Interface))
        {
            if (id == called.Type)
            {
                return called.Id;
            }

            if (Members.Same(_types, id, called) is not Codebase.None and var own)
            {
                return own;
            }
        }

        return called.Id;
    }

    /// <summary>Whether a class can stand for an interface with these type arguments: OrderRepository for IRepository&lt;Order&gt; only.</summary>
    private bool Fits(int type, int basis, ImmutableArray<Subject> arguments) =>
        type == Codebase.None || _tree.Up(type).SelectMany(t => _tree.BasesOf(t)).Where(b => b.Base == basis)
            .All(b => b.Arguments.Zip(arguments).All(p => !p.First.IsType || !p.Second.IsType || p.First.Type == p.Second.Type));
}
