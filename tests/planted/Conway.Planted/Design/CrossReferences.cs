namespace Conway.Planted.Design;

/// <summary>Adds references between modules until exactly the wanted share of all references goes to another module.</summary>
internal sealed class CrossReferences
{
    private const int Attempts = 64;

    private readonly SplitMix _random;
    private readonly List<Module> _modules;
    private readonly List<PlannedType> _hubs = [];

    private CrossReferences(Blueprint blueprint, SplitMix random)
    {
        (_random, _modules) = (random, blueprint.Modules);
        // Hubs stand in different modules; services and entities take turns.
        var start = random.Below(_modules.Count);
        for (var i = 0; i < blueprint.Settings.Hubs; i++)
        {
            var feature = _modules[(start + i) % _modules.Count].Features[0];
            _hubs.Add(i % 2 == 0 && feature.Service is { } service ? service.Front : feature.Entity);
        }
    }

    public static void Add(Blueprint blueprint, SplitMix random)
    {
        var within = blueprint.Types.Sum(t => t.References.Count(r => r.Target.Module is not null && t.Module is not null));
        var percent = blueprint.Settings.CrossReferences;
        var wanted = (within * percent + (100 - percent) / 2) / (100 - percent);
        var planner = new CrossReferences(blueprint, random);
        for (var i = 0; i < wanted; i++)
        {
            if (!planner.TryAddOne() && !planner.TryAddAny())
                throw new ArgumentException($"{percent} % cross references have no room in {blueprint.Modules.Count} modules of about {blueprint.Settings.TypesPerModule} types; {i} of {wanted} were placed. Ask for fewer, or for larger modules.");
        }
    }

    private bool TryAddOne()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var home = _random.Pick(_modules);
            var from = _random.Pick(home.Features);
            var hub = _hubs.Count > 0 && _random.Percent(50) ? _random.Pick(_hubs) : null;
            var other = _random.Percent(70) ? _random.Pick(home.Neighbours) : _random.Pick(_modules);
            var to = _random.Pick(other.Features);
            var kind = _random.Below(100);
            if (hub is not null)
                kind = hub.Role == Role.Entity ? 45 + kind * 55 / 100 : kind * 45 / 100;
            var (source, target, use) = kind switch
            {
                < 10 => (from.Controller, hub ?? to.Service?.Front, Use.Inject),
                < 45 => (from.Service, hub ?? to.Service?.Front, Use.Inject),
                < 75 => (from.Service, hub ?? to.Entity, Use.Handle),
                _ => (from.Entity, hub ?? to.Entity, Use.Navigate),
            };
            if (source is not null && target is not null && Blueprint.IsCross(source, target) && source.TryUse(target, use))
                return true;
        }

        return false;
    }

    // When chance finds no free pair any more: the first that is free.
    private bool TryAddAny()
    {
        foreach (var from in _modules.SelectMany(m => m.Features))
        {
            foreach (var to in _modules.SelectMany(m => m.Features))
            {
                if (!Blueprint.IsCross(from.Entity, to.Entity))
                    continue;
                if (from.Service is { } service && (to.Service is { } other && service.TryUse(other.Front, Use.Inject) || service.TryUse(to.Entity, Use.Handle)))
                    return true;
                if (from.Entity.TryUse(to.Entity, Use.Navigate))
                    return true;
            }
        }

        return false;
    }
}
