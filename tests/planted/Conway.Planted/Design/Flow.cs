using Conway.Planted.Code;

namespace Conway.Planted.Design;

/// <summary>What every method of a blueprint does, and what is read and written when one is called.</summary>
internal sealed class Flow
{
    private readonly Blueprint _blueprint;
    private readonly Dictionary<PlannedType, PlannedType> _behind;
    private readonly Dictionary<PlannedType, PlannedType> _handlers;
    private readonly Dictionary<PlannedType, IReadOnlyList<PlannedMethod>> _methods = [];

    public Flow(Blueprint blueprint)
    {
        _blueprint = blueprint;
        _behind = blueprint.Of(Role.Service).ToDictionary(s => s.Front);
        _handlers = blueprint.Of(Role.Handler).ToDictionary(h => h.References.First(r => r.Use == Use.Take).Target);
    }

    private int Count => _blueprint.Settings.Methods;

    /// <summary>The methods of a type that does something; none for others.</summary>
    public IReadOnlyList<PlannedMethod> Of(PlannedType type)
    {
        if (!_methods.TryGetValue(type, out var methods))
            _methods.Add(type, methods = [.. Draw(type)]);
        return methods;
    }

    /// <summary>Entities whose tables are read and written when a method is called, directly and by what it calls.</summary>
    public (IReadOnlyList<PlannedType> Reads, IReadOnlyList<PlannedType> Writes) Effects(PlannedType type, string method)
    {
        var (reads, writes) = (new HashSet<PlannedType>(), new HashSet<PlannedType>());
        var seen = new HashSet<(PlannedType, string)>();
        var open = new Stack<(PlannedType Type, string Method)>([(type, method)]);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next))
                continue;
            foreach (var step in Of(_behind.GetValueOrDefault(next.Type, next.Type)).FirstOrDefault(m => m.Name == next.Method)?.Steps ?? [])
            {
                switch (step)
                {
                    case Step.Call call: open.Push((call.Target, call.Method)); break;
                    case Step.Send send: open.Push((_handlers[send.Command], Names.Handle)); break;
                    case Step.Keep keep: open.Push((keep.Repository, Names.Add)); break;
                    case Step.List or Step.Read when _blueprint.Context is null: break;
                    case Step.List list: reads.Add(list.Entity); break;
                    case Step.Read read: reads.Add(read.Entity); break;
                    case Step.Write write when _blueprint.Context is not null: writes.Add(write.Entity); break;
                }
            }
        }

        return ([.. reads.OrderBy(e => e.Table, StringComparer.Ordinal)], [.. writes.OrderBy(e => e.Table, StringComparer.Ordinal)]);
    }

    /// <summary>The service of a controller's own feature; null when the controller does without one.</summary>
    public PlannedType? OwnService(PlannedType controller) =>
        controller.References.FirstOrDefault(r => r.Use == Use.Inject && IsOwnService(controller, r.Target)).Target is { } front ? _behind[front] : null;

    private IEnumerable<PlannedMethod> Draw(PlannedType type) => type.Role switch
    {
        Role.Service => Plain(type).Concat(Planted(type)),
        Role.Controller => Plain(type).Concat(PlantedActions(type)),
        Role.Repository => Plain(type).Concat(Stored(type)),
        Role.Contested or Role.Technical => Plain(type),
        Role.Handler => [new PlannedMethod(Names.Handle, -1, [.. Calls(type)])],
        _ => [],
    };

    private IEnumerable<PlannedMethod> Plain(PlannedType type)
    {
        for (var i = 0; i < Count; i++)
        {
            var index = i;
            var steps = Calls(type).Concat(Made(type)).Where((_, n) => n % Count == index).Concat(Always(type, i));
            yield return new PlannedMethod(Names.Method(type, i), i, [.. steps]);
        }
    }

    // Of what was injected, the context and the dispatcher apart: they are used on purpose only. An action's own service is not spread, either.
    private static IEnumerable<Step> Calls(PlannedType type) =>
        type.References.Where(r => r.Use == Use.Inject && r.Target.Role is not (Role.Context or Role.Dispatcher) && !IsOwnService(type, r.Target))
            .Select(r => new Step.Call(r.Target, Names.Method(r.Target, 0)));

    private static IEnumerable<Step> Made(PlannedType type) => type.References.Where(r => r.Use == Use.Handle && type.Role != Role.Repository).Select(r => new Step.Make(r.Target));

    // What stands in each of a type's methods, or in one on purpose.
    private IEnumerable<Step> Always(PlannedType type, int index)
    {
        if (type.Role == Role.Repository)
            yield return new Step.List(Entity(type));
        if (type.Role == Role.Service && index == Count - 1 && type.References.FirstOrDefault(r => r.Target.Role == Role.Repository).Target is { } repository)
            yield return new Step.Keep(repository, Entity(repository));
        if (type.Role != Role.Controller)
            yield break;
        if (index == 0 && type.References.FirstOrDefault(r => r.Use == Use.Send).Target is { } command)
            yield return new Step.Send(_blueprint.Dispatcher!, command);
        else if (OwnService(type) is { } service)
            yield return new Step.Call(service.Front, Names.Method(service, index));
    }

    private static bool IsOwnService(PlannedType type, PlannedType target) =>
        type.Role == Role.Controller && target.Noun == type.Noun && target.Role is Role.Service or Role.Interface;

    private static PlannedType Entity(PlannedType repository) => repository.References.First(r => r.Use == Use.Handle).Target;

    private IEnumerable<PlannedMethod> Stored(PlannedType type)
    {
        var entity = Entity(type);
        return [new("Find", -1, [new Step.Read(entity)]), new("List", -1, [new Step.Read(entity)]), new(Names.Add, -1, [new Step.Write(entity)])];
    }

    private IEnumerable<PlannedMethod> Planted(PlannedType service) =>
    [
        .. _blueprint.Transactions.Where(t => t.Service == service).Select(t => new PlannedMethod(t.Method, -1, [.. t.Entities.Select(e => new Step.Write(e))])),
        .. _blueprint.Joins.Where(j => j.Service == service).Select(j => new PlannedMethod(j.Method, -1, [new Step.Read(j.Left), new Step.Read(j.Right)])),
        .. _blueprint.Loops.Where(l => l.Service == service).Select(l => new PlannedMethod(l.Method, -1, [new Step.Call(l.Callee, Names.Method(l.Callee, 0))])),
    ];

    private IEnumerable<PlannedMethod> PlantedActions(PlannedType controller) =>
        OwnService(controller) is { } service ? Planted(service).Select(m => new PlannedMethod(m.Name, -1, [new Step.Call(service.Front, m.Name)])) : [];
}
