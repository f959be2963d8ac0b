using System.Collections.Immutable;
using Conway.CodeFacts;

namespace Conway.Migration.Planning;

/// <summary>Everything that goes from one service of a cut to another, with its places. Computed once; slices pick what is theirs.</summary>
/// <remarks>Unlike the costs of a boundary it also holds what shared code does, and every place: a plan that forgets one breaks something.</remarks>
internal sealed class Crossings
{
    private readonly MigrationSubject _subject;

    public Crossings(MigrationSubject subject)
    {
        _subject = subject;
        Calls = [.. AllCalls()];
        Accesses = [.. AllAccesses()];
        Keys = [.. AllKeys()];
        Joins = [.. AllJoins()];
    }

    /// <summary>A member calls a type of another service.</summary>
    /// <param name="To">Id of the called member, or <see cref="Codebase.None"/>.</param>
    public sealed record Call(int From, int With, string What, int To, bool InLoop, bool IsEvent, ImmutableArray<CodePlace> Places);

    /// <summary>Code of one service uses a table of another.</summary>
    public sealed record Access(int By, int Owner, int Table, string Type, bool Writes, ImmutableArray<CodePlace> Places);

    /// <summary>An entity refers to one of another service.</summary>
    public sealed record Key(int From, int To, Relation Relation);

    /// <summary>A query brings tables of two services together.</summary>
    /// <param name="By">The service whose code asks.</param>
    public sealed record Join(int Left, int Right, int By, StoreJoin Of);

    private sealed record SeenCall(int Member, int ToType, int To, CodePlace Place, bool InLoop, bool IsEvent, string Message);

    private sealed record SeenAccess(int By, int Table, string Name, bool Writes, CodePlace Place);

    /// <summary>By caller, callee, what.</summary>
    public ImmutableArray<Call> Calls { get; }

    /// <summary>By table, user, type.</summary>
    public ImmutableArray<Access> Accesses { get; }

    /// <summary>In the order of relations.</summary>
    public ImmutableArray<Key> Keys { get; }

    /// <summary>In the order of places.</summary>
    public ImmutableArray<Join> Joins { get; }

    /// <summary>How many other services call, refer to, read or join a service.</summary>
    public int InDegree(int service) =>
        Calls.Where(c => c.With == service && !c.IsEvent).Select(c => c.From)
            .Concat(Accesses.Where(a => a.Owner == service).Select(a => a.By))
            .Concat(Keys.Where(k => k.To == service).Select(k => k.From))
            .Where(s => s != MigrationSubject.None && s != service).Distinct().Count();

    private IEnumerable<Call> AllCalls()
    {
        var code = _subject.Code;
        var handlers = code.MessageHandlers.ToLookup(h => h.Message);
        var found = code.Calls.Where(c => (c.Flags & (CallFlags.New | CallFlags.Property)) == 0).Select(c => new SeenCall(c.From, c.ToType, c.To, c.Place, c.InLoop, false, ""))
            .Concat(code.MessageSends.SelectMany(s => handlers[s.Message].Select(h =>
                new SeenCall(s.Member, h.Handler, h.Member, s.Place, s.InLoop, s.Kind != MessageKind.Request, $"{code.Types[s.Message].Name} -> "))));
        return found
            .Where(c => TypeService(c.ToType) != MigrationSubject.None && TypeService(code.Members[c.Member].Type) != TypeService(c.ToType))
            .GroupBy(c => (From: TypeService(code.Members[c.Member].Type), With: TypeService(c.ToType), What: $"{NameOf(c.Member)} -> {c.Message}{Callee(c.ToType, c.To)}", c.IsEvent))
            .Select(g => new Call(g.Key.From, g.Key.With, g.Key.What, g.First().To, g.Any(c => c.InLoop), g.Key.IsEvent, [.. g.Select(c => c.Place).Distinct().Order()]))
            .OrderBy(c => c.From).ThenBy(c => c.With).ThenBy(c => c.What, StringComparer.Ordinal).ThenBy(c => c.IsEvent);
    }

    private IEnumerable<Access> AllAccesses()
    {
        var code = _subject.Code;
        return code.Accesses.Select(a => Seen(code.Members[a.Member].Type, a.Table, a.Mode == AccessMode.Write, a.Place))
            .Concat(code.Sql.Where(s => s.Member == Codebase.None).SelectMany(s =>
                s.Reads.Select(t => Seen(Codebase.None, t, false, s.Place)).Concat(s.Writes.Select(t => Seen(Codebase.None, t, true, s.Place)))))
            .Where(a => a.By != _subject.ServiceOfTable[a.Table])
            .GroupBy(a => (a.By, a.Table, a.Name, a.Writes))
            .Select(g => new Access(g.Key.By, _subject.ServiceOfTable[g.Key.Table], g.Key.Table, g.Key.Name, g.Key.Writes, [.. g.Select(a => a.Place).Distinct().Order()]))
            .OrderBy(a => a.Table).ThenBy(a => a.By).ThenBy(a => a.Type, StringComparer.Ordinal).ThenBy(a => a.Writes);

        SeenAccess Seen(int type, int table, bool writes, CodePlace place) =>
            type == Codebase.None ? new(MigrationSubject.None, table, "SQL text", writes, place) : new(TypeService(type), table, code.Types[type].Name, writes, place);
    }

    private IEnumerable<Key> AllKeys() =>
        from relation in _subject.Code.Relations
        where relation.Kind != RelationKind.Owned
        let @from = _subject.ServiceOfTable[_subject.Code.Entities[relation.From].Table]
        let to = _subject.ServiceOfTable[_subject.Code.Entities[relation.To].Table]
        where @from != to
        select new Key(@from, to, relation);

    private IEnumerable<Join> AllJoins() =>
        from @join in _subject.Code.Joins
        let left = _subject.ServiceOfTable[@join.Left]
        let right = _subject.ServiceOfTable[@join.Right]
        where left != right
        select new Join(left, right, @join.Member == Codebase.None ? MigrationSubject.None : TypeService(_subject.Code.Members[@join.Member].Type), @join);

    private int TypeService(int type) => _subject.ServiceOfType[type];

    private string NameOf(int member) => $"{_subject.Code.Types[_subject.Code.Members[member].Type].Name}.{_subject.Code.Members[member].Name}";

    private string Callee(int type, int member) => member == Codebase.None ? _subject.Code.Types[type].Name : $"{_subject.Code.Types[type].Name}.{_subject.Code.Members[member].Name}";
}
