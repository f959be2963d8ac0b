using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Migration.Plans;
using Conway.Model;

namespace Conway.Migration.Planning;

/// <summary>What is moved with one service, and all that has to change for it.</summary>
/// <param name="subject">The cut.</param>
/// <param name="crossings">What goes across it.</param>
/// <param name="service">The service that leaves.</param>
/// <param name="left">Services that left before.</param>
internal sealed class SlicePlanner(MigrationSubject subject, Crossings crossings, int service, IReadOnlySet<int> left)
{
    private readonly Codebase _code = subject.Code;
    private readonly string _name = subject.Services[service].Name;

    public string InterfaceName => "I" + Words.Pascal(_name);

    public Slice Make()
    {
        var routes = Routes();
        var (callsIn, callsOut) = (Calls(c => c.With == service, c => c.From), Calls(c => c.From == service, c => c.With));
        var readers = Readers();
        ValueList<SliceKey> keys = [.. crossings.Keys.Where(k => IsMine(k.From, k.To)).Select(Key)];
        ValueList<SliceJoin> joins = [.. crossings.Joins.Where(j => IsMine(j.Left, j.Right)).Select(Join)];
        var transactions = Transactions();
        var data = Data();
        var moved = data.Where(d => d.Decision == DataDecision.Move).Select(d => d.Table).ToArray();
        return new Slice
        {
            Counts = new SliceCounts
            {
                Routes = routes.Count,
                CallsIn = callsIn.Count,
                Readers = readers.Count,
                Tables = moved.Length,
                Keys = keys.Count,
                Joins = joins.Count,
                Transactions = transactions.Count,
            },
            Routes = routes,
            Background = Background(),
            CallsIn = callsIn,
            CallsOut = callsOut,
            Readers = readers,
            Interface = Interface(),
            Contracts = Contracts(routes),
            Acl = Acl(callsIn, callsOut),
            Data = data,
            Keys = keys,
            Joins = joins,
            Transactions = transactions,
            Gates = Gates.Of(moved.Length > 0, routes.Count > 0, data.Any(d => d.Decision == DataDecision.Move && d.Amounts.Count > 0), keys.Count > 0),
            CutOver = CutOver.Stages(_name, routes, moved.Length > 0),
            Done = Leftovers(routes, moved),
        };
    }

    /// <summary>What is between two services is dealt with when the first of them leaves.</summary>
    private bool IsMine(int a, int b) => (a == service && !left.Contains(b)) || (b == service && !left.Contains(a));

    private string With(int a, int b) => subject.NameOf(a == service ? b : a);

    private IEnumerable<EntryPoint> Entries => _code.EntryPoints.Where(e => subject.ServiceOfType[e.Type] == service);

    private static bool IsRoute(EntryPoint entry) =>
        entry is { Route: not null, Kind: EntryPointKind.Controller or EntryPointKind.MinimalApi or EntryPointKind.Page };

    private ValueList<SliceRoute> Routes()
    {
        var writing = _code.UseCases.Where(u => u.Accesses.Any(a => a.Mode == AccessMode.Write)).Select(u => u.EntryPoint).ToHashSet();
        return
        [
            .. Entries.Where(IsRoute).GroupBy(e => (Method: e.Method ?? "*", Route: e.Route!)).Select(g => g.First())
                .Select(e => new SliceRoute
                {
                    Method = e.Method ?? "*",
                    Path = e.Route!,
                    Handler = HandlerOf(e),
                    Writes = e.Method is not ("GET" or "HEAD") || writing.Contains(e.Id),
                    At = _code.At(e.Place),
                }),
        ];
    }

    private string HandlerOf(EntryPoint entry) =>
        entry.Member == Codebase.None || _code.Members[entry.Member].Kind == CodeMemberKind.Lambda ? _code.Types[entry.Type].Name : $"{_code.Types[entry.Type].Name}.{_code.Members[entry.Member].Name}";

    private ValueList<SliceEntry> Background() =>
    [
        .. Entries.Where(e => !IsRoute(e) && e.Kind != EntryPointKind.Program).Select(e => new SliceEntry
        {
            Name = e.Name,
            Kind = e.Kind switch
            {
                EntryPointKind.Job => "job",
                EntryPointKind.Hosted => "hosted",
                EntryPointKind.Consumer => "consumer",
                EntryPointKind.Grpc => "grpc",
                EntryPointKind.Hub => "hub",
                EntryPointKind.Soap => "soap",
                _ => "unread route",
            },
            Schedule = e.Schedule,
            At = _code.At(e.Place),
        }),
    ];

