using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Pricing;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Costs;

/// <summary>What each boundary of a cut parts, with the places that show it.</summary>
public sealed class BoundaryCosts
{
    private readonly Codebase _code;
    private readonly UnitTable _units;
    private readonly Func<int, int> _cut;
    private readonly Dictionary<(CostKind Kind, int From, int To, string What), (SortedSet<CodePlace> Places, int Count, string Instead)> _items = [];

    private BoundaryCosts(Codebase code, UnitTable units, Func<int, int> cut) => (_code, _units, _cut) = (code, units, cut);

    /// <summary>All items, by pair of services, dearest kind first, then by how often, then by what.</summary>
    public static ImmutableArray<CostItem> Of(Codebase code, UnitTable units, Func<int, int> cut)
    {
        var costs = new BoundaryCosts(code, units, cut);
        costs.Calls();
        costs.Messages();
        costs.Transactions();
        costs.Tables();
        costs.KeysAndJoins();
        costs.Types();
        return
        [
            .. costs._items
                .Select(i => new CostItem(i.Key.Kind, i.Key.From, i.Key.To, i.Value.Count, i.Key.What, i.Value.Instead, [.. i.Value.Places.Take(CostItem.PlacesMax)]))
                .OrderBy(i => Math.Min(i.From, i.To)).ThenBy(i => Math.Max(i.From, i.To)).ThenBy(i => i.Kind).ThenByDescending(i => i.Count)
                .ThenBy(i => i.From).ThenBy(i => i.What, StringComparer.Ordinal),
        ];
    }

    private void Calls()
    {
        var index = new CallIndex(_code, _units);
        foreach (var member in _code.Members)
        {
            foreach (var call in index.Of(member.Id))
            {
                var callee = call.To == Codebase.None ? _code.Types[call.ToType].Name : $"{_code.Types[call.ToType].Name}.{_code.Members[call.To].Name}";
                Add(
                    call.InLoop ? CostKind.CallInLoop : CostKind.Call,
                    ServiceOf(member.Type),
                    ServiceOf(call.ToType),
                    $"{NameOf(member.Id)} -> {callee}",
                    call.InLoop ? "one request for all of them, or a copy of the data kept up to date by events" : "a request with a time limit, or an event when nobody waits for the answer",
                    call.Place);
            }
        }
    }

    private void Messages()
    {
        var handlers = _code.MessageHandlers.ToLookup(h => h.Message);
        foreach (var send in _code.MessageSends)
        {
            foreach (var handler in handlers[send.Message])
            {
                var isRequest = send.Kind == MessageKind.Request;
                Add(
                    isRequest ? send.InLoop ? CostKind.CallInLoop : CostKind.Call : CostKind.Event,
                    ServiceOf(_code.Members[send.Member].Type),
                    ServiceOf(handler.Handler),
                    $"{NameOf(send.Member)} -> {_code.Types[send.Message].Name} -> {_code.Types[handler.Handler].Name}",
                    isRequest ? "a request with a time limit" : send.OutOfProcess ? "stays as it is" : "a message of a bus, sent through an outbox",
                    send.Place);
            }
        }
    }

    private void Transactions()
    {
        foreach (var useCase in _code.UseCases)
        {
            var steps = Saga.Of(_code, _units, _cut, useCase);
            foreach (var (from, to) in Saga.Pairs(steps))
            {
                var places = useCase.Accesses.Where(a => a.Mode == AccessMode.Write && (_cut(_units.OfTable(a.Table)) == from || _cut(_units.OfTable(a.Table)) == to)).Select(a => a.Place);
                Add(CostKind.Transaction, from, to, $"{_code.EntryPoints[useCase.EntryPoint].Name} writes {Saga.Say(steps)}", Saga.Instead(steps), [.. places]);
            }
        }
    }

    private void Tables()
    {
        var byTable = _code.Accesses.GroupBy(a => a.Table);
        foreach (var accesses in byTable)
        {
            var owner = _cut(_units.OfTable(accesses.Key));
            var table = _code.Tables[accesses.Key].ToString();
            foreach (var writer in accesses.Where(a => a.Mode == AccessMode.Write).GroupBy(a => ServiceOf(_code.Members[a.Member].Type)))
            {
                Add(CostKind.SharedTable, writer.Key, owner, $"{table} is written by {Writers(writer)}", "the owner writes; the other asks it to, or tells it by an event", [.. writer.Select(a => a.Place)]);
            }

            foreach (var reader in accesses.Where(a => a.Mode == AccessMode.Read).GroupBy(a => ServiceOf(_code.Members[a.Member].Type)))
            {
                Add(CostKind.ForeignRead, reader.Key, owner, $"{table} is read by {Writers(reader)}", "ask the owner, or keep a copy that its events keep up to date", [.. reader.Select(a => a.Place)]);
            }
        }

        string Writers(IEnumerable<DataAccess> accesses) => string.Join(", ", accesses.Select(a => _code.Types[_code.Members[a.Member].Type].Name).Distinct().Order(StringComparer.Ordinal));
    }

    private void KeysAndJoins()
    {
        foreach (var relation in _code.Relations)
        {
            var (from, to) = (_code.Entities[relation.From].Type, _code.Entities[relation.To].Type);
            var property = relation.Property.Length == 0 ? "" : "." + relation.Property;
            Add(CostKind.ForeignKey, ServiceOf(from), ServiceOf(to), $"{_code.Types[from].Name}{property} -> {_code.Types[to].Name}",
                relation.Kind == RelationKind.Key ? "stays an id, without a foreign key; a job checks it" : "the id alone, without navigation and foreign key; a job checks it", relation.Place);
        }

        foreach (var join in _code.Joins)
        {
            Add(CostKind.Join, _cut(_units.OfTable(join.Left)), _cut(_units.OfTable(join.Right)), $"{NameOf(join.Member)} joins {_code.Tables[join.Left]} and {_code.Tables[join.Right]}",
                "two questions put together by the caller, or a copy to read from that events keep up to date", join.Place);
        }
    }

    private void Types()
    {
        foreach (var edge in _code.Edges)
        {
            var (from, to) = (_code.Types[edge.From], _code.Types[edge.To]);
            if (edge.Kind == EdgeKind.Base)
            {
                Add(CostKind.Inheritance, ServiceOf(edge.From), ServiceOf(edge.To), $"{from.Name} : {to.Name}", to.Kind == CodeTypeKind.Interface ? "the interface goes into a library, or is copied" : "the base goes into a library, or is copied", [.. edge.Evidence]);
            }
            else if ((to.Roles & TypeRoles.Contract) != 0 && edge.Kind != EdgeKind.Attribute)
            {
                Add(CostKind.SharedContract, ServiceOf(edge.From), ServiceOf(edge.To), to.Name, "a contract of the service that owns it, generated or copied for the others", [.. edge.Evidence]);
            }
        }
    }

    private void Add(CostKind kind, int from, int to, string what, string instead, params ReadOnlySpan<CodePlace> places)
    {
        if (from == to || from == Partition.None || to == Partition.None)
        {
            return;
        }

        var key = (kind, from, to, what);
        if (!_items.TryGetValue(key, out var item))
        {
            item = ([], 0, instead);
        }

        foreach (var place in places)
        {
            item.Places.Add(place);
        }

        _items[key] = item with { Count = item.Count + Math.Max(1, places.Length) };
    }

    private int ServiceOf(int type) => _cut(_units.OfType(type));

    private string NameOf(int member) => $"{_code.Types[_code.Members[member].Type].Name}.{_code.Members[member].Name}";
}
