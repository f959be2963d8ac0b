namespace Conway.Planted.Design;

/// <summary>Adds what makes a cut dear: transactions, joins and loops over module borders.</summary>
internal static class Plants
{
    private const int Attempts = 64;

    public static void Add(Blueprint blueprint, SplitMix random)
    {
        var services = blueprint.Of(Role.Service).ToList();
        if (services.Count == 0)
            return;
        for (var i = 0; i < blueprint.Settings.Transactions; i++)
            AddTransaction(blueprint, random, random.Pick(services), i);
        for (var i = 0; i < blueprint.Settings.SqlJoins; i++)
            AddJoin(blueprint, random, random.Pick(services), i);
        for (var i = 0; i < blueprint.Settings.ChattyLoops; i++)
            AddLoop(blueprint, random, services, i);
    }

    private static void AddTransaction(Blueprint blueprint, SplitMix random, PlannedType service, int index)
    {
        var own = service.Module!.Features.First(f => f.Service == service).Entity;
        List<PlannedType> entities = [own];
        var others = 1 + random.Below(2);
        foreach (var module in service.Module.Neighbours.Take(others))
            entities.Add(random.Pick(module.Features).Entity);
        foreach (var entity in entities)
            service.TryUse(entity, Use.Store);
        blueprint.Transactions.Add(new Blueprint.Transaction(service, $"Settle{service.Noun}{index + 1}Async", entities));
    }

    private static void AddJoin(Blueprint blueprint, SplitMix random, PlannedType service, int index)
    {
        var left = random.Pick(service.Module!.Features).Entity;
        var right = random.Pick(random.Pick(service.Module.Neighbours).Features).Entity;
        blueprint.Joins.Add(new Blueprint.Join(service, $"Report{service.Noun}{index + 1}Async", left, right));
    }

    private static void AddLoop(Blueprint blueprint, SplitMix random, List<PlannedType> services, int index)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (service, callee) = (random.Pick(services), random.Pick(services));
            if (!Blueprint.IsCross(service, callee))
                continue;
            service.TryUse(callee.Front, Use.Inject);
            blueprint.Loops.Add(new Blueprint.Loop(service, $"Refresh{service.Noun}{index + 1}", callee.Front));
            return;
        }
    }
}