    private ValueList<SliceCall> Calls(Func<Crossings.Call, bool> isMine, Func<Crossings.Call, int> other) =>
    [
        .. crossings.Calls.Where(isMine).Select(c => new SliceCall
        {
            With = subject.NameOf(other(c)),
            What = c.What,
            InLoop = c.InLoop,
            Becomes = c.IsEvent ? "event" : left.Contains(other(c)) ? "address" : "interface",
            At = At(c.Places),
        }),
    ];

    private ValueList<SliceReader> Readers() =>
    [
        .. crossings.Accesses.Where(a => a.Owner == service && !subject.Replicated.Contains(a.Table)).Select(a => new SliceReader
        {
            Table = Table(a.Table),
            By = subject.NameOf(a.By),
            Type = a.Type,
            Mode = a.Writes ? "write" : "read",
            Instead = left.Contains(a.By) ? "it left before: its copy, or its question, gets another source"
                : a.Writes ? $"asks {InterfaceName} to write; nobody else does"
                : crossings.Joins.Any(j => j.By == a.By && (j.Of.Left == a.Table || j.Of.Right == a.Table)) ? "reads a copy that events of the owner keep up to date, since its queries join on it"
                : $"asks {InterfaceName}",
            At = At(a.Places),
        }),
    ];

    private SliceInterface? Interface()
    {
        var members = crossings.Calls.Where(c => c.With == service && !c.IsEvent && c.To != Codebase.None).Select(c => c.To).Distinct().Order()
            .Select(m => _code.Members[m])
            .Select(m => new InterfaceMember { Of = _code.Types[m.Type].Name, Signature = m.Signature.Length > 0 ? m.Signature : m.Name, At = _code.At(m.Place) });
        return new SliceInterface { Name = InterfaceName, Members = [.. members] };
    }

    private ValueList<SliceContract> Contracts(ValueList<SliceRoute> routes)
    {
        var contracts = new List<SliceContract>();
        var asked = crossings.Calls.Count(c => c.With == service && !c.IsEvent);
        if (routes.Count > 0 || asked > 0)
        {
            contracts.Add(new SliceContract { Kind = "openapi", File = $"contracts/{_name}.openapi.yaml", Holds = $"{Words.Count(routes.Count, "route")} and what {Words.Count(asked, "call")} ask for; errors, idempotency keys of what writes, versions; a test of each consumer" });
        }

        if (crossings.Calls.Any(c => c.IsEvent && (c.From == service || c.With == service)))
        {
            contracts.Add(new SliceContract { Kind = "asyncapi", File = $"contracts/{_name}.asyncapi.yaml", Holds = "events it sends and takes, with keys and versions" });
        }

        if (Entries.Any(e => e.Kind == EntryPointKind.Grpc))
        {
            contracts.Add(new SliceContract { Kind = "proto", File = $"contracts/{_name}.proto", Holds = "the methods that it answers now" });
        }

        if (Entries.Any(e => e.Kind == EntryPointKind.Soap))
        {
            contracts.Add(new SliceContract { Kind = "wsdl", File = $"contracts/{_name}.wsdl", Holds = "the methods that it answers now" });
        }

        return [.. contracts];
    }

    private ValueList<SliceAcl> Acl(ValueList<SliceCall> callsIn, ValueList<SliceCall> callsOut)
    {
        var layers = new List<SliceAcl>();
        if (callsIn.Any(c => c.Becomes == "interface") || crossings.Accesses.Any(a => a.Owner == service && !left.Contains(a.By)))
        {
            layers.Add(new SliceAcl
            {
                Id = $"{_name}.in",
                From = "monolith",
                To = _name,
                Lives = $"in the monolith, behind {InterfaceName}: it turns the monolith's types into those of the contract",
                Translates = Shared(inward: true),
                Ends = $"when nothing of the monolith calls {InterfaceName} any more; looked at at every stop point",
            });
        }

        if (callsOut.Any(c => c.Becomes == "interface") || crossings.Accesses.Any(a => a.By == service && !left.Contains(a.Owner)) || crossings.Keys.Any(k => k.From == service && !left.Contains(k.To)))
        {
            layers.Add(new SliceAcl
            {
                Id = $"{_name}.out",
                From = _name,
                To = "monolith",
                Lives = "in the service, one client for the monolith: no type of the monolith goes further in; old keys stay as alternate keys",
                Translates = Shared(inward: false),
                Ends = Waits() is { Length: > 0 } waits ? $"when {waits} have left the monolith" : "when what is shared has become a library or a service",
            });
        }

        return [.. layers];
    }

