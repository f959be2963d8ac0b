using System.Collections.Immutable;
using System.Globalization;
using Conway.CodeFacts.Declared;

namespace Conway.CodeFacts.Stores;

/// <summary>What is stored through generic code: a repository of <c>T</c> keeps orders when somebody asks for a repository of orders.</summary>
internal sealed class GenericStores
{
    private const int DepthMax = 12, StepsMax = 200_000;

    private readonly TypeTable _types;
    private readonly TypeTree _tree;
    private readonly ILookup<int, GenericSet> _sets;
    private readonly Dictionary<int, NameFact> _names = [];
    private readonly HashSet<(int Type, string Arguments, string? Name)> _seen = [];
    private readonly Queue<(int Type, ImmutableArray<Subject> Arguments, int Namer, CodePlace Place, int Depth)> _left = new();
    private readonly StoreFacts _found = new();

    private GenericStores(TypeTable types, TypeTree tree, IReadOnlyList<StoreFacts> facts)
    {
        (_types, _tree) = (types, tree);
        _sets = facts.SelectMany(f => f.GenericSets).ToLookup(s => s.Owner);
        foreach (var name in facts.SelectMany(f => f.Names).OrderBy(n => n.Place))
        {
            _names.TryAdd(name.Type, name);
        }
    }

    /// <summary>Sets and mappings as if they had been written for each type alone.</summary>
    public static StoreFacts Resolve(TypeTable types, TypeTree tree, IReadOnlyList<StoreFacts> facts)
    {
        var stores = new GenericStores(types, tree, facts);
        stores.Sets(facts);
        stores.Mappings(facts);
        stores.Registered(facts);
        return stores._found;
    }

    private void Sets(IReadOnlyList<StoreFacts> facts)
    {
        if (_sets.Count == 0)
        {
            return;
        }

        // What derives goes first: it may say under which name it keeps things.
        foreach (var type in _types.Types)
        {
            foreach (var said in _tree.BasesOf(type.Id))
            {
                Enter(said.Base, said.Arguments, type.Id, said.Place, 0);
            }
        }

        foreach (var use in facts.SelectMany(f => f.GenericUses).OrderBy(u => u.Place).ThenBy(u => u.Type).ThenBy(u => u.Arguments, StringComparer.Ordinal))
        {
            Enter(use.Type, [.. use.Arguments.Split(',').Select(a => Subject.Of(int.Parse(a, CultureInfo.InvariantCulture)))], Codebase.None, use.Place, 0);
        }

        for (var steps = 0; steps < StepsMax && _left.TryDequeue(out var at); steps++)
        {
            foreach (var set in _sets[at.Type])
            {
                if (set.Subject.Given(at.Arguments, []) is { IsType: true, Type: var entity })
                {
                    _found.Sets.Add(new(at.Type, entity, NameOf(at.Namer) ?? set.Table, set.Access, at.Place));
                }
            }

            foreach (var said in _tree.BasesOf(at.Type))
            {
                Enter(said.Base, [.. said.Arguments.Select(a => a.Given(at.Arguments, []))], at.Namer, at.Place, at.Depth + 1);
            }

            // Whoever stands behind an interface.
            foreach (var derived in _tree.DerivedFrom(at.Type))
            {
                foreach (var said in _tree.BasesOf(derived).Where(b => b.Base == at.Type && b.Arguments.Any(a => a.IsParameter)))
                {
                    Enter(derived, Unify(said.Arguments, at.Arguments), at.Namer, at.Place, at.Depth + 1);
                }
            }
        }
    }

    private void Enter(int type, ImmutableArray<Subject> arguments, int namer, CodePlace place, int depth)
    {
        if (type != Codebase.None && depth <= DepthMax && arguments.Any(a => a.IsType) && _seen.Add((type, string.Join(',', arguments.Select(a => a.Type)), NameOf(namer))))
        {
            _left.Enqueue((type, arguments, namer, place, depth));
        }
    }

    private static ImmutableArray<Subject> Unify(ImmutableArray<Subject> asked, ImmutableArray<Subject> given)
    {
        var own = new Subject[asked.Where(a => a.IsParameter).Max(a => a.Parameter) + 1];
        Array.Fill(own, Subject.Nothing);
        for (var i = 0; i < Math.Min(asked.Length, given.Length); i++)
        {
            if (asked[i].IsParameter)
            {
                own[asked[i].Parameter] = given[i];
            }
        }

        return [.. own];
    }

    private string? NameOf(int type) => type == Codebase.None ? null : _tree.Up(type).Where(_names.ContainsKey).Select(t => _names[t].Text).FirstOrDefault();

    private void Mappings(IReadOnlyList<StoreFacts> facts)
    {
        var mappings = facts.SelectMany(f => f.GenericMappings).ToLookup(m => m.Member);
        if (mappings.Count == 0)
        {
            return;
        }

        var calls = facts.SelectMany(f => f.MappingCalls).ToArray();
        var inner = calls.ToLookup(c => c.From);
        foreach (var call in calls.Where(c => c.Arguments.Any(a => a.IsType)))
        {
            Map(call.Member, call.Arguments, call.Texts, call.In, call.Place, 0);
        }

        void Map(int member, ImmutableArray<Subject> arguments, ImmutableArray<string?> texts, int of, CodePlace place, int depth)
        {
            foreach (var mapping in mappings[member])
            {
                if (mapping.Subject.Given([], arguments) is { IsType: true, Type: var entity })
                {
                    var text = mapping.TextParameter >= 0 ? texts.ElementAtOrDefault(mapping.TextParameter) : mapping.Text;
                    _found.Mappings.Add(new(entity, text is null ? MappingKind.Entity : mapping.Kind, text, null, Codebase.None, of, mapping.Access, place));
                }
            }

            foreach (var call in depth < DepthMax ? inner[member] : [])
            {
                Map(call.Member, [.. call.Arguments.Select(a => a.Given([], arguments))], call.Texts, of, place, depth + 1);
            }
        }
    }

    private void Registered(IReadOnlyList<StoreFacts> facts)
    {
        foreach (var registered in facts.SelectMany(f => f.RegisteredBases))
        {
            foreach (var type in _tree.Down(registered.Base).Where(t => _types.Types[t] is { IsAbstract: false, Kind: CodeTypeKind.Class or CodeTypeKind.Record } type && !type.FullName.Contains('`')))
            {
                _found.Mappings.Add(new(type, MappingKind.Entity, null, null, Codebase.None, registered.In, StoreAccess.EfCore, _types.Types[type].Place));
            }
        }
    }
}