    /// <summary>Services it still calls back for.</summary>
    private string Waits() => Words.List(crossings.Calls.Where(c => c.From == service).Select(c => c.With)
        .Concat(crossings.Accesses.Where(a => a.By == service).Select(a => a.Owner))
        .Concat(crossings.Keys.Where(k => k.From == service).Select(k => k.To))
        .Where(s => s != MigrationSubject.None && !left.Contains(s)).Distinct().Order().Select(subject.NameOf));

    /// <summary>Types of what is stored and of contracts that cross the border, by name.</summary>
    private ValueList<string> Shared(bool inward)
    {
        const TypeRoles Data = TypeRoles.Entity | TypeRoles.Contract;
        var crossing =
            from edge in _code.Edges
            let @from = subject.ServiceOfType[edge.From]
            let to = subject.ServiceOfType[edge.To]
            where inward ? to == service && @from != service && !left.Contains(@from) : @from == service && to != service && to != MigrationSubject.None && !left.Contains(to)
            where (_code.Types[edge.To].Roles & Data) != 0
            select edge.To;
        return [.. crossing.Distinct().Order().Select(t => $"{_code.Types[t].Name} {_code.At(_code.Types[t].Place)}")];
    }

    private ValueList<SliceTable> Data()
    {
        var own = _code.Tables.Where(t => subject.ServiceOfTable[t.Id] == service).Select(OwnTable);
        var others = crossings.Accesses.Where(a => a.By == service).GroupBy(a => a.Table).Select(g => OtherTable(g.Key, g.Any(a => a.Writes)));
        return [.. own, .. others];
    }

    private SliceTable OwnTable(StoreTable table)
    {
        var isView = table.Kind == StoreTableKind.View;
        var isReplicated = subject.Replicated.Contains(table.Id);
        return Described(table.Id) with
        {
            Decision = isView ? DataDecision.Stay : isReplicated ? DataDecision.Replicate : DataDecision.Move,
            Owner = isView ? "monolith" : _name,
            UsedBy = [.. crossings.Accesses.Where(a => a.Table == table.Id && !isReplicated).Select(a => subject.NameOf(a.By)).Distinct()],
            Because = isView ? "a view holds nothing: it is defined anew over what moved" : null,
        };
    }

    private SliceTable OtherTable(int table, bool writes)
    {
        var owner = subject.ServiceOfTable[table];
        var isJoined = crossings.Joins.Any(j => j.By == service && (j.Of.Left == table || j.Of.Right == table));
        var decision = subject.Replicated.Contains(table) ? DataDecision.Replicate : isJoined && !writes ? DataDecision.Copy : DataDecision.Stay;
        return Described(table) with
        {
            Decision = decision,
            Owner = owner == MigrationSubject.None || !left.Contains(owner) ? "monolith" : subject.NameOf(owner),
            Because = decision switch
            {
                DataDecision.Copy => "its queries join on it",
                DataDecision.Stay when writes => "it writes there today: from now on it asks the owner to",
                DataDecision.Stay => "it only looks things up there: it asks the owner",
                _ => "it names values that seldom change",
            },
        };
    }

    private SliceTable Described(int table)
    {
        var entity = _code.Entities.FirstOrDefault(e => e.Table == table && e.Owner == Codebase.None) ?? _code.Entities.FirstOrDefault(e => e.Table == table);
        var amounts = entity is null ? [] : _code.MembersOf(_code.Types[entity.Type]).ToArray()
            .Where(m => m.Kind == CodeMemberKind.Property && !m.IsStatic && (m.Signature.StartsWith("decimal ", StringComparison.Ordinal) || m.Signature.StartsWith("decimal? ", StringComparison.Ordinal)))
            .Select(m => m.Name);
        return new SliceTable { Table = Table(table), IsDocuments = _code.Tables[table].Kind == StoreTableKind.Collection, Entity = entity is null ? null : _code.Types[entity.Type].Name, Amounts = [.. amounts], At = _code.At(_code.Tables[table].Place) };
    }

    private SliceKey Key(Crossings.Key key)
    {
        var (holder, target) = (_code.Types[_code.Entities[key.Relation.From].Type].Name, _code.Types[_code.Entities[key.Relation.To].Type].Name);
        var isCollection = key.Relation.Kind == RelationKind.Collection;
        return new SliceKey
        {
            From = key.Relation.Property.Length == 0 ? holder : $"{holder}.{key.Relation.Property}",
            To = target,
            With = With(key.From, key.To),
            Instead = isCollection ? $"{target} keeps the id of its {holder}; the list is asked for" : $"the id of the {target} alone, without foreign key",
            Check = isCollection ? $"daily: ids of {holder} in {target} that {subject.NameOf(key.From)} does not know, at most 0" : $"daily: ids of {target} in {holder} that {subject.NameOf(key.To)} does not know, at most 0",
            At = _code.At(key.Relation.Place),
        };
    }

    private SliceJoin Join(Crossings.Join join) => new()
    {
        In = join.Of.Member == Codebase.None ? "SQL text" : $"{_code.Types[_code.Members[join.Of.Member].Type].Name}.{_code.Members[join.Of.Member].Name}",
        Tables = [Table(join.Of.Left), Table(join.Of.Right)],
        With = With(join.Left, join.Right),
        Instead = join.Of.Kind == StoreJoinKind.Sql ? "a read model that events keep up to date" : "two questions put together by whoever asks; a read model when that is too slow or filters on both",
        At = _code.At(join.Of.Place),
    };

    private ValueList<SliceTransaction> Transactions()
    {
        var found = new List<SliceTransaction>();
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var parted in subject.Transactions.Where(t => t.Steps.Any(s => s.Service == service) && !t.Steps.Any(s => left.Contains(s.Service))))
        {
            var entry = _code.EntryPoints[parted.EntryPoint];
            var id = Words.Slug(entry.Name);
            ids[id] = ids.GetValueOrDefault(id) + 1;
            found.Add(new SliceTransaction
            {
                Id = ids[id] == 1 ? id : $"{id}-{ids[id]}",
                UseCase = entry.Name,
                Handling = TransactionHandling.Saga,
                Saves = _code.UseCases.Where(u => u.EntryPoint == parted.EntryPoint).Sum(u => u.Transactions),
                OrTogether = Together(parted),
                Steps = [.. parted.Steps.Select((s, i) => new SagaPlanStep { Service = subject.NameOf(s.Service), Does = s.Member, Tables = [.. s.Tables], Pivot = i == parted.Steps.Length - 1 })],
                At = _code.At(entry.Place),
            });
        }

        return [.. found];
    }

    /// <summary>The line of constraints that would keep its writes in one service; null when a table has no type to name.</summary>
    private string? Together(PartedTransaction parted)
    {
        var names = new List<string>();
        foreach (var table in parted.Steps.SelectMany(s => s.Tables).Distinct(StringComparer.Ordinal))
        {
            if (_code.Entities.FirstOrDefault(e => Table(e.Table) == table) is not { } entity)
            {
                return null;
            }

            names.Add(_code.Types[entity.Type].Name);
        }

        return names.Count > 1 ? $"together {string.Join(' ', names.Distinct(StringComparer.Ordinal))}" : null;
    }

    private SliceLeftovers Leftovers(ValueList<SliceRoute> routes, string[] moved)
    {
        var files = _code.Types.Where(t => subject.ServiceOfType[t.Id] == service).GroupBy(t => t.Place.File)
            .Where(g => _code.Types.Where(t => t.Place.File == g.Key).All(t => subject.ServiceOfType[t.Id] == service))
            .Select(g => _code.Files[g.Key].Path).Order(StringComparer.Ordinal);
        return new SliceLeftovers
        {
            Code = [.. files],
            DropTables = [.. moved],
            Revoke = moved.Length == 0 ? [] : [$"every right of the monolith's login on {string.Join(", ", moved)}"],
            Facade = routes.Count == 0 ? "no rule: nothing of it is asked from outside" : $"one rule for {Words.Count(routes.Count, "route")} without shares or switches",
        };
    }

    private string Table(int table) => _code.Tables[table].ToString();

    private ValueList<string> At(ImmutableArray<CodePlace> places) => [.. places.Select(_code.At)];
}
